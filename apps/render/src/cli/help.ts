import { usageOf, valueWord, unknown, type Command, type Option } from "./command.ts";
import { listEnvironments } from "../environments/environments.ts";
import { InputError } from "@atlas/input";

/** What there is: each command in a line. */
export function helpOfAll(commands: readonly Command[]): string {
  const rows = commands.map(({ name, takes, about }) => [takes ? `${name} ${takes}` : name, about] as const);
  return [
    "Usage: atlas-render COMMAND ...",
    "",
    ...helpTable(rows),
    "",
    "atlas-render COMMAND --help says what a command takes, with examples.",
    "",
    "Exit codes: 0 done, 1 stale files (--check), differences (import-kustomize) or work that is left (upgrade), 2 wrong usage",
    "or input (nothing was written), 3 a fault of atlas-render.",
    "",
  ].join("\n");
}

/** What a command does and takes, with examples. */
export function helpOf(command: Command): string {
  const { about, alias, details, options = {}, examples = [] } = command;
  const also = alias === undefined ? "" : ` (also: ${alias})`;
  const rows = Object.entries(options).map(
    ([name, option]) => [optionCall(name, option), aboutOf(option)] as const,
  );
  return [
    `Usage: ${usageOf(command)}`,
    "",
    `${about.charAt(0).toUpperCase()}${about.slice(1)}${also}.`,
    ...(details === undefined ? [] : ["", details]),
    ...(rows.length > 0 ? ["", "Options:", ...helpTable(rows)] : []),
    ...(examples.length > 0 ? ["", "Examples:", ...examples.map((each) => `  ${exampleCall(each)}`)] : []),
    "",
  ].join("\n");
}

/** An example that has another command before a pipe says itself where ours is. */
const exampleCall = (example: string): string =>
  example.includes("atlas-render ") ? example : `atlas-render ${example}`;

const optionCall = (name: string, option: Option): string =>
  `${option.short === undefined ? "" : `-${option.short}, `}--${name} ${valueWord(option)}`.trimEnd();

const aboutOf = ({ about, choices }: Option): string =>
  choices ? `${about} (default: ${choices[0]})` : about;

/** Rows of two columns; one that is long stands in a line of its own. */
function helpTable(rows: readonly (readonly [string, string])[]): string[] {
  const widest = 24;
  const width = Math.max(...rows.map(([left]) => left.length).filter((length) => length <= widest), 0) + 2;
  return rows.flatMap(([left, right]) =>
    left.length > widest
      ? [`  ${left}`, `  ${" ".repeat(width)}${right}`]
      : [`  ${left.padEnd(width)}${right}`],
  );
}

/** The error for a command that there is not, or for none. */
export function noSuchCommand(name: string | undefined, commands: readonly Command[]): InputError {
  const names = commands.flatMap((each) => [each.name, ...(each.alias === undefined ? [] : [each.alias])]);
  if (name === undefined) {
    const said = helpOfAll(commands).trimEnd();
    return new InputError([
      {
        code: "command-missing",
        what: "no command",
        said,
        expected: `one of: ${names.join(", ")}`,
        fix: "name one",
      },
    ]);
  }
  if (!isEnvironment(name)) return unknown("command", name, names);
  return new InputError([
    {
      code: "command-missing",
      what: `"${name}" is an environment, not a command`,
      expected: `one of: ${names.join(", ")}`,
      fix: `did you mean "render ${name}"?`,
    },
  ]);
}

/** Whether a name is that of an environment, by itself or as the path of its folder. */
function isEnvironment(name: string): boolean {
  try {
    const folder = name.replace(/\/$/, "").split("/").at(-1);
    return listEnvironments().some((each) => each.name === folder);
  } catch {
    return false;
  }
}
