import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, nodeOf } from "../../../objects/node.ts";
import { directoryKind } from "../../stated-source.ts";

export const migrateDownRefused: Rule = {
  code: "migrate-down-refused",
  severity: "error",
  why: "Nobody can approve a revert of migrations that lie in the cluster, and in Atlas Cloud somebody has to: the operator refuses the object with ProtectedFlowError, and applies none of its migrations.",
  insteadOf: ["migrate-down-automatic"],
  fix: "state allow with autoApprove for a directory in the cluster, and without it for a remote one, or take migrateDown out",
  link: "https://atlasgo.io/integrations/kubernetes/versioned",
  find: (world) => world.of("db.atlasgo.io", "AtlasMigration").flatMap(ofMigration),
};

/** Source: the operator's controller of migrations, the same in v0.7.11 and v0.7.37. */
function ofMigration(object: KubernetesObject): readonly Found[] {
  const down = at(nodeOf(object), "spec", "protectedFlows", "migrateDown");
  const [allow, approve] = [at(down, "allow"), at(down, "autoApprove")];
  if (allow.value !== true) return [];
  const directory = directoryKind(object);
  if (directory === "remote" && approve.value === true)
    return [
      found(approve, "of a remote directory, a revert may not be approved automatically", {
        fix: "take autoApprove out: it is approved in Atlas Cloud",
      }),
    ];
  if (directory === "cluster" && approve.value !== true)
    return [
      found(allow, "of a directory in the cluster, a revert is allowed only with autoApprove", {
        fix: "take migrateDown out, or state autoApprove: true beside allow, with the reason to ignore migrate-down-automatic",
      }),
    ];
  return [];
}
