import { hasFields, listAt, textAt, valueAt } from "../rule/place.ts";
import { quoted } from "../rule/wording.ts";

/*
 * Whether a default fits the schema that it stands in.
 *
 * Source: ValidateDefaults in k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting.
 */

/** Why a value does not fit a schema; undefined where it does. */
export function fitsSchema(value: unknown, schema: unknown): string | undefined {
  if (!hasFields(schema)) return undefined;
  if (value === null) return schema["nullable"] === true ? undefined : "it is null";
  // Beside it, a type says nothing, and none is asked for of defaults.
  const type = schema["x-kubernetes-int-or-string"] === true ? undefined : textAt(schema, "type");
  if (type !== undefined && !isOfJsonType(value, type)) return `${quoted(value)} is not of the type ${type}`;
  const words = valueAt(schema, "enum");
  if (
    Array.isArray(words) &&
    words.length > 0 &&
    !words.some((word) => orderedText(word) === orderedText(value))
  )
    return `${quoted(value)} is not in enum`;
  return itselfFits(value, schema) ?? branchesFit(value, schema);
}

/** The text of a value, whatever the order of its fields. */
const orderedText = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    hasFields(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : typeof inner === "bigint"
        ? String(inner)
        : inner,
  );

function itselfFits(value: unknown, schema: unknown): string | undefined {
  if (typeof value === "number") return numberFits(value, schema);
  if (typeof value === "string") return textFits(value, schema);
  if (Array.isArray(value)) return listFits(value, schema);
  return hasFields(value) ? objectFits(value, schema) : undefined;
}

/** What branches ask for; unknown fields are those that the schema itself does not have. */
function branchesFit(value: unknown, schema: unknown): string | undefined {
  const fits = (branch: unknown): boolean =>
    fitsSchema(value, { ...Object(branch), "x-kubernetes-preserve-unknown-fields": true }) === undefined;
  const [any, one, not] = [listAt(schema, "anyOf"), listAt(schema, "oneOf"), valueAt(schema, "not")];
  if (!listAt(schema, "allOf").every(fits)) return `${quoted(value)} does not fit allOf`;
  if (any.length > 0 && !any.some(fits)) return `${quoted(value)} does not fit anyOf`;
  if (one.length > 0 && one.filter(fits).length !== 1) return `${quoted(value)} does not fit oneOf`;
  return not !== undefined && fits(not) ? `${quoted(value)} fits not` : undefined;
}

function isOfJsonType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return hasFields(value);
  return !["number", "string", "boolean"].includes(type) || typeof value === type;
}

const boundOf = (schema: unknown, name: string): number | undefined => {
  const bound = valueAt(schema, name);
  return typeof bound === "number" ? bound : undefined;
};

function numberFits(value: number, schema: unknown): string | undefined {
  const [least, most] = [boundOf(schema, "minimum"), boundOf(schema, "maximum")];
  if (
    least !== undefined &&
    (value < least || (value === least && valueAt(schema, "exclusiveMinimum") === true))
  )
    return `${value} is below minimum`;
  if (
    most !== undefined &&
    (value > most || (value === most && valueAt(schema, "exclusiveMaximum") === true))
  )
    return `${value} is above maximum`;
  const step = boundOf(schema, "multipleOf");
  if (step !== undefined && step > 0 && !isNearlyWhole(value / step))
    return `${value} is not a multiple of ${step}`;
  return undefined;
}

/** What is lost in division is overlooked, as kube-openapi's `MultipleOf` does. */
const isNearlyWhole = (count: number): boolean =>
  Math.abs(count - Math.round(count)) <= 1e-9 * Math.max(1, Math.abs(count));

function textFits(value: string, schema: unknown): string | undefined {
  const length = Array.from(value).length;
  if (length < (boundOf(schema, "minLength") ?? 0)) return `${quoted(value)} is shorter than minLength`;
  if (length > (boundOf(schema, "maxLength") ?? Infinity)) return `${quoted(value)} is longer than maxLength`;
  const pattern = textAt(schema, "pattern");
  try {
    return pattern !== undefined && !new RegExp(pattern, "u").test(value)
      ? `${quoted(value)} does not match pattern`
      : undefined;
  } catch {
    // Of an expression that JavaScript does not know, nothing is said.
    return undefined;
  }
}

function listFits(value: readonly unknown[], schema: unknown): string | undefined {
  if (value.length < (boundOf(schema, "minItems") ?? 0)) return "there are fewer elements than minItems";
  if (value.length > (boundOf(schema, "maxItems") ?? Infinity))
    return "there are more elements than maxItems";
  for (const element of value) {
    const wrong = fitsSchema(element, valueAt(schema, "items"));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function objectFits(value: Readonly<Record<string, unknown>>, schema: unknown): string | undefined {
  const properties = valueAt(schema, "properties");
  const more = valueAt(schema, "additionalProperties");
  const count = Object.keys(value).length;
  if (count < (boundOf(schema, "minProperties") ?? 0)) return "there are fewer fields than minProperties";
  if (count > (boundOf(schema, "maxProperties") ?? Infinity))
    return "there are more fields than maxProperties";
  const isWhole = valueAt(schema, "x-kubernetes-embedded-resource") === true;
  // That a field has a default of its own does not help: defaults are looked at as they stand.
  for (const name of [...listAt(schema, "required"), ...(isWhole ? ["apiVersion", "kind"] : [])])
    if (!Object.hasOwn(value, String(name))) return `${String(name)} is missing`;
  for (const name of Object.keys(value)) {
    const property = valueAt(properties, name) ?? more;
    if (isWhole && property === undefined && ["apiVersion", "kind", "metadata"].includes(name)) continue;
    if (property === undefined && valueAt(schema, "x-kubernetes-preserve-unknown-fields") !== true)
      return `the field ${quoted(name)} does not exist`;
    // Metadata has more fields than its schema states.
    const isOpen = isWhole && name === "metadata";
    const wrong = fitsSchema(
      value[name],
      isOpen ? { ...Object(property), "x-kubernetes-preserve-unknown-fields": true } : property,
    );
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
