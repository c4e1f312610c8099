import type { Crd } from "../model/crd.ts";
import { readCrds } from "../read/crds.ts";
import { readInputs } from "../sources/sources.ts";
import { noteToUser } from "./note.ts";

/**
 * The CRDs of sources, as a cluster takes them.
 *
 * @throws InputError with every problem of the sources.
 */
export async function crdsOfSources(sources: readonly string[]): Promise<Crd[]> {
  const texts = await readInputs(sources, { onNote: noteToUser });
  return readCrds(texts, undefined, (file) =>
    noteToUser(`passed over ${file}: it holds no CustomResourceDefinition`),
  );
}

/** Kubernetes' order of versions, the first being the one to choose: `v2`, `v1`, `v1beta2`, `v1alpha1`, others. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [rank(a), rank(b)];
  const at = x.findIndex((part, index) => part !== y[index]);
  if (at < 0) return a < b ? -1 : 1;
  return (y[at] ?? 0) - (x[at] ?? 0);
}

function rank(version: string): number[] {
  const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return [0, 0, 0];
  return [stage === undefined ? 3 : stage === "beta" ? 2 : 1, Number(major), Number(minor ?? 0)];
}
