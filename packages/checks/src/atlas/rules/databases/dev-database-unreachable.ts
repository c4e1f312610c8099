import { found, type Rule } from "../../../findings/rule.ts";
import { sidecarScope } from "../../../mesh/sidecar.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { printedReason } from "../../../objects/verdict.ts";
import { reach } from "../../../reach/reach.ts";
import { devDatabasesIn } from "../../dev-databases.ts";
import { operatorsIn } from "../../operator.ts";

export const devDatabaseUnreachable: Rule = {
  code: "dev-database-unreachable",
  severity: "error",
  why: "The operator calls the pod of its dev database by its address; where policies of the namespace, or mutual TLS, keep it out, the object stays at GettingDevDB.",
  fix: "admit the operator's namespace to the dev database's port, or state a devURL",
  link: "https://atlasgo.io/concepts/dev-database",
  find: (world) =>
    operatorsIn(world).flatMap(({ pod }) => {
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
    }),
};
