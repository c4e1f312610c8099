import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { downloadModule } from "../workspace/go-modules.ts";
import type { Project } from "./projects.ts";

/** A CustomResourceDefinition as it was written. */
export interface WrittenCrd {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: { readonly [name: string]: unknown };
    readonly [field: string]: unknown;
  };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    /** Null in what a generator has written of a package without kinds. */
    readonly versions:
      | readonly {
          readonly name: string;
          readonly served: boolean;
          readonly subresources?: { readonly [name: string]: unknown };
        }[]
      | null;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** The versions that a CRD has; none where it is not one that an API server takes. */
export const versionsOf = ({ spec }: WrittenCrd): NonNullable<WrittenCrd["spec"]["versions"]> =>
  spec.versions ?? [];

/** A project with the folders of its modules. */
export interface Downloaded {
  readonly name: string;
  /** The files and folders that hold the CRDs. */
  readonly sources: readonly string[];
  /** All that was published with them. */
  readonly folders: readonly string[];
}

/**
 * A project's modules in Go's cache.
 *
 * @throws Error with what Go said, or where the content of a module is another than was pinned.
 */
export async function downloadProject({ name, modules }: Project): Promise<Downloaded> {
  const folders: string[] = [];
  for (const module of modules) folders.push(await downloadModule(module));
  const sources = modules.flatMap(({ crds }, index) => crds.map((path) => join(folders[index] ?? "", path)));
  return { name, sources, folders };
}

/** The YAML files of a folder, or the file itself. */
export function yamlFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** The CRDs of a file, whose numbers are kept to the last digit where that is asked for. */
export function crdsOfFile(file: string, { intAsBigInt = false } = {}): WrittenCrd[] {
  const documents = parseAllDocuments(readFileSync(file, "utf8"), { intAsBigInt });
  return documents.flatMap((document) => {
    const value: WrittenCrd | null = document.toJS();
    return value?.kind === "CustomResourceDefinition" ? [value] : [];
  });
}
