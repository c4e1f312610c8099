import { parseArgs } from "node:util";
import { nearestOf } from "../runtime/issue.ts";

/** Wrong usage: what is wrong, and of which command. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

interface OptionHelp {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** What stands after it. */
  readonly value?: string;
  readonly about: string;
}

const crdsOption: OptionHelp = {
  type: "string",
  multiple: true,
  value: "SOURCE",
  about: "where the CRDs are; the package in the current folder, unless it is said",
};
const folderOption: OptionHelp = {
  type: "string",
  value: "DIR",
  about: "the package; the current folder, unless it is said",
};

/** The name of something that the command can do. */
export type CommandName = "make" | "update" | "check" | "validate" | "explain" | "import" | "generate";

interface CommandHelp {
  readonly synopsis: string;
  readonly about: string;
  readonly options: Readonly<Record<string, OptionHelp>>;
}

/** What the command can do; the first is what it does where no other is named. */
const commandHelps: Readonly<Record<CommandName, CommandHelp>> = {
  make: {
    synopsis: "SOURCE… --output DIR",
    about: "makes a package of TypeScript types, validators and JSON Schemas of CRDs",
    options: {
      output: { type: "string", value: "DIR", about: "the folder of the package" },
      name: { type: "string", value: "NAME", about: "the package's name; the folder's, unless it is said" },
      descriptions: {
        type: "string",
        value: "upstream|none",
        about: "whether to keep the CRDs' descriptions: they are, unless it is said",
      },
      cluster: { type: "boolean", about: "takes all CRDs of a cluster, through kubectl" },
      context: {
        type: "string",
        value: "NAME",
        about: "the cluster's context; the current one, unless it is said",
      },
    },
  },
  update: {
    synopsis: "update [DIR]",
    about:
      "makes the package anew of the sources that its crd-codegen.yaml names, and reports what changes in its API",
    options: {},
  },
  check: {
    synopsis: "check [DIR]",
    about: "tells whether the package is what its sources give; ends with 1 where it is not",
    options: { package: folderOption },
  },
  validate: {
    synopsis: "validate FILE… [--crds SOURCE]…",
    about: "holds the objects in files against CRDs, as an API server would",
    options: {
      crds: crdsOption,
      complete: { type: "boolean", about: "prints the objects with their defaults" },
    },
  },
  explain: {
    synopsis: "explain KIND [FIELD] [--crds SOURCE]…",
    about: "says what the CRDs say of a kind or a field, as kubectl explain does",
    options: { crds: crdsOption },
  },
  import: {
    synopsis: "import [SOURCE…] [--package DIR]",
    about: "makes compact sources of CRDs in the package's folder crds, for descriptions of one's own",
    options: {
      package: folderOption,
      descriptions: {
        type: "string",
        value: "upstream|own|none",
        about: "which descriptions to keep: upstream's, unless it is said; own are those that crds has",
      },
      group: {
        type: "string",
        value: "GROUP",
        about: "takes the sources as a release's: all are of this group, and none that crds has is missing",
      },
      whole: { type: "boolean", about: "with --group: removes what crds has and the release does not" },
      expect: {
        type: "string",
        multiple: true,
        value: "NAME",
        about: "with --group: this CRD, and no others",
      },
    },
  },
  generate: {
    synopsis: "generate [--package DIR]",
    about: "makes types, validators, JSON Schemas and full CRDs of the package's compact sources",
    options: { package: folderOption },
  },
};

/** What the command line asks for. */
export type Request =
  | { readonly help: CommandName | undefined }
  | { readonly version: true }
  | { readonly command: CommandName; readonly operands: readonly string[]; readonly values: Values };

/** The options as they were given. */
export interface Values {
  readonly output?: string;
  readonly name?: string;
  readonly descriptions?: string;
  readonly cluster?: boolean;
  readonly context?: string;
  readonly package?: string;
  readonly crds?: string[];
  readonly complete?: boolean;
  readonly group?: string;
  readonly whole?: boolean;
  readonly expect?: string[];
}

