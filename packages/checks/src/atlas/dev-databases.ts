import type { World } from "../findings/world.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { Node } from "../objects/node.ts";
import { comesBefore, operatorsIn } from "./operator.ts";
import type { TargetDriver } from "./schemes.ts";
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

/** The first release that knows a driver, where not all of them do. */
const firstReleases: Partial<Record<TargetDriver, string>> = { cockroachdb: "v0.7.17", ysql: "v0.7.17" };

/** Whether the operator among the objects knows a driver; one that does not say its release does. */
export const isDriverKnown = (world: World, driver: TargetDriver): boolean =>
  operatorsIn(world).every(({ version }) => {
    const first = firstReleases[driver];
    return first === undefined || version === undefined || !comesBefore(version, first);
  });

function startedFor(world: World, resource: KubernetesObject): readonly Started[] {
  const target = isAutomatic(resource) ? databaseTarget(world, resource) : undefined;
  const database = target && devDatabaseOf(target.driver);
  if (target === undefined || database === undefined || !isDriverKnown(world, target.driver)) return [];
  const workload = devDatabaseWorkload(resource, target.driver, database);
  return [{ ...database, resource, node: target.node, workload }];
}
