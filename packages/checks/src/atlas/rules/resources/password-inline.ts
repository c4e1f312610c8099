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
          .filter((url) => hasPassword(textAt(url) ?? ""))
          .map((url) => found(url, "the URL has a password in it")),
        ...[password, at(spec, "credentials", "parameters", "password")]
          .filter((each) => (textAt(each) ?? "") !== "")
          .map((each) => found(each, "the password is written out")),
      ];
    }),
};

/** Before the host, or among the parameters, of which drivers of PostgreSQL take it, too. */
const hasPassword = (url: string): boolean =>
  /^[a-z0-9+]+:\/\/[^/?#@:]*:[^/?#]+@/i.test(url) ||
  /^[a-z0-9+]+:\/\/[^?#]*\?(?:[^#]*&)?password=[^&#]/i.test(url);
