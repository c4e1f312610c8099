import type { KubernetesObject } from "@atlas/compose";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";

/** Files by their path; text and bytes are written as they are. */
export type Files = Readonly<Record<string, unknown>>;

/** A kustomization and the files that it names. */
export interface Folder {
  readonly kustomization: object;
  readonly files: Files;
  /** The OpenAPI definition of a kind that Kustomize does not know. */
  readonly definition?: object;
}

/** What kubectl prints; throws with what it says is wrong. */
function kubectl(...parameters: readonly string[]): string {
  const options = { encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr, error } = spawnSync("kubectl", parameters, options);
  if (error || status !== 0) throw error ?? new Error(stderr);
  return stdout;
}

/** What a function makes of files in a folder of their own. */
function inFolder<T>(files: Files, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "compose-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      const isData = typeof content === "string" || content instanceof Uint8Array;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), isData ? content : JSON.stringify(content));
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const objectsIn = (output: string): object[] =>
  parseAllDocuments(output, { version: "1.1" }).map((document): object => document.toJS());

/** What `kubectl kustomize` makes of a kustomization and its files, as objects. */
export function kustomize(kustomization: object, files: Files): object[] {
  const all = { "kustomization.yaml": kustomization, ...files };
  return objectsIn(inFolder(all, (folder) => kubectl("kustomize", folder)));
}

/** What `kubectl patch --type=strategic` makes of an object, without a cluster. */
export function strategicPatch(object: object, patch: object): object {
  const body = ["--patch", JSON.stringify(patch)];
  const patched = inFolder({ "object.json": object }, (folder) => {
    const file = ["--filename", join(folder, "object.json")];
    return kubectl("patch", "--local", "--type=strategic", "--output=json", ...file, ...body);
  });
  return JSON.parse(patched);
}

/**
 * JSON as a library reads it: V8 13.6 takes an escaped character that is a whole key, such as a tab, for a backslash where
 * another object had the keys before it.
 */
export const parseJson = (text: string): unknown => parse(text, { version: "1.2", merge: false });

/** An object of any kind as kubectl reads it: with `sigs.k8s.io/yaml`, as the API server does. */
export function readWithKubectl(text: string): unknown {
  const output = inFolder({ "object.yaml": text }, (folder) => {
    const file = ["--filename", join(folder, "object.yaml")];
    return kubectl("patch", "--local", "--type=merge", "--patch={}", "--output=json", ...file);
  });
  return parseJson(output);
}

/** Stands in the names of all objects of a case, so that cases which are rendered together know nothing of each other. */
export const caseMark = "case-0";

/**
 * What `kubectl kustomize` makes of each of many folders, or what it has against it. They are rendered by one process,
 * which costs half a second by itself; the names of their objects hold the {@link caseMark}.
 */
export function kustomizeAll(folders: readonly Folder[]): (object[] | Error)[] {
  const files: Record<string, unknown> = {};
  const definitions: Record<string, unknown> = {};
  for (const [index, { kustomization, files: own, definition }] of folders.entries()) {
    const text = (content: unknown): string =>
      JSON.stringify(content).replaceAll(caseMark, `case-${index + 1}`);
    for (const [name, content] of Object.entries({ "kustomization.yaml": kustomization, ...own }))
      files[`${index}/${name}`] = text(content);
    if (definition) definitions[`case-${index + 1}`] = JSON.parse(text(definition));
  }
  const openapi = Object.keys(definitions).length > 0 && { openapi: { path: "openapi.json" } };
  const root = { resources: [...folders.keys()].map(String), ...openapi };
  try {
    const cases: object[][] = folders.map(() => []);
    for (const object of kustomize(root, { ...files, "openapi.json": { definitions } })) {
      const [mark = "", number] = /case-(\d+)/.exec((object as KubernetesObject).metadata.name) ?? [];
      cases[Number(number) - 1]?.push(JSON.parse(JSON.stringify(object).replaceAll(mark, caseMark)));
    }
    return cases;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const middle = Math.ceil(folders.length / 2);
    return folders.length < 2
      ? folders.map(() => error)
      : [folders.slice(0, middle), folders.slice(middle)].flatMap(kustomizeAll);
  }
}

/** Objects by what identifies them; the order in which they come out is no matter of their content. */
export function inOrder(objects: readonly object[]): object[] {
  const keyed = objects.map((object) => {
    const { apiVersion, kind, metadata } = object as KubernetesObject;
    return { object, key: [apiVersion, kind, metadata.namespace, metadata.name].join(" ") };
  });
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ object }) => object);
}
