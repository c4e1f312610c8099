import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import type { ReadPattern } from "../pattern.ts";
import { translated } from "./expression.ts";
import { registerLibraries } from "./library.ts";

/**
 * The language as the API server has it for rules.
 *
 * @param readPattern reads the patterns that rules hold texts against; without it, no rule may do so.
 */
export function environmentWith(readPattern?: ReadPattern): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    // What is written for the library has more levels than what it stands for.
    limits: { maxDepth: 2000 },
  });
  return registerLibraries(environment, readPattern);
}

/**
 * What an expression is; undefined for one that is not understood. The API server has taken it, so that a function or an
 * operator that is missing is missing here.
 */
export function readExpression(expression: string, environment: Environment): ParseResult | undefined {
  try {
    const program = environment.parse(translated(environment.parse(expression).ast, expression));
    return program.check().valid ? program : undefined;
  } catch {
    return undefined;
  }
}
