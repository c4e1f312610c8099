import { found, type Rule } from "../../../findings/rule.ts";
import { resourcesIn } from "../../target.ts";

export const atlasObjectRefused: Rule = {
  code: "atlas-object-refused",
  severity: "error",
  why: "The API server refuses what the CRD does not allow, and the operator what it can't do: several targets or none, a desired state it can't read, a dev database without a URL.",
  fix: "correct the object where it is declared",
  link: "https://atlasgo.io/integrations/kubernetes/declarative",
  find: (world) => {
    const { validate } = world.knowledge;
    if (validate === undefined) return [];
    return resourcesIn(world).flatMap((object) =>
      validate(object).map(({ path, message, expected, fix }) => {
        const how = fix ?? (expected === undefined ? undefined : `expected: ${expected}`);
        return found({ object, path }, message, how === undefined ? {} : { fix: how });
      }),
    );
  },
};
