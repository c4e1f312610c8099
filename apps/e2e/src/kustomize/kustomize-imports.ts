import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "@atlas/compose";
import { importKustomize, problemsOf } from "@atlas/import-kustomize";

/** What became of a folder. */
export type ImportOutcome =
  /** Kustomize does not build it, so there is nothing to be equal to. */
  | { readonly kind: "not built" }
  | { readonly kind: "equal" }
  /** The sources come to other objects: each difference. */
  | { readonly kind: "different"; readonly differences: readonly string[] }
  /** What cannot be imported, by name. */
  | { readonly kind: "refused"; readonly problems: readonly Problem<string>[] }
  /** A fault of the importer. */
  | { readonly kind: "fault"; readonly error: unknown };

let importCount = 0;

/**
 * Builds a folder with the real Kustomize and imports it.
 *
 * @param work a folder for the sources, which are removed again.
 */
export async function importOutcome(folder: string, work: string): Promise<ImportOutcome> {
  if (spawnSync("kubectl", ["kustomize", folder], { stdio: "ignore", timeout: 60_000 }).status !== 0)
    return { kind: "not built" };
  // Never one that was there before: modules are loaded once.
  const output = join(work, `imported-${importCount++}`);
  try {
    const { layers } = await importKustomize({ folder, output });
    const differences = layers.flatMap(({ name, differences: each }) =>
      each.map((text) => `${name}: ${text}`),
    );
    return differences.length === 0 ? { kind: "equal" } : { kind: "different", differences };
  } catch (error) {
    const problems = problemsOf(error);
    return problems ? { kind: "refused", problems } : { kind: "fault", error };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
