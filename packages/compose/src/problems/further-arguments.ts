import { rememberCall, placeOf } from "./places.ts";
import { ComposeError } from "./problem.ts";
import { namedPlaces } from "./stated.ts";

/**
 * Refuses arguments beyond those that a function declares: it would pass over them, and what they say would be lost. The
 * compiler says so of what it sees; JavaScript and casts it does not see. What `map` gives beside the element is none of
 * them: `settings.map(configMapGenerator)` says nothing more.
 *
 * @param callee the function that was called, which says how many arguments it takes.
 * @param given its `arguments`.
 * @param fix how to say the same with those that there are.
 * @throws {ComposeError} where there are more.
 *
 * @example
 * export function shop(settings: ShopSettings): Component {
 *   refuseFurther(shop, arguments, "merge the second into the first");
 *   return component({ … });
 * }
 */
export function refuseFurther(
  callee: (...given: never[]) => unknown,
  given: ArrayLike<unknown>,
  fix: string = callee.length === 1 ? "merge the second into the first" : "merge it into the last of those",
): void {
  const taken = callee.length;
  if (given.length <= taken || isOfMap(given)) return;
  const surplus = given.length - taken;
  const call = rememberCall({}, callee, given, taken);
  throw new ComposeError([
    {
      code: "argument-surplus",
      what: `${callee.name}() is given ${surplus === 1 ? "an argument" : `${surplus} arguments`} too many, which would be lost`,
      expected: taken === 0 ? "no argument" : taken === 1 ? "one argument" : `${taken} arguments`,
      fix,
      places: namedPlaces("call", placeOf(call)),
    },
  ]);
}

/** Whether a list's `map` makes the call, which gives the element, its index and the list. */
function isOfMap(given: ArrayLike<unknown>): boolean {
  const [element, index, list] = [given[0], given[1], given[2]];
  return given.length === 3 && typeof index === "number" && Array.isArray(list) && list[index] === element;
}
