import type { World } from "../findings/world.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { Node } from "../objects/node.ts";
import { devDatabaseOf, devDatabaseWorkload, isAutomatic, type DevDatabaseDefaults } from "./dev-database.ts";
import { resourcesIn, databaseTarget } from "./target.ts";

/** A dev database that the operator will start, and for what. */
export interface Started extends DevDatabaseDefaults {
  readonly resource: KubernetesObject;
  /** What says which database it is for. */
  readonly node: Node;
  readonly workload: KubernetesObject;
}

const startedDatabases = new WeakMap<World, readonly Started[]>();

/** The dev databases that the operator will start for the objects, as far as these say which. */
export function devDatabasesIn(world: World): readonly Started[] {
  const all =
    startedDatabases.get(world) ?? resourcesIn(world).flatMap((resource) => startedFor(world, resource));
  startedDatabases.set(world, all);
  return all;
}

function startedFor(world: World, resource: KubernetesObject): readonly Started[] {
  const target = isAutomatic(resource) ? databaseTarget(world, resource) : undefined;
  const database = target && devDatabaseOf(target.driver);
  if (target === undefined || database === undefined) return [];
  const workload = devDatabaseWorkload(resource, target.driver, database);
  return [{ ...database, resource, node: target.node, workload }];
}
