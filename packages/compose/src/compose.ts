import { applyImages } from "./image.ts";
import { applyNamespace } from "./namespace.ts";
import { displayName, identity, isExternal, type KubernetesObject, type Resource } from "./object.ts";
import { inApplyOrder } from "./order.ts";
import type { Layer } from "./overlay.ts";
import type { Settings } from "./merge.ts";
import { applyPatch, findTarget, missingTarget } from "./patch.ts";
import { copy } from "./plain.ts";
import { ComposeError, type Problem } from "./problem.ts";
import { isClusterScoped } from "./scope.ts";

/** An object on its way through the layers, and the object that a layer declared. */
interface Entry {
  readonly origin: Resource;
  object: Resource;
}

type Read = (source: URL) => KubernetesObject;

/**
 * What a layer comes to, over all the layers below it, in an order in which it can be applied.
 *
 * The objects are new; those that were handed in stay as they are. An external object that nothing changes comes out as
 * it went in.
 *
 * @param read reads the object of an external file, where a patch or a transform changes it.
 * @throws {ComposeError} with everything that is wrong in any layer.
 */
export function compose(layer: Layer, read: Read = refuseToRead): readonly Resource[] {
  const problems: Problem[] = [];
  const entries = composeEntries(layer, read, problems);
  if (problems.length > 0) throw new ComposeError(problems);
  return inApplyOrder(entries.map(({ object }) => object));
}

function composeEntries(layer: Layer, read: Read, problems: Problem[]): Entry[] {
  const below = layer.below ? composeEntries(layer.below, read, problems) : [];
  const own = layer.resources.flatMap((origin, index) => {
    const malformed = malformedResource(origin, index);
    if (!malformed) return [{ origin, object: isExternal(origin) ? origin : copy(origin) }];
    problems.push(malformed);
    return [];
  });
  const entries: Entry[] = [...below, ...own];
  problems.push(...applyPatches(entries, layer, read));
  problems.push(...applyImages(plainObjects(entries), layer.images));
  if (layer.namespace !== undefined) problems.push(...moveEntries(entries, layer.namespace, read));
  problems.push(...duplicates(entries));
  return entries;
}

const plainObjects = (entries: readonly Entry[]): KubernetesObject[] =>
  entries.flatMap(({ object }) => (isExternal(object) ? [] : [object]));

function applyPatches(entries: readonly Entry[], { patches }: Layer, read: Read): Problem[] {
  const settings = new Map<Entry, Settings>();
  return patches.flatMap((patch) => {
    const entry = findTarget(entries, patch);
    if (!entry)
      return [
        missingTarget(
          patch,
          entries.map(({ object }) => object),
        ),
      ];
    const known = settings.get(entry) ?? new Map();
    settings.set(entry, known);
    return applyPatch(openEntry(entry, read), patch, known);
  });
}

/** The entry's object as one that can be changed; an external one is read. */
function openEntry(entry: Entry, read: Read): KubernetesObject {
  const { object } = entry;
  const opened = isExternal(object) ? copy(read(object.source)) : object;
  entry.object = opened;
  return opened;
}

function moveEntries(entries: readonly Entry[], namespace: string, read: Read): Problem[] {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) {
    return [
      {
        what: `${JSON.stringify(namespace)} is not the name of a namespace`,
        path: "namespace",
        expected: "1 to 63 lower-case letters, digits and dashes, as in a DNS label",
        mend: "give the namespace such a name",
      },
    ];
  }
  // A file of a cluster-scoped object has nothing to move.
  for (const entry of entries) {
    if (isExternal(entry.object) && !isClusterScoped(entry.object)) openEntry(entry, read);
  }
  return applyNamespace(plainObjects(entries), namespace);
}

function duplicates(entries: readonly Entry[]): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ object }) => {
    const { group, kind, namespace, name } = identity(object);
    const key = JSON.stringify([group, kind, namespace, name]);
    if (!seen.has(key)) return (seen.add(key), []);
    const place = namespace === undefined ? "" : ` in the namespace "${namespace}"`;
    return [
      {
        what: `two objects are ${displayName(object)}${place}`,
        object: displayName(object),
        expected: "one object of each group, kind, namespace and name",
        mend: "rename one of them, or patch the one of the layer below instead of declaring it again",
      },
    ];
  });
}

function malformedResource(resource: Resource, index: number): Problem | undefined {
  const { apiVersion, kind, metadata } = (resource ?? {}) as Partial<KubernetesObject>;
  const missing = Object.entries({ apiVersion, kind, "metadata.name": metadata?.name }).filter(
    ([, value]) => typeof value !== "string" || value === "",
  );
  if (missing.length === 0) return undefined;
  return {
    what: `not a Kubernetes object: it has no ${missing.map(([field]) => field).join(", no ")}`,
    ...(typeof kind === "string" && { object: `${kind}/${metadata?.name ?? "?"}` }),
    path: `resources[${index}]`,
    expected: "an object with apiVersion, kind and metadata.name",
    mend: resource === undefined ? "look for two files that import each other" : "state them",
  };
}

function refuseToRead(source: URL): never {
  throw new TypeError(`compose() was given nothing to read ${source.href} with, and a transform changes it`);
}
