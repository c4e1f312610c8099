import type { ParseArgsConfig } from "node:util";
import { nearest } from "@atlas/compose";
import { render } from "./commands/render.ts";
import { InputError } from "./failure.ts";

// An import of node:util loads all that it offers; a cold start needs this one function.
const { parseArgs } = process.getBuiltinModule("node:util");

const usage = `Usage:
  atlas-render render [ENVIRONMENT…] [--output DIR|-] [--format yaml|json] [--validate] [--check]
  atlas-render list [--format text|json]
  atlas-render import-kustomize DIR [--output DIR]

Renders the environments of the Atlas Operator's manifests; without a name, all of them. Or turns a Kustomize directory
into TypeScript, and proves that it comes to the same objects.

  --output DIR         write DIR/<environment>/ (default: dist/manifests); - writes one stream to stdout;
                       of import-kustomize: write the sources into DIR (default: imported)
  --format FORMAT      yaml (default) or json; of list: text (default) or json
  --validate           hold every object against its schema before anything is written
  --check              write nothing; list the files that are stale, and end with 1 when there is any
  --environments DIR   render the overlay folders in DIR instead of those of @atlas/manifests
  --help, --version

Exit codes: 0 done, 1 stale files (--check) or differences (import-kustomize), 2 wrong usage or input (nothing was
written), 3 a fault of atlas-render.
`;

const shared = { environments: { type: "string" }, format: { type: "string" } } as const;
const options = {
  render: {
    ...shared,
    output: { type: "string" },
    validate: { type: "boolean" },
    check: { type: "boolean" },
  },
  list: shared,
  "import-kustomize": { output: { type: "string" } },
} as const satisfies Record<string, ParseArgsConfig["options"]>;
type CommandName = keyof typeof options;

/**
 * What the command line asks for: a function that does it and returns what belongs on stdout.
 *
 * @throws {InputError} when it asks for nothing that exists.
 */
export function parseCommandLine(args: readonly string[]): () => Promise<string | Uint8Array> {
  const [name, ...rest] = args;
  if (args.includes("--help") || args.includes("-h")) return () => Promise.resolve(usage);
  if (name === "--version") return printVersion;
  if (name === undefined)
    throw new InputError([{ what: "no command", expected: "render or list", mend: usage.trimEnd() }]);
  if (!isCommand(name)) throw unknown("command", name, Object.keys(options));
  return commands[name](rest);
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(options, name);

function renderCommand(args: string[]): () => Promise<string | Uint8Array> {
  const { values, positionals } = parse("render", args);
  const { output, environments, validate = false, check = false } = values;
  const format = choice("format", values.format, ["yaml", "json"]);
  refuseEmpty({ output, environments });
  if (check && output === "-") {
    throw new InputError([
      {
        what: "--check compares with files, and --output - has none",
        expected: "a folder",
        mend: "leave --output out, or name the folder that was rendered into",
      },
    ]);
  }
  return () => render({ names: positionals, output, format, validate, check, environments });
}

function listCommand(args: string[]): () => Promise<string | Uint8Array> {
  const { values, positionals } = parse("list", args);
  const format = choice("format", values.format, ["text", "json"]);
  refuseEmpty({ environments: values.environments });
  const [extra] = positionals;
  if (extra !== undefined) {
    throw new InputError([
      {
        what: `list takes no "${extra}"`,
        expected: "options only",
        mend: "leave it out; list shows every environment",
      },
    ]);
  }
  return async () => {
    const { list } = await import("./commands/list.ts");
    return list({ format, environments: values.environments });
  };
}

function importCommand(args: string[]): () => Promise<string> {
  const { values, positionals } = parse("import-kustomize", args);
  const { output = "imported" } = values;
  refuseEmpty({ output });
  const [folder, ...others] = positionals;
  if (folder === undefined || folder === "" || others.length > 0) {
    throw new InputError([
      {
        what: folder ? `import-kustomize takes one folder, got ${positionals.length}` : "no folder to import",
        expected: usageOf("import-kustomize"),
        mend: "name the folder of an overlay, or one that holds bases and overlays",
      },
    ]);
  }
  return async () => {
    const { importKustomize } = await import("./commands/import-kustomize.ts");
    return importKustomize({ folder, output });
  };
}

const commands: Record<CommandName, (args: string[]) => () => Promise<string | Uint8Array>> = {
  render: renderCommand,
  list: listCommand,
  "import-kustomize": importCommand,
};

function parse<C extends CommandName>(command: C, args: string[]) {
  const known = Object.keys(options[command]);
  for (const arg of args) {
    if (arg === "--") break;
    const name = /^--(?:no-)?([^=]*)/.exec(arg)?.[1];
    if (name !== undefined && !known.includes(name)) throw unknown("option", name, known, "--");
    if (/^-[^-]/.test(arg)) throw unknown("option", arg.slice(1), known, "-");
  }
  try {
    return parseArgs({ args, options: options[command], allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError([
      { what: error.message, expected: usageOf(command), mend: "see atlas-render --help" },
    ]);
  }
}

const usageOf = (command: CommandName): string =>
  usage
    .split("\n")
    .find((line) => line.includes(`atlas-render ${command}`))
    ?.trim() ?? command;

function unknown(what: string, name: string, known: readonly string[], dashes = ""): InputError {
  const near = nearest(name, known);
  const expected = `one of: ${known.map((other) => (dashes ? `--${other}` : other)).join(", ")}`;
  const mend =
    near === undefined ? "see atlas-render --help" : `did you mean "${dashes ? "--" : ""}${near}"?`;
  return new InputError([{ what: `unknown ${what} "${dashes}${name}"`, expected, mend }]);
}

function choice<V extends string>(
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

function refuseEmpty(given: Record<string, string | undefined>): void {
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

async function printVersion(): Promise<string> {
  const { readFileSync } = await import("node:fs");
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return `${version}\n`;
}
