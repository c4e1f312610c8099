import { found, type Rule } from "../../../findings/rule.ts";
import { nearestName } from "../../../objects/near.ts";
import { at, elements, textAt } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";
import { knownBy } from "../../releases.ts";

export const operatorVariableUnknown: Rule = {
  code: "operator-variable-unknown",
  severity: "warning",
  why: "A variable that the release does not read changes nothing, and nothing says so.",
  fix: "correct its name, or declare a release that reads it",
  link: "https://github.com/ariga/atlas-operator/releases",
  find: (world) =>
    operatorsIn(world).flatMap(({ container, version }) => {
      const known = knownBy(world.knowledge, version);
      if (known === undefined) return [];
      return elements(at(container, "env")).flatMap((variable) => {
        const node = at(variable, "name");
        const name = textAt(node) ?? "";
        const since = known.laterVariables.get(name);
        if (since !== undefined)
          return [found(node, `${version} does not read ${name}, which is there since ${since}`)];
        if (known.goneVariables.has(name)) return [found(node, `${version} reads ${name} no more`)];
        // Others are for Go, for the cloud, for a proxy; only one that is nearly one of its own is meant for it.
        const near = known.variables.has(name) ? undefined : nearestName(name.toUpperCase(), known.variables);
        return near === undefined
          ? []
          : [found(node, `${version} does not read ${name}`, { fix: `did you mean "${near}"?` })];
      });
    }),
};
