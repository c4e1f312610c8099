import type { Layer, Resource } from "@atlas/compose";
import { knownDefinitions } from "./known-definitions.ts";
import { mayBeOurs } from "./own-groups.ts";
import { checkSchemas, type SchemaCheck } from "./schema-check.ts";

/** An environment that is to be validated. */
export interface Validated {
  readonly layer: Layer;
  readonly objects: readonly Resource[];
  /** The version of Kubernetes that it is for, as "1.34"; undefined where nobody says. */
  readonly version: string | undefined;
  /** How it is called. */
  readonly of: string;
  readonly isOneOfMany: boolean;
}

/** Holds the objects of an environment against their schemas, but for those of ours, which are looked at in every render. */
export async function validation({ layer, objects, ...target }: Validated): Promise<SchemaCheck> {
  const resources = await withoutOurs(objects);
  return checkSchemas({ ...target, resources, definitions: knownDefinitions(layer, objects) });
}

async function withoutOurs(objects: readonly Resource[]): Promise<readonly Resource[]> {
  if (!objects.some(mayBeOurs)) return objects;
  const { isOurs } = await import("./custom-objects.ts");
  return objects.filter((object) => !isOurs(object));
}
