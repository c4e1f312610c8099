import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Component } from "@atlas/compose";
import { leastPrivilege, scope } from "@atlas/manifests/options";
import dev from "@atlas/manifests/overlays/dev";
import type { RootFileSystem } from "../../src/operator/sandbox.ts";
import { objectsOf, release, withOptions } from "../checks/option-cases.ts";

/** A way to install the operator that is tried with the operator itself. */
export interface Installation {
  readonly name: string;
  /** The options that it has over `dev`, for the namespace of the objects and that of the operator. */
  readonly options: (objects: string, operator: string) => readonly Component[];
  /** The flag that the operator has to know for it. */
  readonly flag?: string;
  /** Whether it sees to one namespace alone. */
  readonly isScoped: boolean;
}

/** The installations beside that of `dev` as it is. */
export const installations: readonly Installation[] = [
  { name: "with leastPrivilege", options: () => [leastPrivilege()], isScoped: false },
  {
    name: "in the scope of one namespace",
    options: (objects, operatorNamespace) => [
      scope({ image: release, namespaces: [objects], operatorNamespace }),
    ],
    flag: "namespace",
    isScoped: true,
  },
  {
    name: "in the scope of two namespaces, its own among them",
    options: (objects, operatorNamespace) => [
      scope({ image: release, namespaces: [operatorNamespace, objects], operatorNamespace }),
    ],
    flag: "namespace",
    isScoped: true,
  },
];

/** Writes the objects of `dev` with options as a Kustomize directory. */
export function installationFolder(components: readonly Component[], folder: string): string {
  const target = mkdtempSync(join(folder, "installation-"));
  mkdirSync(target, { recursive: true });
  const objects = objectsOf(withOptions(dev, components));
  const names = objects.map((object, index) => {
    const name = `${String(index).padStart(2, "0")}.json`;
    writeFileSync(join(target, name), JSON.stringify(object));
    return name;
  });
  writeFileSync(join(target, "kustomization.yaml"), JSON.stringify({ resources: names }));
  return target;
}

/** Why an operator cannot be run with a flag: an unknown one ends it at once. */
export async function flagProblem(
  { binds, folder }: RootFileSystem,
  program: string,
  flag: string,
): Promise<string | undefined> {
  const file = binds.find(({ path }) => path === program)?.source ?? join(folder, program);
  const { stdout, stderr } = await execa(file, ["--help"], { reject: false, timeout: 10_000 });
  return new RegExp(`^ *--?${flag}\\b`, "m").test(`${stdout}\n${stderr}`)
    ? undefined
    : `the operator does not know --${flag}`;
}
