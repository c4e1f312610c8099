import { show, type ValidationIssue } from "./issue.ts";
import type { Schema } from "./schema.ts";

/** Formats that the API server checks; others are notes to the reader. */
const formats: { readonly [name: string]: RegExp } = {
  "date-time": /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  uuid: /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/,
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/,
};
const patterns = new Map<string, RegExp>();

/** What is wrong with a value apart from its type and what is inside of it. */
export function scalarIssues(value: unknown, schema: Schema, path: string): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const report = (message: string, expected: string): unknown =>
    issues.push({ path, message, expected, got: show(value) });
  if (schema.enum && !schema.enum.some((allowed) => JSON.stringify(allowed) === JSON.stringify(value))) {
    report("the value is not allowed", `one of: ${schema.enum.map(show).join(", ")}`);
  }
  if (typeof value === "string") checkText(value, schema, report);
  if (typeof value === "number") checkNumber(value, schema, report);
  if (Array.isArray(value)) checkCount(value.length, schema.minItems, schema.maxItems, "elements", report);
  else if (typeof value === "object" && value !== null) {
    checkCount(Object.keys(value).length, schema.minProperties, schema.maxProperties, "fields", report);
  }
  return issues;
}

type Report = (message: string, expected: string) => unknown;

function checkText(value: string, { pattern, format, minLength, maxLength }: Schema, report: Report): void {
  // Kubernetes counts characters, not UTF-16 units.
  if (minLength !== undefined || maxLength !== undefined)
    checkCount(Array.from(value).length, minLength, maxLength, "characters", report);
  if (pattern !== undefined && !patternOf(pattern).test(value)) report("the text does not match", pattern);
  const expression = format !== undefined && Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (expression && !expression.test(value)) report("the text is malformed", String(format));
}

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, "u");
  patterns.set(pattern, known);
  return known;
}

function checkNumber(value: number, schema: Schema, report: Report): void {
  const { minimum, maximum, multipleOf, format } = schema;
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum)) {
    report("the number is too small", `${schema.exclusiveMinimum ? "more than" : "at least"} ${minimum}`);
  }
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum)) {
    report("the number is too large", `${schema.exclusiveMaximum ? "less than" : "at most"} ${maximum}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    report("the number is no multiple", `a multiple of ${multipleOf}`);
  if (format === "int32" && Math.abs(value) > 2 ** 31) report("the number does not fit", "32 bits");
}

function checkCount(
  count: number,
  least: number | undefined,
  most: number | undefined,
  what: string,
  report: Report,
): void {
  if (least !== undefined && count < least) report(`it has ${count} ${what}`, `at least ${least}`);
  if (most !== undefined && count > most) report(`it has ${count} ${what}`, `at most ${most}`);
}
