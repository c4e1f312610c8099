import { fields, type Rule } from "../rule/rule.ts";
import { configKey, isSubdomain } from "../value/names.ts";
import { formed } from "../value/text.ts";

/** A key of a ConfigMap or Secret that is named. */
export const keySelector: Rule = fields({ name: isSubdomain, key: formed(configKey) }, "name", "key");

/** A ConfigMap or Secret that is named. */
export const namedObject: Rule = fields({ name: isSubdomain }, "name");
