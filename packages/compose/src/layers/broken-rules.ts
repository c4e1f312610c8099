import type { Observer, Statement } from "./content.ts";
import { kindRules } from "../kubernetes/kind-rules.ts";
import { displayName, isExternal } from "../kubernetes/object.ts";
import { follow, namesIn } from "../value/path.ts";
import { copy, same, type Plain } from "../value/plain.ts";
import { placeOf } from "../problems/places.ts";
import type { NamedPlace, Problem } from "../problems/problem.ts";
import { namedPlaces, placeOfStated } from "../problems/stated.ts";
import { statedPatch } from "./patch-places.ts";
import { builderRules } from "../kubernetes/rules.ts";
import type { Entry } from "../transforms/entry.ts";

/**
 * What the objects break of the rules of their kinds and of their builders, as the layers have left them.
 *
 * @param replay composes the layers once more: which statement has set a value is asked for only when one is wrong.
 */
export function brokenRules(
  entries: readonly Entry[],
  replay: (observe: Observer) => void,
): readonly Problem[] {
  return entries.flatMap((entry) => {
    // What lies in a file is passed on as it is.
    if (isExternal(entry.origin) || isExternal(entry.object)) return [];
    const ofKind = kindRules(entry.object);
    const ofBuilder = builderRules(entry.origin)?.(entry.object) ?? [];
    if (ofKind.length + ofBuilder.length === 0) return [];
    const twins = entries.filter(({ origin }) => origin === entry.origin);
    return [...ofKind, ...ofBuilder].map((broken): Problem => {
      const places = rulePlaces(broken.path, entry, twins.indexOf(entry), replay);
      return {
        code: "rule-broken",
        object: displayName(entry.object),
        ...broken,
        ...(places.length > 0 && { places }),
      };
    });
  });
}

/** Where the value at a path was set last, and where the object is declared. */
function rulePlaces(
  path: string,
  { origin, stated }: Entry,
  index: number,
  replay: (observe: Observer) => void,
): readonly NamedPlace[] {
  const names = namesIn(path) ?? [];
  let last: Statement | undefined;
  let before: Plain | undefined;
  replay((statement, entries) => {
    const twins = entries.filter((entry) => entry.origin === origin);
    const entry = twins[index] ?? twins.at(-1);
    if (!entry || isExternal(entry.object)) return;
    const value = valueAtNames(entry.object, names);
    if (!same(value, before)) last = statement;
    before = value;
  });
  const declared = namedPlaces("object", placeOfStated(stated, follow(stated.value, names)));
  return [...(last ? placeOfStatement(last, names) : []), ...declared];
}

function placeOfStatement({ by, says, index = 0 }: Statement, names: readonly string[]): NamedPlace[] {
  const patch = says === "patch" ? by.patches[index] : undefined;
  if (patch) return namedPlaces("patch", placeOfStated(statedPatch(patch, by), follow(patch.body, names)));
  return says === "object" || says === "generator" ? [] : namedPlaces("layer", placeOf(by, [says]));
}

/** The value at a path, as it is now; undefined where the path leads nowhere. */
function valueAtNames(object: object, names: readonly string[]): Plain | undefined {
  let value: unknown = object;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return copy(value as Plain);
}
