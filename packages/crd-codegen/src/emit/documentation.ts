import type { Schema } from "../model/schema.ts";
import { allowedValues, hasDefault } from "./type-expression.ts";

/** What a schema says of itself and what its type does not say: limits, rules, the default. */
export function documentation(schema: Schema): string | undefined {
  const limits = limitsOf(schema).map((limit) => `- ${limit}`);
  const parts = [
    schema.description,
    limits.length === 0 ? undefined : limits.join("\n"),
    hasDefault(schema) ? `@default ${JSON.stringify(schema.default)}` : undefined,
  ];
  const text = parts.filter((part) => part !== undefined).join("\n\n");
  return text === "" ? undefined : safe(text);
}

function limitsOf(schema: Schema): string[] {
  const rules = (schema["x-kubernetes-validations"] ?? []).map(({ message, rule }) => message ?? rule);
  const allowed = allowedValues(schema);
  return [
    ...(allowed ? [`one of: ${allowed.join(", ")}`] : []),
    ...boundsOf(schema),
    ...rules.map((rule) => `rule: ${rule.replaceAll(/\s+/g, " ")}`),
  ];
}

/** In words, what a schema says of a value beside its type, the values it may have, and rules: numbers, lengths, a pattern. */
export function boundsOf(schema: Schema): string[] {
  const { pattern, format, minimum, maximum } = schema;
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  return [
    ...(minimum === undefined
      ? []
      : [`${schema["exclusiveMinimum"] === true ? "more than" : "at least"} ${minimum}`]),
    ...(maximum === undefined
      ? []
      : [`${schema["exclusiveMaximum"] === true ? "less than" : "at most"} ${maximum}`]),
    ...(schema.multipleOf === undefined ? [] : [`a multiple of ${schema.multipleOf}`]),
    ...range(schema.minLength, schema.maxLength, "characters"),
    ...range(schema.minItems, schema.maxItems, "elements"),
    ...range(schema.minProperties, schema.maxProperties, "fields"),
    ...(pattern === undefined ? [] : [`matches \`${pattern}\``]),
    ...(format === undefined ? [] : [`format: ${format}`]),
    ...(schema["x-kubernetes-list-type"] === "set" ? ["no element twice"] : []),
    ...(schema["x-kubernetes-list-type"] === "map" ? [`elements differ in: ${keys.join(", ")}`] : []),
  ];
}

type Limit = number | bigint | undefined;

function range(least: Limit, most: Limit, what: string): string[] {
  if (least === undefined && most === undefined) return [];
  if (least === most) return [`${least} ${what}`];
  if (most === undefined) return [`at least ${least} ${what}`];
  return [least === undefined ? `at most ${most} ${what}` : `${least} to ${most} ${what}`];
}

/** Text that cannot end the comment it stands in. */
export const safe = (text: string): string =>
  text.replaceAll("*/", "*\\/").replaceAll(/[^\P{Cc}\n]|[\u2028\u2029]/gu, " ");

/** A comment in front of a declaration. */
export const comment = (text: string): string =>
  `/**\n${safe(text)
    .split("\n")
    .map((line) => ` * ${line}`.trimEnd())
    .join("\n")}\n */\n`;
