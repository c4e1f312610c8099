import { operatorsIn } from "../atlas/operator.ts";
import { resourcesIn } from "../atlas/target.ts";
import type { World } from "../findings/world.ts";
import { at, elements, isThere, nodeOf, textAt } from "../objects/node.ts";
import { namespaceOf } from "../objects/kubernetes-object.ts";
import { symptom, type Symptom } from "./symptom.ts";
import { conditionOf, saidIn } from "./workloads.ts";

/** What to do about a reason for which an object is not Ready. */
const statusRemedies: Readonly<Record<string, string>> = {
  GettingDevDB:
    "see whether the dev database's pod runs, and whether policies let the operator reach it; or set devURL",
  CreatingWorkingDir: "mount a writable emptyDir at /tmp of the manager",
  ReadingMigrationData: "see whether the Secret or ConfigMap is there, with the key that is named",
  CalculatingHash: "correct the desired state, or the Secret or ConfigMap that has it",
  CreatingAtlasClient: "correct the configuration of the object",
  WhoAmI: "give a token that Atlas Cloud takes",
  Login: "give a token that Atlas Cloud takes",
  LintPolicyError: "change the schema, or the policy that refuses it",
  FirstRunDestructive: "exclude what the schema leaves out, or state it: the first run would drop it",
  ProtectedFlowError: "allow the flow in protectedFlows, or go back to the migrations that were applied",
  ApprovalPending: "approve the plan",
  Migrating: "read the message: the database has refused a statement",
};

/** What is wrong with the operator's objects. */
export const ofResources = (live: World): readonly Symptom[] =>
  resourcesIn(live).flatMap((resource) => {
    const node = nodeOf(resource);
    if (elements(at(node, "status", "conditions")).length === 0)
      return [
        symptom("resource-unseen", resource, {
          path: "status.conditions",
          what: "no operator has looked at it",
          fix: "see whether the operator runs, leads, and may list and watch it in this namespace",
        }),
      ];
    const unready = conditionOf(node, "Ready", "False");
    if (unready === undefined) return [];
    const reason = textAt(at(unready, "reason")) ?? "";
    return [
      symptom("resource-not-ready", resource, {
        path: unready.path,
        what: `it is not Ready: ${saidIn(unready)}`,
        fix: statusRemedies[reason] ?? "read the operator's log",
      }),
    ];
  });

/** How long a lease may be unrenewed: the operator renews it every two seconds, and gives it up after fifteen. */
const leasePatience = 60_000;

/** Operators that should lead, and do not. */
export const ofLeases = (rendered: World, live: World, now: number): readonly Symptom[] =>
  operatorsIn(rendered).flatMap(({ pod }) => {
    const isThereNow = live
      .of("apps", "Deployment")
      .some((each) => each.metadata.name === pod.object.metadata.name && namespaceOf(each) === pod.namespace);
    if (!isThereNow) return [];
    const lease = live
      .of("coordination.k8s.io", "Lease")
      .find((each) => namespaceOf(each) === pod.namespace && each.metadata.name.endsWith(".atlasgo.io"));
    const spec = lease && at(nodeOf(lease), "spec");
    const renewed = spec && Date.parse(textAt(at(spec, "renewTime")) ?? "");
    const isHeld = spec && isThere(at(spec, "holderIdentity")) && at(spec, "holderIdentity").value !== "";
    if (isHeld && renewed !== undefined && now - renewed < leasePatience) return [];
    const what =
      renewed === undefined || Number.isNaN(renewed)
        ? "no operator leads: there is no lease of its"
        : `no operator leads: its lease was renewed ${Math.round((now - renewed) / 1000)} seconds ago`;
    return [
      symptom("no-leader", pod.object, {
        what,
        fix: "see whether its pods run, and whether its Role lets it get, create and update leases",
      }),
    ];
  });
