import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { namespacesNamed } from "../objects/namespaces-named.ts";
import { misspelt, nearestName } from "../objects/near.ts";
import { addressOf, destinationOf, workloadsIn, workloadsNamed } from "../reach/named.ts";
import type { Connection } from "../reach/reach.ts";
import type { Account } from "../rbac/account.ts";
import {
  resourceNamed,
  resourcesKnown,
  subresourcesKnown,
  verbsKnown,
  type Resource,
} from "../rbac/resources.ts";

/**
 * What was given to `expect`, as objects.
 *
 * @throws {TypeError} for anything else, as a layer that is not composed.
 */
export function objectsIn(received: unknown): readonly KubernetesObject[] {
  if (Array.isArray(received) && received.every(isGivenObject)) return received;
  throw new TypeError(
    "expected the objects of an environment: give what compose makes of its layer, expect(compose(layer))",
  );
}

const isGivenObject = (value: unknown): value is KubernetesObject =>
  typeof value === "object" &&
  value !== null &&
  "apiVersion" in value &&
  "kind" in value &&
  "metadata" in value;

/** @throws {Error} where no workload is called so, or several are. */
export function workloadNamed(objects: readonly KubernetesObject[], given: string): KubernetesObject {
  const [found, ...others] = workloadsNamed(objects, given);
  if (found && others.length === 0) return found;
  const names = (found ? [found, ...others] : workloadsIn(objects)).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );
  throw found
    ? new Error(`${names.length} workloads are "${given}": ${names.join(", ")}`)
    : notThereError("workload", given, names);
}

/** @throws {Error} for what is no destination, and for one that the objects do not have. */
export function destinationNamed(
  objects: readonly KubernetesObject[],
  given: string,
  namespace: string,
): Pick<Connection, "to" | "port"> {
  const address = addressOf(given);
  if (address === undefined)
    throw new Error(`"${given}" is not a destination: expected a host and a port, as postgres.data:5432`);
  const found = destinationOf(objects, address.host, address.port, namespace);
  if (found) return found;
  throw new Error(
    `the objects have no Service or workload behind "${given}": add those that declare it to what is expected of`,
  );
}

/** @throws {Error} where no ServiceAccount is called so, or several are. */
export function accountNamed(objects: readonly KubernetesObject[], given: string): Account {
  const accounts = ofKind(objects, "", "ServiceAccount");
  const [name = "", namespace] = given.split("/").toReversed();
  const [found, ...others] = accounts.filter(
    (each) => each.metadata.name === name && (namespace === undefined || namespaceOf(each) === namespace),
  );
  const names = accounts.map((each) => `${namespaceOf(each)}/${each.metadata.name}`);
  if (found && others.length > 0)
    throw new Error(`several ServiceAccounts are "${given}": ${names.join(", ")}`);
  // One that somebody else declares can be bound all the same.
  if (found === undefined && namespace !== undefined) return { serviceAccount: name, namespace };
  if (found === undefined) throw notThereError("ServiceAccount", given, names);
  return { serviceAccount: name, namespace: namespaceOf(found) };
}

/** @throws {Error} for a verb, a resource or a subresource that there is not: nobody would have it. */
export function requestFor(
  objects: readonly KubernetesObject[],
  verb: string,
  given: string,
): { readonly path: string } | { readonly group: string; readonly resource: string } {
  const isPath = given.startsWith("/");
  const verbs = verbsKnown(objects, isPath ? "paths" : "resources").filter((each) => each !== "*");
  if (!verbs.includes(verb) && verb !== "*")
    throw notThereError(isPath ? "verb for a path" : "verb", verb, verbs);
  if (isPath) return { path: given };
  const [name = "", ...sub] = given.split("/");
  const found = resourceNamed(objects, name);
  if (found === undefined) throw resourceNotThere(objects, name);
  const subresources = subresourcesKnown(objects, found);
  if (sub.length > 0 && !subresources.includes(sub.join("/")))
    throw notThereError(`subresource of ${found.resource}`, sub.join("/"), subresources);
  return { group: found.group, resource: [found.resource, ...sub].join("/") };
}

/** There are too many resources to list them all: those of one name, in whatever group, are. */
function resourceNotThere(objects: readonly KubernetesObject[], given: string): Error {
  const known = resourcesKnown(objects).filter(({ resource }) => resource !== "");
  const [bare = ""] = given.split(".");
  const namesakes = known.filter(({ resource }) => resource === bare).map(qualifiedResource);
  if (namesakes.length > 0) return notThereError("resource", given, namesakes);
  const near = nearestName(given, [
    ...known.map(({ resource }) => resource),
    ...known.map(qualifiedResource),
  ]);
  const hint = near === undefined ? "add its CRD to what is expected of" : `did you mean "${near}"?`;
  return new Error(`there is no resource "${given}"; ${hint}`);
}

const qualifiedResource = ({ group, resource }: Resource): string =>
  group === "" ? resource : `${resource}.${group}`;

/** @throws {Error} for a namespace that most likely stands for another one, in which nobody would have anything. */
export function refuseNamespaceSlip(
  objects: readonly KubernetesObject[],
  namespace: string | undefined,
): void {
  const known = namespacesNamed(objects);
  if (namespace === undefined || known.includes(namespace)) return;
  if (misspelt(namespace, known) !== undefined) throw notThereError("namespace", namespace, known);
}

function notThereError(what: string, given: string, names: readonly string[]): Error {
  // A name is short for one with its kind or namespace.
  const near = nearestName(given, [...names, ...names.map((name) => name.slice(name.lastIndexOf("/") + 1))]);
  const hint =
    near === undefined ? `there are: ${[...new Set(names)].join(", ")}` : `did you mean "${near}"?`;
  return new Error(`there is no ${what} "${given}"; ${hint}`);
}
