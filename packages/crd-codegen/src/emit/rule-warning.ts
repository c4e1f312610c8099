import type { Problem } from "../problem.ts";
import { definitionsUnder, servedKinds, type Model } from "../model/model.ts";
import { subschemas, type Schema } from "../model/schema.ts";
import { environmentWith, readExpression } from "../runtime/cel/environment.ts";

/** What is to be said of rules that validators do not ask, since they are not understood. */
export function ruleWarning(model: Model, file: string): Problem | undefined {
  const isRead = ruleReader();
  const unread = servedKinds(model).flatMap(({ kind, schema }) => {
    const parts = [...definitionsUnder(schema, model.definitions)].map((key) => model.definitions[key] ?? {});
    const rules = [schema, ...parts].flatMap(rulesIn).filter((rule) => !isRead(rule));
    return rules.map((rule) => `of ${kind}, ${rule}`);
  });
  if (unread.length === 0) return undefined;
  return {
    code: "rule-unread",
    file,
    what: `leaves to the API server ${unread.length === 1 ? "a rule that is" : "rules that are"} not understood here: ${unread.join("; ")}`,
    fix: "Whether an object keeps it, only kubectl apply --dry-run=server says",
  };
}

function rulesIn(schema: Schema): string[] {
  const own = schema["x-kubernetes-validations"] ?? [];
  return [...own.map(({ rule }) => rule), ...subschemas(schema).flatMap(([, sub]) => rulesIn(sub))];
}

/** Whether a rule is understood, where there was something before and where there need not be. */
function ruleReader(): (rule: string) => boolean {
  // Only what rules call is asked; no pattern is read.
  const environment = environmentWith(() => {
    throw new Error("no rule is run");
  });
  const withOptional = environment.clone().registerVariable("oldSelf", "optional<dyn>");
  return (rule) => [environment, withOptional].some((known) => readExpression(rule, known) !== undefined);
}
