import { found, type Rule } from "../../../findings/rule.ts";
import { at, nodeOf } from "../../../objects/node.ts";
import { flagOf, goBoolean, isWrapped } from "../../flags.ts";
import { operatorsIn } from "../../operator.ts";

export const operatorWithoutElection: Rule = {
  code: "operator-without-election",
  severity: "error",
  why: "Without leader election every replica reconciles every object: two work in one dev database, objects end NotReady, and both probes stay green.",
  fix: "add --leader-elect to the arguments, or run one replica with strategy Recreate",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const replicas = at(nodeOf(operator.pod.object), "spec", "replicas");
      const elects = flagOf(operator, "leader-elect");
      if (typeof replicas.value !== "number" || replicas.value < 2 || isWrapped(operator)) return [];
      if (elects === true || (elects !== undefined && goBoolean(elects) === true)) return [];
      return [found(operator.arguments, `${replicas.value} replicas, and none is elected leader`)];
    }),
};
