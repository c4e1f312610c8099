import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { didYouMean, nearest } from "@atlas/compose";
import { displayPath, type Finding } from "@atlas/input";
import type { ModuleRequest } from "@atlas/typescript/read";
import { workspaceAbove, type Workspace } from "./workspace.ts";
import { filePath, positionIn, sourceModule, type SourceModule } from "../places/source-module.ts";

/** What an import asks for that Node does not give. */
interface Wanted {
  /** Whether it is this one. */
  readonly isMeant: (request: string, from: string) => boolean;
  readonly fix: (request: string, from: string) => string;
  readonly what?: string;
  readonly expected?: string;
}

/**
 * Where the import stands that Node could not resolve, and how to fix it. Node names neither its line nor, of a package,
 * how it was written. Undefined for another error.
 *
 * @param module what was imported first; the import may stand in what it imports in turn.
 */
export function unresolvedImport(error: unknown, module: string): Finding | undefined {
  const wanted = error instanceof Error ? wantedBy(error) : undefined;
  const found = wanted && importIn(module, wanted);
  if (!wanted || !found) return undefined;
  const { from, request, start } = found;
  return {
    file: displayPath(from.file),
    ...positionIn(from, start),
    code: "import-unresolved",
    what: `the import of ${JSON.stringify(request)} ${wanted.what ?? "leads nowhere"}`,
    expected: wanted.expected ?? "a file, or a package that is installed",
    fix: wanted.fix(request, from.file),
  };
}

interface FoundImport extends ModuleRequest {
  readonly from: SourceModule;
}

/** The first import that is meant, in a module or in those of files that it leads to. */
function importIn(module: string, wanted: Wanted): FoundImport | undefined {
  const files = new Set([module]);
  for (const file of files) {
    const from = sourceModule(file);
    if (!from) continue;
    const found = from.requests.find(({ request }) => wanted.isMeant(request, file));
    if (found) return { from, ...found };
    for (const { request } of from.requests)
      if (isPathRequest(request)) files.add(importedFile(request, file));
  }
  return undefined;
}

const isPathRequest = (request: string): boolean => /^(?:\.{0,2}\/|file:)/.test(request);
const importedFile = (request: string, from: string): string =>
  request.startsWith("file:") ? filePath(request) : resolve(dirname(from), request.replace(/[?#].*$/, ""));

/** What Node's message says is not there. Source: `lib/internal/errors.js` of Node. */
function wantedBy({ message }: Error): Wanted | undefined {
  const [, module] = /^Cannot find module '(.+?)' imported from /.exec(message) ?? [];
  const [, folder] = /^Directory import '(.+?)' is not supported /.exec(message) ?? [];
  const [, data] = /^Module "(.+?)" needs an import attribute of "type: json"/.exec(message) ?? [];
  const path = module ?? folder ?? data;
  if (path !== undefined) {
    return {
      isMeant: (request, from) => isPathRequest(request) && importedFile(request, from) === filePath(path),
      fix: fixOfFile,
      ...(data !== undefined && {
        what: "does not say that it is JSON",
        expected: "an import attribute",
        fix: (request) => `write ${JSON.stringify(request)} with { type: "json" }`,
      }),
    };
  }
  const [, name] = /^Cannot find package '(.+?)'/.exec(message) ?? [];
  if (name !== undefined)
    return { isMeant: (request) => packageIn(request) === packageIn(name), fix: fixOfPackage };
  const [, subpath, packageJson] =
    /^Package subpath '\.\/(.+?)' is not defined by "exports" in (.+?package\.json)/.exec(message) ?? [];
  if (subpath === undefined || packageJson === undefined) return undefined;
  const exported = readPackage(packageJson);
  return {
    isMeant: (request) => request === `${exported.name}/${subpath}`,
    fix: (request) => {
      const names = Object.keys(exported.exports ?? {}).map((entry) =>
        entry.replace(/^\./, exported.name ?? ""),
      );
      return didYouMean(request, names, `import one of: ${names.join(", ")}`);
    },
  };
}

/** A file of that name with its ending, or one of a near name. */
function fixOfFile(request: string, from: string): string {
  const file = importedFile(request, from);
  const endings = [".ts", ".js", ".mts", ".mjs", "/index.ts", "/index.js"];
  const stem = /\.[cm]?js$/.test(request) ? request.replace(/\.[cm]?js$/, "") : request;
  const ending = endings.find((each) =>
    existsSync(`${file.slice(0, file.length - (request.length - stem.length))}${each}`),
  );
  if (ending !== undefined)
    return `Node needs the whole name of a file: write ${JSON.stringify(`${stem.replace(/\/$/, "")}${ending}`)}`;
  const near = existsSync(dirname(file)) ? nearest(basename(file), readdirSync(dirname(file))) : undefined;
  const meant = near === undefined ? undefined : request.replace(/[^/]*$/, near);
  return meant === undefined
    ? "correct the path, or write the file"
    : `did you mean ${JSON.stringify(meant)}?`;
}

/** A dependency of a near name, or that it has to become one. */
function fixOfPackage(request: string, from: string): string {
  const name = packageIn(request);
  for (let folder = dirname(from); dirname(folder) !== folder; folder = dirname(folder)) {
    const packageJson = join(folder, "package.json");
    if (!existsSync(packageJson)) continue;
    const { dependencies, devDependencies } = readPackage(packageJson);
    const known = Object.keys({ ...dependencies, ...devDependencies });
    if (known.includes(name)) return "it is among the dependencies: install them";
    const ofWorkspace = workspaceAbove(folder);
    if (ofWorkspace?.packages.includes(name)) return addingOwn(name, folder, ofWorkspace);
    return didYouMean(name, [...known, ...(ofWorkspace?.packages ?? [])], installing(name, folder));
  }
  return installing(name, dirname(from));
}

/** A package of the workspace, as a dependency of another: a registry may have nothing, or something else, by its name. */
function addingOwn(name: string, folder: string, { root, manager }: Workspace): string {
  const here = relative(root, folder).replaceAll("\\", "/") || ".";
  const commands = {
    pnpm: `pnpm --dir ${here} add '${name}@workspace:*'`,
    npm: `npm install ${name} --workspace ${here}`,
    yarn: `yarn --cwd ${here} add '${name}@workspace:*'`,
    bun: `bun --cwd ${here} add '${name}@workspace:*'`,
  };
  return `it is a package of this workspace; make it a dependency: ${commands[manager]}`;
}

/** With the package manager that the nearest lock file is of. */
function installing(name: string, from: string): string {
  const commands = { "pnpm-lock.yaml": "pnpm add", "yarn.lock": "yarn add", "bun.lock": "bun add" };
  for (let folder = from; ; folder = dirname(folder)) {
    const found = Object.entries(commands).find(([file]) => existsSync(join(folder, file)));
    if (found) return `install it: ${found[1]} ${name}`;
    if (existsSync(join(folder, "package-lock.json")) || dirname(folder) === folder)
      return `install it: npm install ${name}`;
  }
}

/** `@scope/name` or `name` of what is imported from a package. */
const packageIn = (request: string): string =>
  request
    .split("/")
    .slice(0, request.startsWith("@") ? 2 : 1)
    .join("/");

interface PackageJson {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readPackage(file: string): PackageJson {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
