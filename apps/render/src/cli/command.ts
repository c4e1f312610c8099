import { nearest } from "@atlas/compose";
import { InputError } from "@atlas/input";
import { plainArguments, type Arguments } from "./plain-arguments.ts";
import { refuseGiven } from "./refused-options.ts";

/** What a command line asks for: a function that does it and returns what belongs on stdout, whole or in parts. */
export type Run = () => Promise<string | Iterable<string | Uint8Array>>;

/** An option: what the parser takes, the help says and a shell completes. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** The values that there are, the default first. */
  readonly choices?: readonly [string, ...string[]];
  /** The values that there are, of which none is the default. */
  readonly words?: readonly string[];
  /** What the help writes for the value of one that takes any. */
  readonly value?: string;
  readonly about: string;
  /** Options that would be passed over beside this one. */
  readonly excludes?: readonly string[];
  /** Whether whatever else is given would be passed over. */
  readonly isAlone?: boolean;
}

type Options = Readonly<Record<string, Option>>;

/** What a command is called, takes and does: the source of its parser, its help and its completion. */
export interface CommandDeclaration<O extends Options = Options> {
  readonly name: string;
  /** Another name that people type for it. */
  readonly alias?: string;
  /** What stands after the name, such as `[ENVIRONMENT...]`. */
  readonly takes?: string;
  /** One line that says what it does. */
  readonly about: string;
  /** What else there is to know. */
  readonly details?: string;
  readonly options?: O;
  readonly examples?: readonly string[];
}

/** A command, and what becomes of a call. */
export interface Command extends CommandDeclaration {
  /** @throws {InputError} when the arguments ask for nothing that exists. */
  readonly prepare: (args: readonly string[]) => Run;
}

/** What was given to a command: of each option that has a closed list of values, one of these. */
interface Parsed<O extends Options> {
  readonly values: { readonly [Name in DefaultNames<O>]: OptionValue<O[Name]> } & {
    readonly [Name in Exclude<keyof O, DefaultNames<O>>]?: OptionValue<O[Name]>;
  };
  readonly positionals: readonly string[];
}

/** The options that have a value also where none is given. */
type DefaultNames<O extends Options> = {
  [Name in keyof O]: O[Name] extends { readonly choices: unknown } ? Name : never;
}[keyof O];

type OptionValue<O extends Option> = O extends { readonly type: "boolean" }
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : O extends { readonly choices: readonly (infer Word)[] } | { readonly words: readonly (infer Word)[] }
      ? Word
      : string;

/**
 * A command of the given options.
 *
 * @param prepare checks what was given and says what is to be run. A command is imported when it runs, so that none is
 * loaded that is not asked for.
 */
export function command<const O extends Options>(
  declaration: CommandDeclaration<O>,
  prepare: (given: Parsed<O>) => Run,
): Command {
  return { ...declaration, prepare: (args) => prepare(parse(declaration, args)) };
}

/** The line that says how a command is called. */
export function usageOf({ name, takes, options = {} }: CommandDeclaration): string {
  const parts = Object.entries(options).map(([option, { multiple, ...declared }]) =>
    `[--${option} ${valueWord(declared)}`.trimEnd().concat(multiple === true ? "...]" : "]"),
  );
  return ["atlas-render", name, takes ?? [], ...parts].flat().join(" ");
}

/** What stands for the value of an option; empty where it takes none. */
export const valueWord = ({ choices, value = "" }: Pick<Option, "choices" | "value">): string =>
  choices?.join("|") ?? value;

function parse<O extends Options>(declaration: CommandDeclaration<O>, args: readonly string[]): Parsed<O> {
  const options: Options = declaration.options ?? {};
  const { values, positionals } = plainArguments(options, args) ?? anyArguments(declaration, options, args);
  refuseGiven(declaration.name, options, values, positionals);
  const filled: Record<string, unknown> = values;
  for (const name in options) if (filled[name] === undefined) filled[name] = options[name]?.choices?.[0];
  return { values: filled as Parsed<O>["values"], positionals };
}

