import { join } from "node:path";
import {
  choice,
  command,
  refuseEmpty,
  refuseExtra,
  requireOne,
  unknown,
  type Command,
  type Run,
} from "./command.ts";
import { render } from "./commands/render.ts";
import { InputError } from "./failure.ts";

const shared = { environments: { type: "string" }, format: { type: "string" } } as const;

/** Every command, by name. A new one is an entry here, a file in commands/ and its options in the help below. */
const commands: Readonly<Record<string, Command>> = {
  render: command(
    "render [ENVIRONMENT...] [--output DIR|-] [--format yaml|json] [--validate] [--strict] [--check]",
    {
      ...shared,
      output: { type: "string" },
      validate: { type: "boolean" },
      strict: { type: "boolean" },
      check: { type: "boolean" },
    },
    ({ values, positionals }) => {
      const { output, environments, check = false } = values;
      const validate = values.strict ? "strict" : values.validate ? "known" : "none";
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
  explain: command(
    "explain ENVIRONMENT KIND/NAME [PATH] [--format text|json]",
    shared,
    ({ values: { environments, ...values }, positionals }) => {
      const format = choice("format", values.format, ["text", "json"]);
      refuseEmpty({ environments });
      const [environment, object, path = "", ...extra] = positionals;
      const example = "for example: explain dev Deployment/atlas-operator spec.replicas";
      refuseExtra(extra, "explain", "an environment, an object and a path", example);
      if (environment === undefined || object === undefined) throw explainsNothing(example);
      const request = { environment, object, path, format, environments };
      return async () => (await import("./commands/explain.ts")).explain(request);
    },
  ),
  new: command(
    "new NAME [--from ENVIRONMENT] [--namespace NAME] [--name-prefix TEXT] [--replicas N] [--version V --digest sha256:...]",
    {
      environments: { type: "string" },
      from: { type: "string" },
      namespace: { type: "string" },
      "name-prefix": { type: "string" },
      replicas: { type: "string" },
      version: { type: "string" },
      digest: { type: "string" },
    },
    ({ values: { environments, ...answers }, positionals }) => {
      const name = requireOne(positionals, "new", "a name for the environment");
      refuseEmpty({ environments });
      const { from, namespace, replicas, version, digest } = answers;
      const given = { from, namespace, "name-prefix": answers["name-prefix"], replicas, version, digest };
      return async () => (await import("./commands/new.ts")).newEnvironment({ name, given, environments });
    },
  ),
  upgrade: command(
    "upgrade VERSION [--digest sha256:...] [--crds FILE|URL...]",
    { digest: { type: "string" }, crds: { type: "string", multiple: true } },
    ({ values: { digest, crds = [] }, positionals }) => {
      // A shell's `--crds *.yaml` gives the option one file, and the others by themselves.
      const taken = crds.length === 0 ? positionals : positionals.slice(0, 1);
      const version = requireOne(taken, "upgrade", "a release of the operator");
      const request = { version, digest, crds: [...crds, ...positionals.slice(1)] };
      return async () => (await import("./commands/upgrade.ts")).upgrade(request);
    },
  ),
  "import-kustomize": command(
    "import-kustomize DIR [--output DIR] [--partial]",
    { output: { type: "string" }, partial: { type: "boolean" } },
    ({ values: { output = "imported", partial: isPartial = false }, positionals }) => {
      refuseEmpty({ output });
      const expected = "the folder of an overlay, or one that holds bases and overlays";
      const folder = requireOne(positionals, "import-kustomize", expected);
      const request = { folder, output, isPartial };
      return async () => (await import("./commands/import-kustomize.ts")).importKustomize(request);
    },
  ),
  init: command("init [DIR]", {}, ({ positionals: [folder = ".", ...extra] }) => {
    refuseExtra(extra, "init", "one folder", "leave it out");
    return async () => (await import("./commands/init.ts")).init({ folder });
  }),
};

const help = `
render renders the environments of the Atlas Operator's manifests; without a name, all of them. A fleet is rendered by the
name of its folder, one environment of it by <fleet>/<name>. list shows them. explain shows which layers have set a value,
in which file and line, and what it was before.

  --output DIR         write DIR/<environment>/ (default: dist/manifests); - writes one stream to stdout;
                       of import-kustomize: write the sources into DIR (default: imported)
  --format FORMAT      yaml (default) or json; of list and explain: text (default) or json
  --validate           hold every object against its schema before anything is written, and say of which none is known
  --strict             as --validate, and refuse objects of kinds of which no schema is known
  --check              write nothing; list the files that are stale, and end with 1 when there is any
  --environments DIR   take the overlay folders in DIR; else those that package.json names, or @atlas/manifests has
  --help, --version

new makes the overlay folder of an environment that stands on another (dev without --from) and says what differs. What
no option says is asked on a terminal; without one, the other environment's values are taken.

upgrade takes a release of the operator into this workspace: its version and digest (the registry's, without --digest),
and its CRDs, those that its config/crd/kustomization.yaml lists (upstream's; of --crds, such a list or the files, none of
which may be missing). It says what that changes; when anything fails, every file is as it was.

import-kustomize turns a Kustomize directory into TypeScript, and proves that it comes to the same objects. With
--partial, what cannot be imported is left as Kustomize builds it, in YAML files, and the exit code is 1.

init starts a repository of environments of your own in an empty folder, the current one without DIR.

Exit codes: 0 done, 1 stale files (--check), differences (import-kustomize) or work that is left (upgrade), 2 wrong usage
or input (nothing was written), 3 a fault of atlas-render.
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
    throw new InputError([{ what: "no command", said: usage().trimEnd(), expected, mend: "name one" }]);
  }
  const chosen = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!chosen) throw unknown("command", name, names);
  return chosen.prepare(rest);
}

const usage = (): string =>
  `Usage:\n${Object.values(commands)
    .map((each) => `  atlas-render ${each.usage}\n`)
    .join("")}${help}`;

function explainsNothing(mend: string): InputError {
  const what = "explain needs an environment and an object";
  return new InputError([{ what, expected: `atlas-render ${commands["explain"]?.usage}`, mend }]);
}

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
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
  return `${version}\n`;
}
