import { findObject, type World } from "../findings/world.ts";
import { namespaceOf } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import { rbacGroup } from "../rbac/roles.ts";
import { configMapsOfClusters } from "../rules/references/config-map-missing.ts";
import { isNamespacedRoleOfClusters, isRoleOfClusters } from "../rules/references/role-missing.ts";
import { isMadeSecret } from "../rules/references/secret-missing.ts";
import { isFormal, serviceUsesIn } from "../rules/references/service-uses.ts";
import { usesIn } from "../rules/references/uses.ts";
import { needs, type Assumption, type NeededObject } from "./assumption.ts";

/** The objects that others refer to, and that are not among them. */
export const byReferences = (world: World): readonly Assumption[] => [
  ...byUses(world),
  ...byAccounts(world),
  ...byPullSecrets(world),
  ...byCertificates(world),
  ...byClaims(world),
  ...serviceUsesIn(world)
    .filter((use) => !isFormal(world, use))
    .flatMap(({ node, name, namespace, otherwise }) =>
      missingReference(world, node, { kind: "Service", name, namespace }, `without it, ${otherwise}`),
    ),
  ...byBindings(world),
];

function missingReference(
  world: World,
  node: Node,
  target: Omit<NeededObject, "code" | "group"> & { readonly group?: string },
  text: string,
): readonly Assumption[] {
  const need: NeededObject = { code: "object", group: "", ...target };
  return findObject(world, need.group, need.kind, need.name, need.namespace) ? [] : [needs(node, need, text)];
}

const byUses = (world: World): readonly Assumption[] =>
  usesIn(world)
    .filter(({ isOptional, kind, name, namespace }) => {
      if (isOptional) return false;
      return kind === "Secret" ? !isMadeSecret(world, namespace, name) : !configMapsOfClusters.has(name);
    })
    .flatMap(({ kind, node, name, namespace, keys }) => {
      const own = keys.flatMap((key) => textAt(key) ?? []);
      const target = { kind, name, namespace, ...(own.length > 0 && { keys: own }) };
      return missingReference(world, node, target, "it is read from there");
    });

const byAccounts = (world: World): readonly Assumption[] =>
  world.pods.flatMap(({ namespace, spec }) => {
    const node = at(spec, "serviceAccountName");
    const name = textAt(node) ?? "";
    if (name === "" || name === "default") return [];
    return missingReference(world, node, { kind: "ServiceAccount", name, namespace }, "the pods run as it");
  });

const byPullSecrets = (world: World): readonly Assumption[] =>
  [
    ...world.pods.map(({ namespace, spec }) => ({ namespace, node: spec })),
    ...world
      .of("", "ServiceAccount")
      .map((account) => ({ namespace: namespaceOf(account), node: nodeOf(account) })),
  ].flatMap(({ namespace, node }) =>
    elements(at(node, "imagePullSecrets")).flatMap((each) => {
      const name = textAt(at(each, "name")) ?? "";
      if (name === "" || isMadeSecret(world, namespace, name)) return [];
      return missingReference(
        world,
        at(each, "name"),
        { kind: "Secret", name, namespace },
        "images are pulled with it",
      );
    }),
  );

/** Annotations by which cert-manager makes the certificate of an Ingress. */
const issuing = /^(?:cert-manager\.io\/(?:cluster-)?issuer|kubernetes\.io\/tls-acme)$/;

const byCertificates = (world: World): readonly Assumption[] =>
  world.of("networking.k8s.io", "Ingress").flatMap((ingress) => {
    const annotations = fieldNodes(at(nodeOf(ingress), "metadata", "annotations"));
    if (annotations.some(([name]) => issuing.test(name))) return [];
    const namespace = namespaceOf(ingress);
    return elements(at(nodeOf(ingress), "spec", "tls")).flatMap((each) => {
      const node = at(each, "secretName");
      const name = textAt(node) ?? "";
      if (name === "" || isMadeSecret(world, namespace, name)) return [];
      return missingReference(world, node, { kind: "Secret", name, namespace }, "its certificate is there");
    });
  });

const byClaims = (world: World): readonly Assumption[] =>
  world.pods.flatMap(({ namespace, spec }) =>
    elements(at(spec, "volumes")).flatMap((volume) => {
      const node = at(volume, "persistentVolumeClaim", "claimName");
      const name = textAt(node);
      if (name === undefined) return [];
      return missingReference(
        world,
        node,
        { kind: "PersistentVolumeClaim", name, namespace },
        "the pods mount it",
      );
    }),
  );

const byBindings = (world: World): readonly Assumption[] =>
  ["RoleBinding", "ClusterRoleBinding"].flatMap((bindingKind) =>
    world.of(rbacGroup, bindingKind).flatMap((binding) => {
      const roleRef = at(nodeOf(binding), "roleRef");
      const [node, kind, name = ""] = [
        at(roleRef, "name"),
        textAt(at(roleRef, "kind")),
        textAt(at(roleRef, "name")),
      ];
      const home = bindingKind === "RoleBinding" ? namespaceOf(binding) : undefined;
      const role = { group: rbacGroup, name };
      const ofRole =
        kind === "ClusterRole" && !isRoleOfClusters(name)
          ? missingReference(world, node, { ...role, kind }, "it is bound")
          : kind === "Role" && home !== undefined && !isNamespacedRoleOfClusters(home, name)
            ? missingReference(world, node, { ...role, kind, namespace: home }, "it is bound")
            : [];
      const ofSubjects = elements(at(nodeOf(binding), "subjects")).flatMap((subject) => {
        const account = textAt(at(subject, "name")) ?? "";
        const namespace = textAt(at(subject, "namespace")) || home;
        if (at(subject, "kind").value !== "ServiceAccount" || namespace === undefined) return [];
        // Every namespace has this one, and those of the cluster's own controllers are made with it.
        if (account === "default" || namespace === "kube-system" || !isThere(at(subject, "name"))) return [];
        return missingReference(
          world,
          at(subject, "name"),
          { kind: "ServiceAccount", name: account, namespace },
          "a role is bound to it",
        );
      });
      return [...ofRole, ...ofSubjects];
    }),
  );
