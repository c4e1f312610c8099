import { found, type Rule } from "../../../findings/rule.ts";
import { at, isThere, nodeOf, textAt } from "../../../objects/node.ts";
import { resourcesIn } from "../../target.ts";

export const valueStatedTwice: Rule = {
  code: "value-stated-twice",
  severity: "warning",
  why: "Of a value that is written out and referred to the operator takes what the reference leads to, and says nothing of the other, which somebody may go on changing.",
  fix: "take one of the two out",
  link: "https://atlasgo.io/integrations/kubernetes/declarative",
  find: (world) =>
    resourcesIn(world).flatMap((object) => {
      const spec = at(nodeOf(object), "spec");
      // That url and urlFrom exclude each other is a rule of the objects themselves.
      const pairs = [
        { of: spec, names: ["devURL"] },
        { of: at(spec, "credentials"), names: ["host", "user", "password"] },
      ];
      return pairs.flatMap(({ of, names }) =>
        names
          .filter((name) => isThere(at(of, `${name}From`, "secretKeyRef", "name")))
          .map((name) => ({ name, node: at(of, name) }))
          .filter(({ node }) => isThere(node) && textAt(node) !== "")
          .map(({ name, node }) =>
            found(node, `${name} is stated, and ${name}From, too, of which the operator takes the latter`),
          ),
      );
    }),
};
