import { found, type Rule } from "../../../findings/rule.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { sidecarScope } from "../../../mesh/sidecar.ts";
import { kubectlName } from "../../../objects/kubernetes-object.ts";
import { devDatabasesIn } from "../../dev-databases.ts";
import { operatorsIn } from "../../operator.ts";

export const devDatabaseUnlisted: Rule = {
  code: "dev-database-unlisted",
  severity: "error",
  why: "With REGISTRY_ONLY, the operator's proxy drops what no Service or ServiceEntry names, and a dev database that the operator starts has no Service to list.",
  fix: "state a devURL for a database with a Service, and list that in the Sidecar",
  link: "https://istio.io/latest/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy",
  find: (world) =>
    operatorsIn(world).flatMap(({ pod }) => {
      const { registryOnly } = sidecarScope(world.objects, pod);
      if (registryOnly === undefined || !injectionIn(world, pod).injected) return [];
      return devDatabasesIn(world).map(({ node, port }) =>
        found(
          node,
          `${kubectlName(registryOnly.object)} drops what the operator sends to its dev database on ${port}`,
        ),
      );
    }),
};
