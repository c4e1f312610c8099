import type { Option } from "./command.ts";

/** What the parser of `node:util` gives. */
export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[]>>;
  readonly positionals: readonly string[];
}

/**
 * What the parser of `node:util` makes of arguments of which each is a word, a known option alone, or a known option before
 * its value: most are, and to load that parser takes longer than all else that is done with a command line. Undefined for
 * others, which it has the word on.
 *
 * @example
 * plainArguments({ output: { type: "string", about: "…" } }, ["dev", "--output", "-"]);
 * // { values: { output: "-" }, positionals: ["dev"] }
 */
export function plainArguments(
  options: Readonly<Record<string, Option>>,
  args: readonly string[],
): Arguments | undefined {
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (!isOption(arg)) {
      positionals.push(arg);
      continue;
    }
    const name = optionOf(options, arg);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || !option) return undefined;
    if (option.type === "boolean") {
      values[name] = true;
      continue;
    }
    const value = args[++index];
    if (value === undefined || isOption(value)) return undefined;
    const before = values[name];
    if (option.multiple !== true) values[name] = value;
    else values[name] = Array.isArray(before) ? [...before, value] : [value];
  }
  return { values, positionals };
}

/** A hyphen alone stands for stdin or stdout. */
const isOption = (arg: string): boolean => arg.length > 1 && arg.startsWith("-");

function optionOf(options: Readonly<Record<string, Option>>, arg: string): string | undefined {
  if (arg.startsWith("--")) return Object.hasOwn(options, arg.slice(2)) ? arg.slice(2) : undefined;
  return Object.keys(options).find((name) => arg === `-${options[name]?.short}`);
}
