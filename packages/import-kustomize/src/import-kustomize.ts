import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isLayer, type Layer, type Problem } from "@atlas/compose";
import { findingsOf, InputError, offerPackagesOf, type Finding } from "@atlas/input";
import { attempt } from "./model/log.ts";
import { planImport } from "./plan/import-plan.ts";
import type { TreePlan } from "./plan/tree-plan.ts";
import { findOracle, type Build } from "./proof/oracle.ts";
import type { Comparison } from "./proof/comparison.ts";
import { compareLayer } from "./proof/proof.ts";
import { stageSources } from "./write/output.ts";
import { importReadme } from "./write/readme.ts";
import { sourcesOf } from "./write/sources.ts";

/** What is to be imported, and to where. */
export interface ImportRequest {
  /** The folder of a kustomization, or one with kustomizations below it. */
  readonly folder: string;
  /** The folder of the sources: a new one, or one that an import wrote and nobody has changed since. */
  readonly output: string;
  /** Whether kustomizations that cannot be imported are left as Kustomize builds them. */
  readonly isPartial?: boolean;
}

/** What became of a base or an overlay, and how its objects differ from those that Kustomize makes. */
export interface ImportedLayer extends Comparison {
  /** Its folder in the output: `overlays/dev`. */
  readonly name: string;
  /** Whether it is left as Kustomize builds it. */
  readonly isLeft: boolean;
}

/** What an import came to. */
export interface Imported {
  readonly layers: readonly ImportedLayer[];
  /** What changes nothing, and was left out; also said in the README of the output. */
  readonly notes: readonly Problem<string>[];
  /** Whether the folder of the sources is another than before. */
  readonly isOther: boolean;
  /** Whether all of the directory is imported, and comes to the same objects: nothing is left out or as Kustomize builds it. */
  readonly isWhole: boolean;
}

/**
 * Turns a Kustomize directory into sources on `@atlas/compose`, and holds what they come to against what the installed
 * `kubectl kustomize` makes of it. The output is written as a whole or not at all.
 *
 * @throws {InputError} with everything that cannot be imported, as {@link problemsOf} reads it; nothing is written then.
 * @example
 * const { layers } = await importKustomize({ folder: "deploy", output: "imported" });
 * console.log(layers.flatMap(verdictsOn).join("\n")); // overlays/dev: same: 3 objects
 */
export async function importKustomize({
  folder,
  output,
  isPartial = false,
}: ImportRequest): Promise<Imported> {
  const oracle = findOracle();
  const { plan, build, log } = await planImport(resolvedPath(resolve(folder)), { oracle, isPartial });
  const about = importReadme(plan, log);
  const folders = [...plan.layers.map((layer) => layer.plan), ...plan.components];
  const target = resolvedPath(resolve(output));
  const staged = await stageSources(target, sourcesOf(folders, target), about);
  try {
    const layers = await prove(plan, build, staged.folder);
    const isSame = layers.every(({ differences, isLeft }) => !isLeft && differences.length === 0);
    return { layers, notes: log.notes, isOther: staged.settle(), isWhole: plan.isComplete && isSame };
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/**
 * What is wrong with the input, of an error that {@link importKustomize} threw; undefined for a fault of the importer.
 *
 * @example
 * await importKustomize(request).catch((error) => console.error(problemsOf(error) ?? error));
 */
export const problemsOf = (error: unknown): readonly Problem<string>[] | undefined => findingsOf(error);

/**
 * What an import says of a base or an overlay: one line where its objects are the same as Kustomize's or Kustomize's own,
 * else one for each difference.
 *
 * @example
 * verdictsOn({ name: "overlays/dev", isLeft: false, count: 3, placed: [], clusterScoped: [], differences: [] });
 * // ["overlays/dev: same: 3 objects"]
 */
export function verdictsOn({
  name,
  isLeft,
  count,
  placed,
  clusterScoped,
  differences,
}: ImportedLayer): readonly string[] {
  if (differences.length > 0) return differences.map((difference) => `${name}: ${difference}`);
  const verdict = isLeft ? "left as Kustomize builds it" : "same";
  const asides = [
    aside("for their namespace, which Kustomize leaves open", placed),
    aside("for a namespace, which objects of the cluster do not have", clusterScoped),
  ].filter(Boolean);
  return [`${name}: ${verdict}: ${count} objects${asides.length > 0 ? ` (but ${asides.join("; ")})` : ""}`];
}

/** What makes no difference in the cluster, and for which objects. */
const aside = (what: string, names: readonly string[]): string =>
  names.length === 0 ? "" : `${what}: ${names.join(", ")}`;

/** Where symbolic links end, as far as the folder is there. */
function resolvedPath(path: string): string {
  const parent = dirname(path);
  if (existsSync(path) || parent === path) return realpathSync(path);
  return join(resolvedPath(parent), basename(path));
}

/** Compares what the new sources come to with what Kustomize builds. */
async function prove({ layers }: TreePlan, build: Build, folder: string): Promise<Imported["layers"]> {
  offerPackagesOf(import.meta.url);
  const results: ImportedLayer[] = [];
  const problems: Finding[] = [];
  for (const layer of layers) {
    const name = layer.plan.folder;
    const composed = await loadLayer(join(folder, name, "index.ts"), name);
    const isLeft = layer.why.length > 0;
    const { place, log } = layer.kustomization.root;
    const compared = attempt(log, place, () => compareLayer(composed, build(layer.kustomization.folder)));
    if (compared) results.push({ name, isLeft, ...compared });
    else problems.push(...log.problems);
  }
  if (problems.length > 0) throw new InputError(problems);
  return results;
}

/** @throws {InputError} with what a layer refuses while its modules are loaded. */
async function loadLayer(file: string, name: string): Promise<Layer> {
  try {
    const { default: layer }: { readonly default?: unknown } = await import(pathToFileURL(file).href);
    if (isLayer(layer)) return layer;
  } catch (error) {
    const found = findingsOf(error, name);
    throw found ? new InputError(found) : error;
  }
  throw new Error(`${file} exports no layer`);
}
