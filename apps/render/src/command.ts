import type { ParseArgsConfig, parseArgs as parseArgsOfNode } from "node:util";
import { nearest } from "@atlas/compose";
import { InputError } from "./failure.ts";

// An import of node:util loads all that it offers; a cold start needs this one function.
const { parseArgs } = process.getBuiltinModule("node:util");

/** What a command line asks for: a function that does it and returns what belongs on stdout, whole or in parts. */
export type Run = () => Promise<string | Iterable<string | Uint8Array>>;

/** A command: how it is called, and what becomes of a call. */
export interface Command {
  /** The line of the usage, without the program's name. */
  readonly usage: string;
  /** @throws {InputError} when the arguments ask for nothing that exists. */
  readonly prepare: (args: readonly string[]) => Run;
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgsOfNode<{ args: string[]; options: O; allowPositionals: true }>
>;

/**
 * A command of the given options.
 *
 * @param prepare checks what was given and says what is to be run. A command is imported when it runs, so that none is
 * loaded that is not asked for.
 */
export function command<const O extends Options>(
  usage: string,
  options: O,
  prepare: (given: Parsed<O>) => Run,
): Command {
  return { usage, prepare: (args) => prepare(parse(usage, options, args)) };
}

function parse<O extends Options>(usage: string, options: O, args: readonly string[]): Parsed<O> {
  const known = Object.keys(options);
  for (const arg of args) {
    if (arg === "--") break;
    const name = /^--(?:no-)?([^=]*)/.exec(arg)?.[1];
    if (name !== undefined && !known.includes(name)) throw unknown("option", name, known, "--");
    if (/^-[^-]/.test(arg)) throw unknown("option", arg.slice(1), known, "-");
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError([
      { what: error.message, expected: `atlas-render ${usage}`, mend: "see atlas-render --help" },
    ]);
  }
}

/** The error for a name that does not exist among those that do. */
export function unknown(what: string, name: string, known: readonly string[], dashes = ""): InputError {
  const near = nearest(name, known);
  const expected = `one of: ${known.map((other) => (dashes ? `--${other}` : other)).join(", ")}`;
  const mend =
    near === undefined ? "see atlas-render --help" : `did you mean "${dashes ? "--" : ""}${near}"?`;
  return new InputError([{ what: `unknown ${what} "${dashes}${name}"`, expected, mend }]);
}

/**
 * The value of an option that has few; the first is the default.
 *
 * @throws {InputError} when another is given.
 */
export function choice<V extends string>(
  option: string,
  given: string | undefined,
  values: readonly [V, ...V[]],
): V {
  const found = values.find((value) => value === (given ?? values[0]));
  if (found !== undefined) return found;
  const near = nearest(given ?? "", values);
  throw new InputError([
    {
      what: `--${option} "${given}" is unknown`,
      expected: values.join(" or "),
      mend: near === undefined ? `give --${option} ${values[0]}` : `did you mean "${near}"?`,
    },
  ]);
}

/** @throws {InputError} when an option that names a folder is given as nothing. */
export function refuseEmpty(given: Record<string, string | undefined>): void {
  const empty = Object.keys(given).filter((name) => given[name] === "");
  if (empty.length === 0) return;
  throw new InputError(
    empty.map((name) => ({
      what: `--${name} is empty`,
      expected: "a folder",
      mend: "name one, or leave the option out",
    })),
  );
}

/** @throws {InputError} when more is given than the command takes. */
export function refuseExtra([extra]: readonly string[], name: string, expected: string, mend: string): void {
  if (extra === undefined) return;
  throw new InputError([{ what: `${name} takes no "${extra}"`, expected, mend }]);
}

/** @throws {InputError} when a command that takes one argument gets none, or more. */
export function requireOne([first, ...extra]: readonly string[], name: string, expected: string): string {
  refuseExtra(extra, name, expected, "leave it out");
  if (first !== undefined) return first;
  throw new InputError([
    { what: `${name} names nothing`, expected, mend: `say atlas-render ${name} and the name` },
  ]);
}
