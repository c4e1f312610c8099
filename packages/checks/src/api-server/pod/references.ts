import { all, fields, requires, type Rule } from "../rule/rule.ts";
import { configKey, isSubdomain } from "../value/names.ts";
import { formed } from "../value/text.ts";

/** A key of a ConfigMap or Secret that is named. */
export const keySelector: Rule = fields({ name: isSubdomain, key: formed(configKey) }, "name", "key");

/** A ConfigMap or Secret that is named. */
export const namedObject: Rule = fields({ name: isSubdomain }, "name");

/** What is named by any text. */
export const anyName: Rule = requires("name");

/** An object in a namespace. */
export const namedWithNamespace: Rule = all(requires("name", "namespace"));
