import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { sidecarScope } from "../../../mesh/sidecar.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { kubectlName } from "../../../objects/kubernetes-object.ts";
import { at, elements, nodeOf } from "../../../objects/node.ts";
import { podOf } from "../../../objects/pod.ts";
import { printedReason } from "../../../objects/verdict.ts";
import { reach } from "../../../reach/reach.ts";
import { ingressPolicies } from "../../../rules/network/outward.ts";
import { devDatabasesIn, type Started } from "../../dev-databases.ts";
import { operatorsIn } from "../../operator.ts";

export const devDatabaseUnreachable: Rule = {
  code: "dev-database-unreachable",
  severity: "error",
  why: "The operator calls the pod of its dev database by its address; where policies of the namespace, or mutual TLS, keep it out, the object stays at GettingDevDB.",
  fix: "admit the operator's namespace to the dev database's port, or state a devURL",
  link: "https://atlasgo.io/concepts/dev-database",
  find: (world) => {
    const operators = operatorsIn(world);
    if (operators.length === 0) return devDatabasesIn(world).flatMap((each) => closedToAll(world, each));
    return operators.flatMap(({ pod }) => {
      // What its own Sidecar drops is another finding.
      const isDropped = injectionIn(world, pod).injected && sidecarScope(world.objects, pod).registryOnly;
      if (isDropped) return [];
      return devDatabasesIn(world).flatMap(({ node, workload, port }) => {
        const objects = [...world.objects, workload];
        const { allowed, because } = reach(objects, {
          from: { pod: pod.object },
          to: { pod: workload },
          port,
        });
        if (allowed) return [];
        const why = because.map(printedReason).join("; ");
        return [found(node, `the operator does not reach its dev database on ${port}: ${why}`)];
      });
    });
  },
};

/** Without the operator among the objects, what lets nobody in lets no operator in either. */
function closedToAll(world: World, { node, workload, port }: Started): readonly Found[] {
  const pod = podOf(workload);
  const policies = pod ? ingressPolicies(world, pod) : [];
  const [first] = policies;
  const rules = policies.flatMap((policy) => elements(at(nodeOf(policy), "spec", "ingress")));
  if (first === undefined || rules.length > 0) return [];
  const what = `nobody reaches its dev database on ${port}: ${kubectlName(first)} lets nothing in`;
  return [found(node, what)];
}
