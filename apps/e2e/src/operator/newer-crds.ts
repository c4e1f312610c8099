import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/**
 * Writes the CRDs of a workspace as a later release might have them, a field more in each spec: `dryRun`.
 *
 * @returns the files, in the folder.
 */
export function writeNewerCrds(workspace: string, folder: string): string[] {
  const manifests = join(workspace, "packages/crd-types/manifests");
  mkdirSync(folder, { recursive: true });
  return readdirSync(manifests).map((name) => {
    const crd = parse(readFileSync(join(manifests, name), "utf8"));
    crd.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.dryRun = { type: "boolean" };
    writeFileSync(join(folder, name), stringify(crd));
    return join(folder, name);
  });
}
