import { codeLists } from "../problems/known-codes.ts";
import type { Command, Option } from "./command.ts";

/** The names of the environments, one a line: what the scripts call. */
const environments = "atlas-render list 2>/dev/null | awk 'NR > 1 { print $1 }'";

/** The same, and the fleets, whose name stands for all that is in them. */
const environmentsAndFleets = environments.replace(
  "{ print $1 }",
  '{ print $1; if (split($1, part, "/") > 1 && !seen[part[1]]++) print part[1] }',
);

/** The objects of the environment that a shell has in this word, as `Kind/name`, one a line. */
const objectWords = (word: string): string =>
  `atlas-render render ${word} --output - 2>/dev/null | awk '/^kind: / { kind = $2 } /^metadata:/ { open = 1 } open && /^  name: / { gsub(/"/, "", $2); print kind "/" $2; open = 0 }'`;

/** Whether a command takes an object behind an environment. */
const takesObject = ({ takes = "" }: Command): boolean => takes.startsWith("ENVIRONMENT KIND/NAME");

/**
 * A script that makes a shell complete the commands, their options and the names of environments.
 *
 * @example
 * completion("bash", commands); // complete -F _atlas_render atlas-render, and the function
 */
export function completion(shell: "bash" | "zsh" | "fish", commands: readonly Command[]): string {
  const lines = shell === "fish" ? forFish(commands) : forBash(commands, shell === "zsh");
  return `${lines.join("\n")}\n`;
}

/** zsh takes bash's function, once it has loaded what reads it. */
function forBash(commands: readonly Command[], isZsh: boolean): string[] {
  return [
    ...(isZsh ? ["#compdef atlas-render", "autoload -U +X bashcompinit && bashcompinit"] : []),
    "_atlas_render() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${commandNames(commands).join(" ")}" -- "$word"))`,
    "    return",
    "  fi",
    // bash takes `--format=json` for three words.
    '  if [ "$word" = "=" ]; then word=""; elif [ "$before" = "=" ]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi',
    '  case "${COMP_WORDS[1]} $before" in',
    ...commands.flatMap((command) =>
      Object.entries(command.options ?? {}).flatMap(([name, option]) => valueCase(command, name, option)),
    ),
    "  esac",
    '  case "${COMP_WORDS[1]}" in',
    ...commands.map(
      (command) => `    ${callsOf(command).join("|")}) words="${commandWords(command, commands)}" ;;`,
    ),
    "  esac",
    ...commands
      .filter(takesObject)
      .map(
        ({ name }) =>
          `  if [ "\${COMP_WORDS[1]} $COMP_CWORD" = "${name} 3" ]; then words="$words $(${objectWords('"${COMP_WORDS[2]}"')})"; fi`,
      ),
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "}",
    // Where nothing is completed, a shell offers files: the values of most options are.
    "complete -o default -F _atlas_render atlas-render",
  ];
}

const callsOf = ({ name, alias }: Command): string[] => (alias === undefined ? [name] : [name, alias]);
const commandNames = (commands: readonly Command[]): string[] => commands.flatMap(callsOf);

/** What stands after an option that takes a value. */
function valueCase(command: Command, name: string, option: Option): string[] {
  if (option.type === "boolean") return [];
  const flags = [`--${name}`, ...(option.short === undefined ? [] : [`-${option.short}`])];
  const patterns = callsOf(command).flatMap((call) => flags.map((flag) => `"${call} ${flag}"`));
  return [`    ${patterns.join("|")}) COMPREPLY=($(compgen -W "${valuesOf(option)}" -- "$word")); return ;;`];
}

function valuesOf({ choices, words = choices, value }: Option): string {
  if (value === "ENVIRONMENT") return `$(${environments})`;
  if (value === "CODE")
    return [...new Set(codeLists.flatMap(({ codes }) => codes.map(({ code }) => code)))].join(" ");
  return (words ?? []).join(" ");
}

/** The options of a command and what it takes, as far as that can be listed. */
function commandWords({ options = {}, takes = "" }: Command, commands: readonly Command[]): string {
  const flags = [...Object.keys(options), "help"].map((name) => `--${name}`);
  return [...flags, ...argumentsOf(takes, commands)].join(" ");
}

function argumentsOf(takes: string, commands: readonly Command[]): string[] {
  if (takes === "[COMMAND]") return commandNames(commands);
  if (takes === "[ENVIRONMENT...]") return [`$(${environmentsAndFleets})`];
  if (takes.includes("ENVIRONMENT")) return [`$(${environments})`];
  return /^[a-z]+(\|[a-z]+)+$/.test(takes) ? takes.split("|") : [];
}

function forFish(commands: readonly Command[]): string[] {
  const first = "complete -c atlas-render -n __fish_use_subcommand -f";
  return [
    ...commands.flatMap((command) =>
      callsOf(command).map((call) => `${first} -a ${call} -d ${shellQuoted(command.about)}`),
    ),
    ...commands.flatMap((command) => {
      const within = `complete -c atlas-render -n ${shellQuoted(`__fish_seen_subcommand_from ${callsOf(command).join(" ")}`)}`;
      const given = argumentsOf(command.takes ?? "", commands).map(
        (each) => `${within} -f -a ${shellQuoted(fishly(each))}`,
      );
      const options = Object.entries(command.options ?? {}).map(([name, option]) =>
        [within, fishOption(name, option)].join(" "),
      );
      return [...given, ...(takesObject(command) ? [fishObjects(command)] : []), ...options];
    }),
  ];
}

/** Behind the program, the command and the environment. */
function fishObjects(command: Command): string {
  const condition = `__fish_seen_subcommand_from ${command.name}; and test (count (commandline -opc)) -eq 3`;
  return `complete -c atlas-render -n ${shellQuoted(condition)} -f -a ${shellQuoted(`(${objectWords("(commandline -opc)[3]")})`)}`;
}

function fishOption(name: string, option: Option): string {
  const values = fishly(valuesOf(option));
  return [
    `-l ${name}`,
    ...(option.short === undefined ? [] : [`-s ${option.short}`]),
    ...(option.type === "boolean" ? [] : [values ? `-x -a ${shellQuoted(values)}` : "-r"]),
    `-d ${shellQuoted(option.about)}`,
  ].join(" ");
}

/** fish runs a command in parentheses without a dollar. */
const fishly = (words: string): string => words.replace(/^\$\(/, "(");
const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;
