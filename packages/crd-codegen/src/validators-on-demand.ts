import { readPattern } from "./definition-patterns.ts";
import { isObject, type Json } from "./model/schema.ts";
import { validatorsWith, type Validators } from "./validators-with.ts";

export { InputError } from "./problem.ts";

/**
 * The validators of `validatorsOf`. What reads and runs rules is loaded for a definition that has some: it takes as long as a
 * small render.
 *
 * @throws InputError with every place at which a schema is none that an API server takes.
 * @example
 * (await loadValidatorsOf(crd)).get("v1")?.validate(object);
 */
export async function loadValidatorsOf(crd: Json): Promise<Validators> {
  if (!hasRules(crd["spec"])) return validatorsWith(crd, () => [], { readPattern });
  const { validatorsOf } = await import("./validators.ts");
  return validatorsOf(crd);
}

/** Whether rules stand in it, at any depth. */
const hasRules = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(hasRules)
    : isObject(value) && ("x-kubernetes-validations" in value || Object.values(value).some(hasRules));
