import { found, type Rule } from "../../../findings/rule.ts";
import { printedVariable } from "../../environment.ts";
import { operatorsIn, variableOf } from "../../operator.ts";

export const versionCheckOff: Rule = {
  code: "version-check-off",
  severity: "warning",
  why: 'The operator looks only whether SKIP_VERCHECK has a value: "false" switches its version check off just as "true" does.',
  fix: 'take the variable out to have the check, or state "true" to say what it does',
  link: "https://github.com/ariga/atlas-operator",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const variable = variableOf(operator, "SKIP_VERCHECK");
      if (!variable || !/^(?:false|f|no|n|off|0)$/i.test(variable.text ?? "")) return [];
      return [
        found(variable.written, `${printedVariable("SKIP_VERCHECK", variable)}, and switches the check off`),
      ];
    }),
};
