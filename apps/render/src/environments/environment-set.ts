import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { findRepository } from "./repository.ts";

const manifestsPackage = "@atlas/manifests";

/**
 * The name of a set of environments, by which a rendered folder says whose it is: the package and the folder in it, such
 * as `my-environments/environments`, so that it is the same in every clone. A folder that is in no package is named by
 * its path from the output.
 */
export function environmentSet(stated: string | undefined, output: string): string {
  const environments = stated === undefined ? findRepository().environments : resolve(stated);
  if (environments === undefined) return manifestsPackage;
  const { name, root } = packageAround(environments) ?? {};
  if (name === manifestsPackage) return manifestsPackage;
  const path = relative(root ?? output, environments).replaceAll("\\", "/");
  return [name, path].filter(Boolean).join("/");
}

function packageAround(folder: string): { readonly name: string; readonly root: string } | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const file = join(root, "package.json");
    const name = existsSync(file) ? packageNameIn(readFileSync(file, "utf8")) : undefined;
    if (name !== undefined) return { name, root };
    if (dirname(root) === root) return undefined;
  }
}

function packageNameIn(text: string): string | undefined {
  try {
    const { name }: { name?: unknown } = JSON.parse(text);
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}
