import { hasFormat } from "./format.ts";
import { show, type ValidationIssue } from "./issue.ts";
import { matches, type ReadPattern } from "./pattern.ts";
import type { Schema } from "./schema.ts";

/** What is wrong with a value apart from its type and what is inside of it. */
export function scalarIssues(
  value: unknown,
  schema: Schema,
  path: string,
  readPattern?: ReadPattern,
): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const report = (message: string, expected: string): unknown =>
    issues.push({ path, message, expected, got: show(value) });
  if (schema.enum && !schema.enum.some((allowed) => isAllowed(allowed, value)))
    report("the value is not allowed", `one of: ${schema.enum.map(show).join(", ")}`);
  if (typeof value === "string") checkText(value, schema, report, readPattern);
  if (typeof value === "number") checkNumber(value, schema, report);
  if (Array.isArray(value)) checkCount(value.length, schema.minItems, schema.maxItems, "elements", report);
  else if (typeof value === "object" && value !== null)
    checkCount(Object.keys(value).length, schema.minProperties, schema.maxProperties, "fields", report);
  return issues;
}

/** The API server takes no null for the null of an enum: a nullable field has to leave the value out. */
function isAllowed(allowed: unknown, value: unknown): boolean {
  return (
    allowed !== null && show(allowed) === show(value) && JSON.stringify(allowed) === JSON.stringify(value)
  );
}

type Report = (message: string, expected: string) => unknown;

function checkText(value: string, schema: Schema, report: Report, readPattern?: ReadPattern): void {
  const { pattern, format, minLength, maxLength } = schema;
  // Kubernetes counts characters, not UTF-16 units.
  if (minLength !== undefined || maxLength !== undefined)
    checkCount(Array.from(value).length, minLength, maxLength, "characters", report);
  if (pattern !== undefined && matches(value, schema, readPattern) === false)
    report("the text does not match", pattern);
  if (format !== undefined && !hasFormat(value, format)) report("the text is malformed", format);
}

function checkNumber(value: number, schema: Schema, report: Report): void {
  const { minimum, maximum, multipleOf } = schema;
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum))
    report("the number is too small", `${schema.exclusiveMinimum ? "more than" : "at least"} ${minimum}`);
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum))
    report("the number is too large", `${schema.exclusiveMaximum ? "less than" : "at most"} ${maximum}`);
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    report("the number is not a multiple", `a multiple of ${multipleOf}`);
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
