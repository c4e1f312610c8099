import type { KubernetesObject } from "@atlas/compose";
import type { Finding } from "@atlas/input";
import { checkSchemas } from "../src/validate/schema-check.ts";
import { versionFindings } from "../src/validate/version-check.ts";

const noDefinitions = { of: () => undefined, kindsBeside: () => [] };

/** All that rendering has against an object of Kubernetes itself, as it is validated for a version: it would be refused. */
export async function refusals(object: KubernetesObject, version: string): Promise<readonly Finding[]> {
  const { problems } = await checkSchemas({
    resources: [object],
    definitions: noDefinitions,
    version,
    isOneOfMany: false,
  });
  return [...problems, ...versionFindings([object], { version, of: "it" })];
}
