import { found, type Rule } from "../../../findings/rule.ts";
import { at, nodeOf, textAt } from "../../../objects/node.ts";
import { resourcesIn } from "../../target.ts";
import { hasOwnConfig } from "../../stated-source.ts";

export const configEnvironmentMissing: Rule = {
  code: "config-environment-missing",
  severity: "error",
  why: "A configuration of an object's own may have several environments; the operator refuses the object unless it says which one is meant.",
  fix: "state envName, the name of an env block of the configuration",
  link: "https://atlasgo.io/integrations/kubernetes/operator",
  find: (world) =>
    resourcesIn(world)
      .filter((object) => hasOwnConfig(object))
      .map((object) => at(nodeOf(object), "spec", "envName"))
      .filter((node) => (textAt(node) ?? "") === "")
      .map((node) => found(node, "it has a configuration of its own, and names no environment of it")),
};
