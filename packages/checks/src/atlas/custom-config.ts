import { goBoolean } from "./flags.ts";
import { mayHaveVariable, variableOf, type Operator } from "./operator.ts";

/** Whether an operator takes configurations of objects' own; one whose variable only the cluster knows may. */
export function allowsCustomConfig(operator: Operator): boolean {
  const variable = variableOf(operator, "ALLOW_CUSTOM_CONFIG");
  if (variable === undefined) return mayHaveVariable(operator, "ALLOW_CUSTOM_CONFIG");
  return variable.text === undefined || goBoolean(variable.text) === true;
}
