import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../../../objects/node.ts";
import { resourcesIn } from "../../target.ts";

export const secretReferenceUnnamed: Rule = {
  code: "secret-reference-unnamed",
  severity: "error",
  why: "The CRD allows a reference to a Secret without its name, and the operator then finds no such Secret, or goes on as if nothing was stated.",
  fix: "state the name of the Secret",
  link: "https://atlasgo.io/integrations/kubernetes/declarative",
  find: (world) => resourcesIn(world).flatMap((object) => unnamedWithin(at(nodeOf(object), "spec"))),
};

const unnamedWithin = (node: Node): readonly Found[] => [
  ...fieldNodes(node).flatMap(([name, inner]) => {
    if (name === "devDB") return [];
    if (name !== "secretKeyRef" || !isThere(inner)) return unnamedWithin(inner);
    const named = at(inner, "name");
    return (textAt(named) ?? "") === "" ? [found(named, "the Secret has no name")] : [];
  }),
  ...elements(node).flatMap(unnamedWithin),
];
