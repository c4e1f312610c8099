import { found, type Rule } from "../../../findings/rule.ts";
import { nearestName } from "../../../objects/near.ts";
import { flagsOf } from "../../flags.ts";
import { operatorsIn } from "../../operator.ts";
import { knownBy } from "../../releases.ts";

export const operatorFlagUnknown: Rule = {
  code: "operator-flag-unknown",
  severity: "error",
  why: "An unknown flag ends the operator at once, with exit code 2: its pods crash for ever.",
  fix: "take it out, or declare a release that knows it",
  link: "https://github.com/ariga/atlas-operator/releases",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const { version } = operator;
      const known = knownBy(world.knowledge, version);
      if (known === undefined) return [];
      return flagsOf(operator, known.flags).flatMap(({ name, node }) => {
        if (known.flags.has(name) || ofLibraries.test(name)) return [];
        const since = known.laterFlags.get(name);
        if (since !== undefined)
          return [found(node, `${version} does not know --${name}, which is there since ${since}`)];
        const near = nearestName(name, known.flags);
        return [
          found(node, `${version} does not know --${name}`, {
            fix: near === undefined ? "take it out" : `did you mean "--${near}"?`,
          }),
        ];
      });
    }),
};

/** Flags of its logger, and of the library that finds the cluster. */
const ofLibraries = /^(?:zap-(?:devel|encoder|log-level|stacktrace-level|time-encoding)|kubeconfig|h|help)$/;
