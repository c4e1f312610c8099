import fc from "fast-check";
import type { WidgetSchema } from "./crd.ts";

const likelyTexts = ["a", "b", "big", "abc", "mz", "A1", "10Mi", "2026-01-01T00:00:00Z", "10.0.0.1"];
const oddValue = fc.constantFrom<unknown[]>("x", "", 1, -1, 1.5, true, {}, [], ["x"], { x: 1 });

/** Objects of a kind, which mostly have its schema. */
export const randomObjects = (schema: WidgetSchema): fc.Arbitrary<Record<string, unknown>> => {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = schema.properties ?? {};
  const properties = Object.entries(rest).map(([name, inner]) => [name, randomValues(inner, 1)] as const);
  return fc
    .record(Object.fromEntries(properties), { requiredKeys: [], noNullPrototype: true })
    .map((fields) => ({ ...fields }));
};

/** Values that mostly have a schema; now and then one is not what it should be, or null where it may be. */
export function randomValues(schema: WidgetSchema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: goodValues(schema, depth), weight: 80 },
    { arbitrary: oddValue, weight: 1 },
    { arbitrary: fc.constant(null), weight: schema.nullable === true ? 20 : 1 },
  );
}

function goodValues(schema: WidgetSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema["x-kubernetes-int-or-string"] === true) return fc.constantFrom<unknown[]>(1, 80, "50%", "a");
  switch (schema.type) {
    case "object":
      return depth > 7 ? fc.constant({}) : objects(schema, depth);
    case "array":
      return fc.array(randomValues(schema.items ?? {}, depth + 1), { maxLength: depth < 5 ? 3 : 1 });
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 9, 999) });
    case "number":
      return fc.constantFrom(0, 1, 1.5);
    case "boolean":
      return fc.boolean();
    default:
      return randomTexts(schema);
  }
}

function randomTexts({ pattern }: WidgetSchema): fc.Arbitrary<string> {
  const fitting =
    pattern === undefined ? likelyTexts : likelyTexts.filter((text) => new RegExp(pattern, "u").test(text));
  return fc.constantFrom(...(fitting.length > 0 ? fitting : likelyTexts));
}

function objects(schema: WidgetSchema, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const names = Object.keys(properties);
  const most = depth < 3 ? names.length : Math.min(3, names.length);
  const fields = fc
    .subarray(names, { maxLength: most })
    .chain((some) =>
      fc.record(
        Object.fromEntries(
          [...new Set([...some, ...required])].map((name) => [
            name,
            randomValues(properties[name] ?? {}, depth + 1),
          ]),
        ),
        { noNullPrototype: true },
      ),
    );
  const keeps = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties === true;
  const isMap = typeof additionalProperties === "object" || keeps;
  const inner =
    typeof additionalProperties === "object" ? randomValues(additionalProperties, depth + 1) : oddValue;
  const more = isMap
    ? fc.dictionary(fc.constantFrom("a", "b", "c.d"), inner, { noNullPrototype: true })
    : fc.constant({});
  const head =
    schema["x-kubernetes-embedded-resource"] === true
      ? fc.constantFrom<unknown[]>(
          { apiVersion: "v1", kind: "A" },
          { apiVersion: "v1", kind: "A", metadata: { name: "a" } },
        )
      : fc.constant({});
  return fc.tuple(more, fields, head).map((parts) => Object.assign({}, ...parts));
}

/** A change that somebody makes of an object: somewhere in it, or beside it. */
export interface Touch {
  readonly how: "annotate" | "drop" | "set" | "odd" | "double" | "reverse" | "unknown";
  /** Where, as a share of all places. */
  readonly at: number;
  readonly odd: unknown;
  /** Where a value to set is taken from. */
  readonly other: Record<string, unknown>;
}

export const touchesOf = (schema: WidgetSchema): fc.Arbitrary<Touch> =>
  fc.record({
    how: fc.constantFrom("annotate", "drop", "set", "set", "odd", "double", "reverse", "unknown"),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    odd: oddValue,
    other: randomObjects(schema),
  });

type Container = Record<string, unknown> | unknown[];
interface ValuePlace {
  readonly holder: Container;
  readonly key: string;
  readonly path: readonly string[];
}

/** A copy of an object that is changed so. */
export function touched(object: Record<string, unknown>, touch: Touch): Record<string, unknown> {
  const copy = structuredClone(object);
  if (touch.how === "annotate") {
    const metadata = copy["metadata"] as Record<string, unknown>;
    metadata["annotations"] = { touched: "yes" };
    return copy;
  }
  if (touch.how === "set") {
    // Any field of the other object, be it here or not.
    const place = chosenPlace(valuePlacesIn(touch.other), touch.at);
    if (place) putAt(copy, place.path, (place.holder as Record<string, unknown>)[place.key]);
    return copy;
  }
  const place = chosenPlace(valuePlacesIn(copy), touch.at);
  if (place) change(place, touch);
  return copy;
}

const chosenPlace = (places: readonly ValuePlace[], at: number): ValuePlace | undefined =>
  places[Math.floor(at * places.length)];

function valuePlacesIn(object: Record<string, unknown>): ValuePlace[] {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = object;
  return Object.keys(rest).flatMap((key) => valuePlacesAt(object, key, [key]));
}

function valuePlacesAt(holder: Container, key: string, path: readonly string[]): ValuePlace[] {
  const value: unknown = (holder as Record<string, unknown>)[key];
  const own = { holder, key, path };
  if (typeof value !== "object" || value === null) return [own];
  return [
    own,
    ...Object.keys(value).flatMap((name) => valuePlacesAt(value as Container, name, [...path, name])),
  ];
}

function change({ holder, key }: ValuePlace, { how, odd: other }: Touch): void {
  const fields = holder as Record<string, unknown>;
  const value = fields[key];
  if (how === "drop" && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (how === "drop") delete fields[key];
  else if (how === "odd") fields[key] = other;
  else if (how === "double" && Array.isArray(value)) value.push(structuredClone(value[0] ?? 1));
  else if (how === "reverse" && Array.isArray(value)) value.reverse();
  else if (how === "unknown" && typeof value === "object" && value !== null && !Array.isArray(value))
    Object.assign(value, { unheardOf: 1 });
}

function putAt(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    object[key] = value;
    return;
  }
  const inner = object[key];
  if (typeof inner === "object" && inner !== null) putAt(inner as Record<string, unknown>, rest, value);
  else object[key] = value;
}
