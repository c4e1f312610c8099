import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt } from "../../../objects/node.ts";
import { mayHaveVariable, operatorsIn } from "../../operator.ts";
import { resourcesIn } from "../../target.ts";
import { hasOwnConfig, directoryKind } from "../../stated-source.ts";

export const cloudTokenMissing: Rule = {
  code: "cloud-token-missing",
  severity: "error",
  why: "What lies in Atlas Cloud is read with a token of it; without one, the operator refuses the object.",
  fix: "state cloud.tokenFrom.secretKeyRef, with the Secret that has the token",
  link: "https://atlasgo.io/integrations/kubernetes/operator",
  find: (world) => {
    const without = resourcesIn(world).filter((object) => !isThere(tokenOf(object)) && !hasOwnConfig(object));
    return without.flatMap((object) => [...remoteDirectoryToken(object), ...ofSchema(world, object)]);
  },
};

const tokenOf = (object: KubernetesObject) =>
  at(nodeOf(object), "spec", "cloud", "tokenFrom", "secretKeyRef");

/** Source: the operator's controller of migrations, the same in v0.7.11 and v0.7.37; it does not ask for ATLAS_TOKEN. */
const remoteDirectoryToken = (object: KubernetesObject): readonly Found[] =>
  directoryKind(object) === "remote"
    ? [
        found(
          at(nodeOf(object), "spec", "dir", "remote"),
          "the remote directory is read with a token, and none is stated",
        ),
      ]
    : [];

/** Of a schema, the operator's own ATLAS_TOKEN does as well. */
function ofSchema(world: World, object: KubernetesObject): readonly Found[] {
  const url = at(nodeOf(object), "spec", "schema", "url");
  if (!(textAt(url) ?? "").startsWith("atlas://")) return [];
  const operators = operatorsIn(world);
  if (operators.some((operator) => mayHaveVariable(operator, "ATLAS_TOKEN"))) return [];
  const what = "the schema in Atlas Cloud is read with a token, and none is stated";
  if (operators.length > 0) return [found(url, what)];
  return [found(url, `${what}: it takes ATLAS_TOKEN on the operator`, { severity: "warning" })];
}
