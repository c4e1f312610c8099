import { at, isThere, textAt } from "../objects/node.ts";
import { goBoolean } from "./flags.ts";
import { variableOf, type Operator } from "./operator.ts";

/** Whether an operator takes configurations of objects' own; one whose variable comes from elsewhere may. */
export function allowsCustomConfig(operator: Operator): boolean {
  const variable = variableOf(operator, "ALLOW_CUSTOM_CONFIG");
  if (variable === undefined) return false;
  return isThere(at(variable, "valueFrom")) || goBoolean(textAt(at(variable, "value")) ?? "") === true;
}
