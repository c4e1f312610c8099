import { definitionTools } from "./definition-tools.ts";
import type { Json } from "./model/schema.ts";
import { ruleProblems } from "./read/rule-problems.ts";
import { validatorsWith, type Validators } from "./validators-with.ts";

export { InputError } from "./problem.ts";

/**
 * Validators of the kind that a CustomResourceDefinition declares, as a cluster takes it, by version: what the generated
 * ones do, for a definition that is known only at run time. A version that the API server does not serve has none, and
 * one that states no schema stands for itself.
 *
 * @throws InputError with every place at which a schema is none that an API server takes.
 * @example
 * validatorsOf(crd).get("v1")?.validate(object);
 */
export const validatorsOf = (crd: Json): Validators => validatorsWith(crd, ruleProblems, definitionTools);
