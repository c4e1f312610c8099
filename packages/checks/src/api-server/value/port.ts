import type { Rule } from "../rule/rule.ts";
import { portNumber } from "./numbers.ts";
import { portName } from "./names.ts";
import { formed } from "./text.ts";

const isName = formed(portName);

/** The number or the name of a port. */
export const portNumberOrName: Rule = (place, look) =>
  (typeof place.value === "string" ? isName : portNumber)(place, look);
