import { found, type Rule } from "../../../findings/rule.ts";
import { at, isThere, nodeOf } from "../../../objects/node.ts";
import { allowsCustomConfig } from "../../custom-config.ts";
import { operatorsIn } from "../../operator.ts";
import { resourcesIn } from "../../target.ts";

export const configNotAllowed: Rule = {
  code: "config-not-allowed",
  severity: "error",
  why: "The operator refuses objects with a configuration of their own unless ALLOW_CUSTOM_CONFIG is true on it, as such a configuration may read whatever it can.",
  fix: 'set ALLOW_CUSTOM_CONFIG: "true" on the operator, or take config and configFrom out',
  link: "https://atlasgo.io/integrations/kubernetes/operator",
  find: (world) => {
    const operators = operatorsIn(world);
    const isAllowed = operators.some(allowsCustomConfig);
    if (operators.length === 0 || isAllowed) return [];
    return resourcesIn(world).flatMap((object) =>
      ["config", "configFrom"]
        .map((field) => at(nodeOf(object), "spec", field))
        .filter(isThere)
        .map((node) =>
          found(node, "the operator among the objects allows no configuration of an object's own"),
        ),
    );
  },
};
