import type { Rule } from "../rule/rule.ts";
import { portNumber } from "./numbers.ts";
import { portName } from "./names.ts";
import { formed } from "./text.ts";

const isPortName = formed(portName);

/** The number or the name of a port. */
export const portNumberOrName: Rule = (place, look) =>
  (typeof place.value === "string" ? isPortName : portNumber)(place, look);
