import { found, type Rule } from "../../../findings/rule.ts";
import { at, isThere, nodeOf, textAt } from "../../../objects/node.ts";
import { resourcesIn } from "../../target.ts";

export const passwordInline: Rule = {
  code: "password-inline",
  severity: "warning",
  why: "Whoever may read the object, the repository or the operator's log reads the password.",
  fix: "keep it in a Secret: urlFrom, devURLFrom or credentials.passwordFrom",
  link: "https://atlasgo.io/integrations/kubernetes/declarative",
  find: (world) =>
    resourcesIn(world).flatMap((object) => {
      const spec = at(nodeOf(object), "spec");
      const password = at(spec, "credentials", "password");
      // A database that the operator starts by devDB has nothing of anybody's in it, and its password stands there, too.
      const isOwnDevDatabase = isThere(at(spec, "devDB"));
      return [
        ...["url", ...(isOwnDevDatabase ? [] : ["devURL"])]
          .map((field) => at(spec, field))
          .filter((url) => /^[a-z0-9+]+:\/\/[^/?#@:]*:[^/?#]+@/i.test(textAt(url) ?? ""))
          .map((url) => found(url, "the URL has a password in it")),
        ...((textAt(password) ?? "") === "" ? [] : [found(password, "the password is written out")]),
      ];
    }),
};
