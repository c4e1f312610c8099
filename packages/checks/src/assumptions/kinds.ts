import { ownKinds } from "../api-server/kinds/index.ts";
import type { World } from "../findings/world.ts";
import { groupOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt } from "../objects/node.ts";
import { needs, type Assumption } from "./assumption.ts";

const ownGroups = new Set([
  ...ownKinds().map(({ group }) => group),
  "authentication.k8s.io",
  "authorization.k8s.io",
  "internal.apiserver.k8s.io",
  "storagemigration.k8s.io",
]);

/** The kinds that somebody else's CustomResourceDefinitions declare, and what only newer versions of Kubernetes do. */
export function byKinds(world: World, stated: string | undefined): readonly Assumption[] {
  const declared = new Set(
    world.of("apiextensions.k8s.io", "CustomResourceDefinition").map((crd) => {
      const spec = at(nodeOf(crd), "spec");
      return `${textAt(at(spec, "group"))}/${textAt(at(spec, "names", "kind"))}`;
    }),
  );
  const foreign = world.objects.filter(
    (object) => !ownGroups.has(groupOf(object)) && !declared.has(`${groupOf(object)}/${object.kind}`),
  );
  return [
    ...foreign.map((object) =>
      needs(nodeOf(object), { code: "kind", ...kindOfObject(object) }, "it is of this kind"),
    ),
    ...(stated === undefined ? bySidecars(world) : []),
  ];
}

function kindOfObject(object: KubernetesObject): { group: string; version: string; kind: string } {
  const group = groupOf(object);
  return { group, version: object.apiVersion.slice(group.length + 1), kind: object.kind };
}

/** @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
const bySidecars = ({ pods }: World): readonly Assumption[] =>
  pods.flatMap(({ spec }) =>
    elements(at(spec, "initContainers"))
      .map((container) => at(container, "restartPolicy"))
      .filter(({ value }) => value === "Always")
      .map((node) =>
        needs(
          node,
          { code: "kubernetes-version", version: "1.29" },
          "sidecars are there by default since then",
        ),
      ),
  );
