import { choice, command, refuseEmpty, refuseExtra, unknown, type Command, type Run } from "./command.ts";
import { render } from "./commands/render.ts";
import { InputError } from "./failure.ts";

const shared = { environments: { type: "string" }, format: { type: "string" } } as const;

/** Every command, by name. A new one is an entry here, a file in commands/ and its options in the help below. */
const commands: Readonly<Record<string, Command>> = {
  render: command(
    "render [ENVIRONMENT…] [--output DIR|-] [--format yaml|json] [--validate] [--check]",
    { ...shared, output: { type: "string" }, validate: { type: "boolean" }, check: { type: "boolean" } },
    ({ values, positionals }) => {
      const { output, environments, validate = false, check = false } = values;
      const format = choice("format", values.format, ["yaml", "json"]);
      refuseEmpty({ output, environments });
      if (check && output === "-") throw checkOfStream();
      // The one command that is loaded with the program: it is what a cold start is for.
      return () => render({ names: positionals, output, format, validate, check, environments });
    },
  ),
  list: command(
    "list [--format text|json]",
    shared,
    ({ values: { environments, ...values }, positionals }) => {
      const format = choice("format", values.format, ["text", "json"]);
      refuseEmpty({ environments });
      refuseExtra(positionals, "list", "options only", "leave it out; list shows every environment");
      return async () => (await import("./commands/list.ts")).list({ format, environments });
    },
  ),
  init: command("init [DIR]", {}, ({ positionals: [folder = ".", ...extra] }) => {
    refuseExtra(extra, "init", "one folder", "leave it out");
    return async () => (await import("./commands/init.ts")).init({ folder });
  }),
};

const help = `
Renders the environments of the Atlas Operator's manifests; without a name, all of them.

  --output DIR         write DIR/<environment>/ (default: dist/manifests); - writes one stream to stdout
  --format FORMAT      yaml (default) or json; of list: text (default) or json
  --validate           hold every object against its schema before anything is written
  --check              write nothing; list the files that are stale, and end with 1 when there is any
  --environments DIR   take the overlay folders in DIR; else those that package.json names, or @atlas/manifests has
  --help, --version

init starts a repository of environments of your own in an empty folder, the current one without DIR.

Exit codes: 0 done, 1 stale files (--check), 2 wrong usage or input (nothing was written), 3 a fault of atlas-render.
`;

/**
 * What the command line asks for.
 *
 * @throws {InputError} when it asks for nothing that exists.
 */
export function parseCommandLine(args: readonly string[]): Run {
  const [name, ...rest] = args;
  if (args.includes("--help") || args.includes("-h")) return () => Promise.resolve(usage());
  if (name === "--version") return printVersion;
  const names = Object.keys(commands);
  if (name === undefined) {
    const expected = `one of: ${names.join(", ")}`;
    throw new InputError([{ what: "no command", expected, mend: usage().trimEnd() }]);
  }
  const chosen = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!chosen) throw unknown("command", name, names);
  return chosen.prepare(rest);
}

const usage = (): string =>
  `Usage:\n${Object.values(commands)
    .map((each) => `  atlas-render ${each.usage}\n`)
    .join("")}${help}`;

function checkOfStream(): InputError {
  return new InputError([
    {
      what: "--check compares with files, and --output - has none",
      expected: "a folder",
      mend: "leave --output out, or name the folder that was rendered into",
    },
  ]);
}

async function printVersion(): Promise<string> {
  const { readFileSync } = await import("node:fs");
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return `${version}\n`;
}
