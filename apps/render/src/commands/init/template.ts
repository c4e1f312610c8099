import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFolder } from "@atlas/files/package-folder";

const ownFolder = packageFolder(import.meta.dirname);
const templateFolder = join(ownFolder, "template");

/** What a new repository's TypeScript is checked and tested with; the versions that this project itself is checked with. */
const tools = { "@types/node": "^24.10.0", typescript: "~7.0.2", vitest: "^5.1.1" };

/** The files of a new repository, by path; package.json comes last. */
export function repositoryFiles(name: string): ReadonlyMap<string, string> {
  const files = readdirSync(templateFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return new Map([
    ...files.map((file): [string, string] => [templatePath(file), readFileSync(file, "utf8")]),
    ["package.json", `${JSON.stringify(templatePackage(name), undefined, 2)}\n`],
  ]);
}

/** A package on a registry never holds a .gitignore, so the template's has another name. */
const templatePath = (file: string): string =>
  file
    .slice(templateFolder.length + 1)
    .replaceAll("\\", "/")
    .replace(/^gitignore$/, ".gitignore");

/** What only tests use. */
const checksPackage = "@atlas/checks";

function templatePackage(name: string): object {
  const require = createRequire(import.meta.url);
  const manifests = require.resolve("@atlas/manifests/package.json");
  const own = [checksPackage, "@atlas/compose", "@atlas/crd-types", "@atlas/manifests"].map(
    (other): [string, string] => [other, rangeOf(require.resolve(`${other}/package.json`))],
  );
  const types = createRequire(manifests).resolve("kubernetes-types/package.json");
  return {
    name,
    private: true,
    type: "module",
    scripts: {
      render: "tsc && atlas-render render",
      check: "atlas-render render --check",
      typecheck: "tsc",
      test: "vitest run",
    },
    dependencies: Object.fromEntries([
      ...own.filter(([other]) => other !== checksPackage),
      ["@atlas/render", rangeOf(join(ownFolder, "package.json"))],
      ["kubernetes-types", rangeOf(types)],
    ]),
    devDependencies: { ...Object.fromEntries(own.filter(([other]) => other === checksPackage)), ...tools },
    engines: { node: ">=22.18" },
    "atlas-render": { environments: "environments" },
  };
}

/** The version that is installed, and what is compatible with it. */
function rangeOf(packageFile: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile, "utf8"));
  return `^${version}`;
}
