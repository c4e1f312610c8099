import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, nodeOf, textAt } from "../../../objects/node.ts";
import { readDatabaseUrl } from "../../database-url.ts";
import { devDatabaseOf, isAutomatic } from "../../dev-database.ts";
import { isDriverKnown } from "../../dev-databases.ts";
import { urlSchemes, type Scheme } from "../../schemes.ts";
import { resourcesIn, statedUrl } from "../../target.ts";

export const devDatabaseMissing: Rule = {
  code: "dev-database-missing",
  severity: "error",
  why: "The operator starts dev databases of some kinds alone; for an object of another kind that states none, it ends at GettingDevDB, and v0.7.11 falls over.",
  fix: "state the devURL of an empty database of the same kind",
  link: "https://atlasgo.io/integrations/kubernetes/operator#devurl",
  find: (world) => resourcesIn(world).flatMap((resource) => missingFor(world, resource)),
};

function missingFor(world: World, resource: KubernetesObject): readonly Found[] {
  if (!isAutomatic(resource)) return [];
  const stated = statedUrl(world, resource, "url");
  const url = stated && readDatabaseUrl(stated.text);
  if (url?.isDocker) return [];
  const credentials = at(nodeOf(resource), "spec", "credentials");
  const name = url?.scheme ?? textAt(at(credentials, "scheme"))?.toLowerCase() ?? "";
  const scheme = url === undefined ? urlSchemes[name] : url.of;
  if (scheme === undefined || startsOne(world, scheme)) return [];
  const node = stated?.node ?? credentials;
  return [found(node, `the operator starts no dev database for ${name}`)];
}

/** Whether the operator has a dev database for what a scheme stands for, or needs none. */
const startsOne = (world: World, { driver }: Scheme): boolean =>
  driver !== undefined &&
  isDriverKnown(world, driver) &&
  (driver === "sqlite" || driver === "ysql" || devDatabaseOf(driver) !== undefined);
