import { ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, textsAt } from "../objects/node.ts";
import { rbacGroup } from "./roles.ts";
import { rulesOf } from "./rule.ts";
import { ownResources, ownVerbs, pathVerbs, subresourcesOf } from "./served.ts";

/** A resource of the API, as rules name it. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  /** In the plural. */
  readonly resource: string;
}

/**
 * The resources that Kubernetes has, that CRDs among the objects declare, and that rules of roles name: whatever a question
 * about permissions may be about.
 *
 * @example
 * resourcesKnown(objects).find(({ resource }) => resource === "deployments"); // { group: "apps", resource: "deployments" }
 */
export const resourcesKnown = (objects: readonly KubernetesObject[]): readonly Resource[] => [
  ...[...ownResources()].flatMap(([group, resources]) =>
    [...resources.keys()].map((resource) => ({ group, resource })),
  ),
  ...ofKind(objects, "apiextensions.k8s.io", "CustomResourceDefinition").map((crd) => {
    const spec = at(nodeOf(crd), "spec");
    return {
      group: textAt(at(spec, "group")) ?? "",
      resource: textAt(at(spec, "names", "plural")) ?? "",
    };
  }),
  ...roleRulesIn(objects).flatMap((rule) =>
    textsAt(at(rule, "apiGroups")).flatMap((group) =>
      textsAt(at(rule, "resources")).map((each) => ({ group, resource: each.replace(/\/.*/, "") })),
    ),
  ),
];

/**
 * The resource that a person means by `secrets`, `deployments.apps` or `atlasschemas/status`, in the plural or singular;
 * undefined where nothing has one of that name. Without a group, Kubernetes' own come first.
 *
 * @example
 * resourceNamed(objects, "deployment/scale"); // { group: "apps", resource: "deployments/scale" }
 */
export function resourceNamed(objects: readonly KubernetesObject[], given: string): Resource | undefined {
  const [name = "", ...sub] = given.split("/");
  const [resource = "", ...groups] = name.toLowerCase().split(".");
  const found = resourcesKnown(objects).find(
    (each) =>
      [resource, pluralOf(resource)].includes(each.resource) &&
      (groups.length === 0 || each.group === groups.join(".")),
  );
  return found && { group: found.group, resource: [found.resource, ...sub].join("/") };
}

/**
 * The verbs that a question about resources, or one about paths, may have: the API server's own, and those that rules name.
 *
 * @example
 * verbsKnown(objects, "resources").includes("deletecollection"); // true
 */
export const verbsKnown = (
  objects: readonly KubernetesObject[],
  of: "resources" | "paths",
): readonly string[] => [
  ...new Set([
    ...(of === "resources" ? ownVerbs : pathVerbs),
    ...roleRulesIn(objects)
      .filter((rule) => isThere(at(rule, "nonResourceURLs")) === (of === "paths"))
      .flatMap((rule) => textsAt(at(rule, "verbs"))),
  ]),
];

/**
 * The subresources that a question about a resource may have: those that it is served with, and those that rules name.
 *
 * @example
 * subresourcesKnown(objects, { group: "", resource: "pods" }).includes("log"); // true
 */
export const subresourcesKnown = (
  objects: readonly KubernetesObject[],
  { group, resource }: Resource,
): readonly string[] => [
  ...new Set([
    ...subresourcesOf(group, resource),
    ...roleRulesIn(objects)
      .flatMap((rule) => textsAt(at(rule, "resources")))
      .flatMap((named) => {
        const [name, ...sub] = named.split("/");
        return (name === resource || name === "*") && sub.length > 0 ? [sub.join("/")] : [];
      }),
  ]),
];

const roleRulesIn = (objects: readonly KubernetesObject[]) =>
  ["Role", "ClusterRole"]
    .flatMap((kind) => ofKind(objects, rbacGroup, kind))
    .flatMap((role) => rulesOf(nodeOf(role)));

/**
 * The plural by which the API has a kind of Kubernetes' own, or a singular of a person's.
 *
 * @example
 * pluralOf("NetworkPolicy"); // "networkpolicies"
 */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === "endpoints") return name;
  if (name.endsWith("s")) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
