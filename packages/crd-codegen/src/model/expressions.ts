import { expressionOf } from "../pattern/expression.ts";
import { mapSubschemas, type Schema } from "./schema.ts";

/** The schema in which each pattern has its expression beside it. */
export function withExpressions(schema: Schema): Schema {
  const expression = typeof schema.pattern === "string" ? expressionOf(schema.pattern) : undefined;
  return { ...mapSubschemas(schema, withExpressions), ...(expression !== undefined && { expression }) };
}