function anyArguments(declaration: CommandDeclaration, options: Options, args: readonly string[]): Arguments {
  const known = Object.keys(options);
  const shorts = new Set(Object.values(options).map(({ short }) => short));
  const given = withValues(options, args);
  for (const arg of given) {
    if (arg === "--") break;
    const name = /^--(?:no-)?([^=]*)/.exec(arg)?.[1];
    if (name !== undefined && !known.includes(name))
      throw unknown("option", name, known, "--", declaration.name);
    if (/^-[^-]/.test(arg) && !shorts.has(arg.charAt(1)))
      throw unknown("option", arg.slice(1), known, "-", declaration.name);
  }
  try {
    // An import of node:util loads all that it offers; this one function is needed, and by few starts.
    const { parseArgs } = process.getBuiltinModule("node:util");
    const { values, positionals } = parseArgs({ args: given, options, allowPositionals: true });
    return { values: values as Arguments["values"], positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const fix = `see atlas-render ${declaration.name} --help`;
    throw new InputError([{ code: "usage-wrong", what: error.message, expected: usageOf(declaration), fix }]);
  }
}

/** Arguments with values that look like options put to theirs: `--replicas -1` is about the number. */
function withValues(options: Options, args: readonly string[]): string[] {
  const [first, second, ...rest] = args;
  if (first === undefined || first === "--") return [...args];
  const isOpen = first.startsWith("--") && options[first.slice(2)]?.type === "string";
  const isOption = Object.values(options).some(({ short }) => short === second?.charAt(1));
  return isOpen && second !== undefined && /^-[^-]/.test(second) && !isOption
    ? [`${first}=${second}`, ...withValues(options, rest)]
    : [first, ...withValues(options, args.slice(1))];
}

/** The error for a name that does not exist among those that do. */
export function unknown(
  what: string,
  name: string,
  known: readonly string[],
  dashes = "",
  ofCommand = "",
): InputError {
  const near = nearest(name, known);
  const expected = `one of: ${known.map((other) => (dashes ? `--${other}` : other)).join(", ")}`;
  const fix =
    near === undefined
      ? `see ${["atlas-render", ofCommand, "--help"].filter(Boolean).join(" ")}`
      : `did you mean "${dashes ? "--" : ""}${near}"?`;
  return new InputError([
    { code: "name-unknown", what: `unknown ${what} "${dashes}${name}"`, expected, fix },
  ]);
}

/** @throws {InputError} when an option that names a folder, or what else is expected, is given as nothing. */
export function refuseEmpty(given: Record<string, string | undefined>, expected = "a folder"): void {
  const empty = Object.keys(given).filter((name) => given[name] === "");
  if (empty.length === 0) return;
  throw new InputError(
    empty.map((name) => ({
      code: "usage-wrong",
      what: `--${name} is empty`,
      expected,
      fix: "name one, or leave the option out",
    })),
  );
}

/** @throws {InputError} when more is given than the command takes. */
export function refuseExtra([extra]: readonly string[], name: string, expected: string, fix: string): void {
  if (extra === undefined) return;
  throw new InputError([{ code: "usage-wrong", what: `${name} takes no "${extra}"`, expected, fix }]);
}

/** @throws {InputError} when a command that takes one argument gets none, or more. */
export function requireOne([first, ...extra]: readonly string[], name: string, expected: string): string {
  refuseExtra(extra, name, expected, "leave it out");
  if (first !== undefined) return first;
  throw new InputError([
    {
      code: "usage-wrong",
      what: `${name} names nothing`,
      expected,
      fix: `say atlas-render ${name} and the name`,
    },
  ]);
}

/** Whether the arguments of a command ask what it does. */
export function asksForHelp(args: readonly string[]): boolean {
  const ended = args.indexOf("--");
  const options = ended < 0 ? args : args.slice(0, ended);
  return options.includes("--help") || options.includes("-h");
}
