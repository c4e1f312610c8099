import { mistaken, placedKindOf } from "./mistaken.ts";
import { isObject } from "../value/plain.ts";
import { rememberCall, placeOf } from "./places.ts";
import { ComposeError } from "./problem.ts";
import { namedPlaces } from "./stated.ts";

/**
 * Refuses a first argument that is no object of fields, and what says of itself that it is something else: nothing could be
 * made of it, and read for fields it would end in a TypeError, or in a layer of nothing.
 *
 * @param callee the function that was called.
 * @param given its `arguments`.
 * @param expected how it is called.
 * @param isNamed whether the fields are those that an object of Kubernetes has.
 * @throws {ComposeError} where the first argument is something else.
 *
 * @example
 * export function shop(settings: ShopSettings): Component {
 *   demandFields(shop, arguments, "shop({ … })");
 *   return component({ … });
 * }
 */
export function demandFields(
  callee: (...given: never[]) => unknown,
  given: ArrayLike<unknown>,
  expected: string,
  isNamed = false,
): void {
  const value = given[0];
  const { what, fix } = mistaken(value);
  const isFields = fix === undefined || (isNamed && placedKindOf(value) === "object");
  if (isFields && isObject(value)) return;
  const call = rememberCall({}, callee, given, 0);
  throw new ComposeError([
    {
      code: "argument-unexpected",
      what: `${callee.name}() is given ${given.length === 0 ? "nothing" : what}`,
      expected,
      fix: fixOfArgument(value, expected, fix),
      places: namedPlaces("call", placeOf(call)),
    },
  ]);
}

function fixOfArgument(value: unknown, expected: string, fix: string | undefined): string {
  if (value === undefined || value === null) return `state what it is to be made of: ${expected}`;
  if (Array.isArray(value)) return `say by a field what the list is, as in ${expected}`;
  return fix ?? `give an object with its fields: ${expected}`;
}
