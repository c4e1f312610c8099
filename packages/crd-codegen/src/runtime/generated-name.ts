import type { ValidationIssue } from "./issue.ts";
import { isFields, type Resolve, type Schema } from "./schema.ts";
import { validate, type Tools } from "./validate.ts";

/** What is wrong with the name that the API server makes up, by the kind's own limits. */
export function generatedNameIssues(
  value: unknown,
  { properties }: Schema,
  resolve: Resolve,
  tools: Tools,
): readonly ValidationIssue[] {
  const limits = properties?.["metadata"]?.properties?.["name"];
  const metadata = isFields(value) ? value["metadata"] : undefined;
  const { name, generateName } = isFields(metadata) ? metadata : {};
  if (limits === undefined || name || typeof generateName !== "string" || generateName === "") return [];
  // As many random characters, behind as much as a name of 63 has room for (`names.SimpleNameGenerator`).
  return validate(`${generateName.slice(0, 58)}xxxxx`, limits, resolve, tools).map((issue) => ({
    ...issue,
    path: "metadata.name",
  }));
}
