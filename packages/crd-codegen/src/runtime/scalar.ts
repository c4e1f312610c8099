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
  if (typeof allowed === "string") return allowed === value;
  return (
    allowed !== null && show(allowed) === show(value) && JSON.stringify(allowed) === JSON.stringify(value)
  );
}

type ScalarReport = (message: string, expected: string) => unknown;

function checkText(value: string, schema: Schema, report: ScalarReport, readPattern?: ReadPattern): void {
  const { pattern, format, minLength, maxLength } = schema;
  // Kubernetes counts characters, not UTF-16 units.
  if (minLength !== undefined || maxLength !== undefined)
    checkCount(Array.from(value).length, minLength, maxLength, "characters", report);
  if (pattern !== undefined && matches(value, schema, readPattern) === false)
    report("the text does not match", pattern);
  if (format !== undefined && !hasFormat(value, format)) report("the text is malformed", format);
}

function checkNumber(value: number, schema: Schema, report: ScalarReport): void {
  const { minimum, maximum, multipleOf } = schema;
  const [least, most] = [minimum, maximum].map((limit) => comparable(limit, value, schema));
  if (least !== undefined && (schema.exclusiveMinimum ? value <= least : value < least))
    report("the number is too small", `${schema.exclusiveMinimum ? "more than" : "at least"} ${minimum}`);
  if (most !== undefined && (schema.exclusiveMaximum ? value >= most : value > most))
    report("the number is too large", `${schema.exclusiveMaximum ? "less than" : "at most"} ${maximum}`);
  if (multipleOf !== undefined && !isMultiple(value, comparable(multipleOf, value, schema) ?? 0))
    report("the number is not a multiple", `a multiple of ${multipleOf}`);
}

/**
 * A limit as the API server holds a value against it: of a limit for any numbers, a whole one is held against the whole part
 * (kube-openapi, `MinimumNativeType`).
 */
function comparable(limit: number | undefined, value: number, { type }: Schema): number | undefined {
  return limit !== undefined && type !== "integer" && Number.isInteger(value) ? Math.trunc(limit) : limit;
}

/** As kube-openapi's `MultipleOf`: nothing is a multiple of nothing, and what is lost in division is overlooked. */
function isMultiple(value: number, factor: number): boolean {
  if (factor <= 0) return false;
  if (Number.isInteger(value) && Number.isInteger(factor)) return value % factor === 0;
  const count = Math.abs(factor < 1 ? (1 / factor) * value : value / factor);
  const whole = Math.trunc(count);
  return count === whole || (whole > 0 && (count - whole) / (count + whole) < 1e-9);
}

function checkCount(
  count: number,
  least: number | undefined,
  most: number | undefined,
  what: string,
  report: ScalarReport,
): void {
  if (least !== undefined && count < least) report(`it has ${count} ${what}`, `at least ${least}`);
  if (most !== undefined && count > most) report(`it has ${count} ${what}`, `at most ${most}`);
}
