import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { reportNotes } from "../failure.ts";
import { displayPath } from "../display-path.ts";
import { planImport } from "../kustomize/import-plan.ts";
import { findOracle, type Oracle } from "../kustomize/oracle.ts";
import { stageSources } from "../kustomize/output.ts";
import { compareLayer } from "../kustomize/proof.ts";
import { readmeOf } from "../kustomize/readme.ts";
import { sourcesOf } from "../kustomize/sources.ts";
import type { TreePlan } from "../kustomize/tree-plan.ts";
import { offerOwnPackages } from "../own-packages.ts";
import type { YamlValue } from "../read-yaml.ts";
import { say } from "../say.ts";
import { singleEnvironment } from "../single-environment.ts";

/** What `atlas-render import-kustomize` is asked for. */
export interface ImportRequest {
  readonly folder: string;
  readonly output: string;
}

/**
 * Turns a Kustomize directory into sources on `@atlas/compose`, and proves that they come to the same objects. Returns a
 * line for each base and overlay, and one for each difference, with which the exit code is 1.
 *
 * @throws {InputError} with everything that cannot be imported; nothing is written then.
 */
export async function importKustomize({ folder, output }: ImportRequest): Promise<string> {
  const oracle = findOracle();
  const { plan, log } = planImport(rootOf(folder));
  const built = buildAll(plan, oracle);
  const about = readmeOf(plan, log);
  const target = resolve(output);
  const folders = [...plan.layers.map((layer) => layer.plan), ...plan.components];
  const staged = await stageSources(target, sourcesOf(folders), about);
  try {
    const result = await prove(plan, built, staged.folder);
    const isOther = staged.settle();
    await reportNotes(log.notes);
    say(`atlas-render: ${isOther ? "written to" : "unchanged:"} ${displayPath(target)}\n`);
    return result;
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/** Where symbolic links end, as far as the folder is there. */
function rootOf(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) ? realpathSync(path) : path;
}

type Built = ReadonlyMap<TreePlan["layers"][number], readonly YamlValue[]>;

function buildAll({ layers }: TreePlan, oracle: Oracle): Built {
  return new Map(layers.map((layer) => [layer, oracle.build(layer.kustomization.folder)]));
}

/** Compares what the new sources come to with what Kustomize builds. */
async function prove({ layers }: TreePlan, built: Built, folder: string): Promise<string> {
  offerOwnPackages();
  const lines: string[] = [];
  for (const layer of layers) {
    const name = layer.plan.folder;
    const module = pathToFileURL(join(folder, name, "index.ts"));
    const composed = (await singleEnvironment({ name, module })).layer();
    const { count, placed, differences } = compareLayer(composed, built.get(layer) ?? []);
    lines.push(...differences.map((difference) => `${name}: ${difference}`));
    if (differences.length === 0) lines.push(`${name}: same: ${count} objects${aside(placed)}`);
    else process.exitCode = 1;
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** What Kustomize leaves open: which namespace an object stands in that a layer adds without one. */
const aside = (placed: readonly string[]): string =>
  placed.length === 0 ? "" : ` (but for their namespace, which Kustomize leaves open: ${placed.join(", ")})`;
