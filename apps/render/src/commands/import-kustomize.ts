import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { displayPath, type Finding, InputError, offerPackagesOf } from "@atlas/input";
import { reportNotes } from "../report/report.ts";
import { planImport } from "../kustomize/import-plan.ts";
import { attempt } from "../kustomize/log.ts";
import { findOracle, type Build } from "../kustomize/oracle.ts";
import { stageSources } from "../kustomize/output.ts";
import { compareLayer, type Comparison } from "../kustomize/proof.ts";
import { readmeOf } from "../kustomize/readme.ts";
import { sourcesOf } from "../kustomize/sources.ts";
import type { TreePlan } from "../kustomize/tree-plan.ts";
import { say } from "../terminal/say.ts";
import { singleEnvironment } from "../rendering/single-environment.ts";

/** What `atlas-render import-kustomize` is asked for. */
export interface ImportRequest {
  readonly folder: string;
  readonly output: string;
  /** Whether kustomizations that cannot be imported are left as Kustomize builds them. */
  readonly isPartial?: boolean;
}

/** What became of a base or an overlay, and how its objects differ from those that Kustomize makes. */
interface ImportedLayer extends Comparison {
  readonly name: string;
  /** Whether it is left as Kustomize builds it. */
  readonly isLeft: boolean;
}

/** What an import came to. */
export interface Imported {
  readonly layers: readonly ImportedLayer[];
  readonly notes: readonly Finding[];
  /** Whether the folder of the sources is another than before. */
  readonly isOther: boolean;
}

/**
 * Turns a Kustomize directory into sources on `@atlas/compose`, and proves that they come to the same objects. Returns a
 * line for each base and overlay, and one for each difference, with which the exit code is 1.
 *
 * @throws {InputError} with everything that cannot be imported; nothing is written then.
 */
export async function importKustomize(request: ImportRequest): Promise<string> {
  const { layers, notes, isOther } = await importSources(request);
  await reportNotes(notes);
  const target = displayPath(resolve(request.output));
  say(`atlas-render: ${isOther ? "written to" : "unchanged:"} ${target}\n`);
  if (layers.some(({ differences, isLeft }) => isLeft || differences.length > 0)) process.exitCode = 1;
  const lines = layers.flatMap(({ name, isLeft, count, placed, differences }) => {
    if (differences.length > 0) return differences.map((difference) => `${name}: ${difference}`);
    const verdict = isLeft ? "left as Kustomize builds it" : "same";
    return [`${name}: ${verdict}: ${count} objects${aside(placed)}`];
  });
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * Writes the sources that a Kustomize directory becomes, and holds them against what Kustomize makes of it.
 *
 * @throws {InputError} with everything that cannot be imported; nothing is written then.
 */
export async function importSources({ folder, output, isPartial = false }: ImportRequest): Promise<Imported> {
  const build = findOracle();
  const { plan, log } = planImport(realPath(resolve(folder)), { build, isPartial });
  for (const { kustomization } of plan.layers) build(kustomization.folder);
  const about = readmeOf(plan, log);
  const folders = [...plan.layers.map((layer) => layer.plan), ...plan.components];
  const target = realPath(resolve(output));
  const staged = await stageSources(target, sourcesOf(folders, target), about);
  try {
    const layers = await prove(plan, build, staged.folder);
    return { layers, notes: log.notes, isOther: staged.settle() };
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/** Where symbolic links end, as far as the folder is there. */
function realPath(path: string): string {
  const parent = dirname(path);
  if (existsSync(path) || parent === path) return realpathSync(path);
  return join(realPath(parent), basename(path));
}

/** Compares what the new sources come to with what Kustomize builds. */
async function prove({ layers }: TreePlan, build: Build, folder: string): Promise<Imported["layers"]> {
  offerPackagesOf(import.meta.url);
  const results: ImportedLayer[] = [];
  const problems: Finding[] = [];
  for (const layer of layers) {
    const name = layer.plan.folder;
    const module = pathToFileURL(join(folder, name, "index.ts"));
    const composed = (await singleEnvironment({ name, module })).layer();
    const isLeft = layer.why.length > 0;
    const { place, log } = layer.kustomization.root;
    const compared = attempt(log, place, () => compareLayer(composed, build(layer.kustomization.folder)));
    if (compared) results.push({ name, isLeft, ...compared });
    else problems.push(...log.problems);
  }
  if (problems.length > 0) throw new InputError(problems);
  return results;
}

/** What Kustomize leaves open: which namespace an object stands in that a layer adds without one. */
const aside = (placed: readonly string[]): string =>
  placed.length === 0 ? "" : ` (but for their namespace, which Kustomize leaves open: ${placed.join(", ")})`;
