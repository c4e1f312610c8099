import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { replicasOf, startsBeforeItEnds } from "../../../findings/replicas.ts";
import type { World } from "../../../findings/world.ts";
import { goBoolean, flagOf, isWrapped } from "../../flags.ts";
import { operatorsIn, type Operator } from "../../operator.ts";

export const operatorWithoutElection: Rule = {
  code: "operator-without-election",
  severity: "error",
  why: "Without leader election every replica reconciles every object: two work in one dev database, objects end NotReady, and both probes stay green.",
  fix: "add --leader-elect to the arguments, or run one replica with strategy Recreate",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) => operatorsIn(world).flatMap((operator) => ofOperator(world, operator)),
};

function ofOperator(world: World, operator: Operator): readonly Found[] {
  const elects = flagOf(operator, "leader-elect");
  // A value that only the cluster fills in may be any.
  const mayElect = elects === true || (elects !== undefined && (elects.includes("$(") || goBoolean(elects)));
  if (mayElect || isWrapped(operator)) return [];
  const { object } = operator.pod;
  const { most } = replicasOf(world, object);
  if (most > 1) {
    const many = Number.isFinite(most) ? `${most} replicas` : "a pod on every node";
    return [found(operator.arguments, `${many}, and none is elected leader`)];
  }
  if (most === 0 || !startsBeforeItEnds(object)) return [];
  const what = "each rolling update starts a second replica beside the first, and none is elected leader";
  return [found(operator.arguments, what, { severity: "warning" })];
}