const isCommand = (name: string): name is CommandName => name in commandHelps && name !== "make";

/**
 * What a command line asks for.
 *
 * @throws {UsageError} for what no command takes, with what was probably meant.
 */
export function readCommandLine(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === "help") return { help: rest[0] === undefined ? undefined : meantCommand(rest[0]) };
  const command = first !== undefined && isCommand(first) ? first : "make";
  const given = command === "make" ? args : rest;
  if (given.includes("--help") || given.includes("-h"))
    return { help: command === "make" ? undefined : command };
  if (command === "make" && given.includes("--version")) return { version: true };
  const { values, positionals } = parsedCommand(command, given);
  if (command === "make" && values.output === undefined && first !== undefined) refuseMisspelt(first);
  return { command, operands: positionals, values };
}

/** Without --output, what looks like a command is one. */
function refuseMisspelt(name: string): void {
  if (nearestOf(name, Object.keys(commandHelps).filter(isCommand)) !== undefined) meantCommand(name);
}

function meantCommand(name: string): CommandName {
  if (isCommand(name)) return name;
  const meant = nearestOf(name, Object.keys(commandHelps).filter(isCommand));
  throw new UsageError(
    `there is no command "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  );
}

function parsedCommand(
  command: CommandName,
  args: readonly string[],
): { readonly values: Values; readonly positionals: readonly string[] } {
  const { options } = commandHelps[command];
  try {
    const types = Object.entries(options).map(([name, { type, multiple = false }]) => [
      name,
      { type, multiple },
    ]);
    return parseArgs({ args: [...args], allowPositionals: true, options: Object.fromEntries(types) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, wrong] = /Unknown option '--([\w-]+)'/.exec(message) ?? [];
    if (wrong === undefined) throw new UsageError(message);
    const meant = nearestOf(wrong, Object.keys(options));
    throw new UsageError(
      `there is no option --${wrong}${meant === undefined ? "" : `; did you mean --${meant}?`}`,
    );
  }
}

/** The help of the whole command, or of one thing that it can do. */
export function helpText(command: CommandName | undefined): string {
  if (command === undefined) {
    const others = Object.entries(commandHelps).filter(([name]) => isCommand(name));
    return `Usage: crd-codegen ${commandHelps.make.synopsis}
       crd-codegen COMMAND …

Without a command, it ${commandHelps.make.about}.

A SOURCE is a file, a folder, a pattern of file names, an archive, a Helm chart, a URL,
github:OWNER/REPOSITORY@TAG[:PATH], oci://HOST/REPOSITORY:TAG, cluster:[CONTEXT], or - for stdin.

Options:
${optionTable(commandHelps.make.options)}
Commands:
${others.map(([name, { about }]) => `  ${name.padEnd(10)}${wrap(about, 12)}\n`).join("")}
  crd-codegen help COMMAND says more. --version prints the version.

It ends with 0 when all is done, 1 when it has found something, 2 for wrong usage or input, 3 for a fault of its own.
`;
  }
  const { synopsis, about, options } = commandHelps[command];
  const listed = Object.keys(options).length === 0 ? "" : `\nOptions:\n${optionTable(options)}`;
  return `Usage: crd-codegen ${synopsis}\n\nIt ${wrap(about, 0)}.\n${listed}`;
}

function optionTable(options: Readonly<Record<string, OptionHelp>>): string {
  const rows = Object.entries(options).map(
    ([name, { value, about }]) => [`--${name}${value === undefined ? "" : ` ${value}`}`, about] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length)) + 2;
  return rows.map(([option, about]) => `  ${option.padEnd(width)}${wrap(about, width + 2)}\n`).join("");
}

/** A text in lines of 110 characters, all but the first as deep as that. */
function wrap(text: string, depth: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && depth + last.length + 1 + word.length > 110) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join(`\n${" ".repeat(depth)}`);
}
