import { displayName, type KubernetesObject } from "@atlas/compose";
import { listEnvironments } from "../../environments/environments.ts";
import { selectEnvironments } from "../../environments/selection.ts";
import { renderEnvironments } from "../../rendering/rendering.ts";
import { declaredNames } from "./facts/declared-names.ts";
import { differencesOf } from "./facts/differences.ts";
import { environmentFacts, shownObjects } from "./facts/environment-facts.ts";
import { page } from "./page/page.ts";
import { writePage } from "./write-page.ts";

/** What `atlas-render report` is asked for. */
export interface ReportRequest {
  readonly names: readonly string[];
  /** The file to write; `-` or undefined for stdout. */
  readonly output: string | undefined;
  readonly environments: string | undefined;
}

/**
 * A page about environments, one file without anything from elsewhere: their objects, who may talk to whom and why, what
 * accounts may do, and where environments differ.
 *
 * @returns what belongs on stdout: the page, unless it goes to a file.
 * @throws {InputError} for an environment that does not render, and for a file that cannot be written or is none of ours.
 */
export async function reportCommand({
  names,
  output,
  environments,
}: ReportRequest): Promise<Iterable<string>> {
  const selected = await selectEnvironments(names, listEnvironments(environments));
  const facts = [];
  const all = [];
  const declared = new Map<KubernetesObject, string>();
  for await (const rendering of renderEnvironments(selected.environments, { validate: "none" })) {
    const environment = selected.environments.find(({ name }) => name === rendering.name);
    if (!environment) continue;
    const objects = shownObjects(rendering.objects);
    const layer = environment.layer();
    facts.push(environmentFacts(layer, rendering, objects));
    for (const [object, name] of declaredNames(layer, objects)) declared.set(object, name);
    all.push(objects);
  }
  const differences = differencesOf(all, (object) => declared.get(object) ?? displayName(object));
  const markup = page({ environments: facts, differences });
  if (output === undefined || output === "-") return [markup];
  await writePage(output, markup);
  return [];
}
