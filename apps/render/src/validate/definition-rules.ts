import type { Finding } from "@atlas/input";
import type { KindDefinition } from "./known-definitions.ts";

/** What is wrong with the rules in the schemas of a definition; what runs them is loaded where there are some. */
export async function ruleFindingsOf(definition: KindDefinition): Promise<readonly Finding[]> {
  if (!JSON.stringify(definition.spec).includes("x-kubernetes-validations")) return [];
  const { definitionRuleFindings } = await import("./definition-check.ts");
  return definitionRuleFindings(definition);
}
