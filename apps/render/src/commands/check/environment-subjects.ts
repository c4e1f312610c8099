import { ignoredIn, printedPath } from "@atlas/checks";
import { isExternal, type KubernetesObject, type Layer } from "@atlas/compose";
import type { Place } from "@atlas/compose/places";
import { listEnvironments } from "../../environments/environments.ts";
import { selectEnvironments } from "../../environments/selection.ts";
import { objectName } from "../../places/choose-object.ts";
import { valuePlaces } from "../../places/finding-places.ts";
import { refinePlace } from "../../places/refine-place.ts";
import { readExternal } from "../../read/external.ts";
import { clustersOf } from "../../rendering/cluster-claims.ts";
import { renderEnvironments, versionOf, type Rendering } from "../../rendering/rendering.ts";
import type { Subject, ValueAt } from "./subject.ts";

/**
 * Environments, as they are rendered, one after the other.
 *
 * @param keepsOn whether those that are right come all the same, where another is wrong.
 * @throws {InputError} with everything that keeps one of them from being rendered.
 */
export async function* environmentSubjects(
  names: readonly string[],
  folder: string | undefined,
  keepsOn = false,
): AsyncGenerator<Subject, void, undefined> {
  const { environments } = await selectEnvironments(names, listEnvironments(folder));
  const layers = new Map(environments.map(({ name, layer }) => [name, layer]));
  for await (const rendering of renderEnvironments(environments, { validate: "none", keepsOn })) {
    const layer = layers.get(rendering.name)?.();
    if (layer) yield subjectOf(rendering, layer);
  }
}

/** An environment as it was rendered. */
export function subjectOf(rendering: Rendering, layer: Layer): Subject {
  const kubernetesVersion = versionOf(layer);
  return {
    name: rendering.name,
    isComposed: true,
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    objects: rendering.objects.map((object): KubernetesObject =>
      isExternal(object) ? readExternal(object.source) : object,
    ),
    clusters: clustersOf(layer),
    ignored: ignoredIn(layer),
    formerNamespaces: [...namespacesBelow(layer), ...declaredNamespace(layer)].filter(
      (namespace) => namespace !== rendering.namespace,
    ),
    placesOf: (values) => setPlaces(values, layer, rendering),
  };
}

/** The namespaces that a layer, and those below it, say all their objects stand in. */
const namespacesBelow = ({ namespace, below }: Layer): readonly string[] => [
  ...(namespace === undefined ? [] : [namespace]),
  ...(below ? namespacesBelow(below) : []),
];

/** The namespace that all objects state which a layer, and those that it stands on, declare: where it states another, they are moved. */
function declaredNamespace(layer: Layer): readonly string[] {
  const stated = new Set(
    layersBelow(layer).flatMap(({ resources }) =>
      resources.flatMap(({ metadata }) => metadata.namespace ?? []),
    ),
  );
  return stated.size === 1 ? [...stated] : [];
}

const layersBelow = (layer: Layer): readonly Layer[] => [
  layer,
  ...[layer.below, ...(layer.beside ?? [])].flatMap((each) => (each ? layersBelow(each) : [])),
];

/** Where layers have set values, in the sources. */
function setPlaces(
  values: readonly ValueAt[],
  layer: Layer,
  { name, objects }: Rendering,
): readonly (Place | undefined)[] {
  const placesOf = valuePlaces(layer, name);
  const known = new Set(objects.map((object) => objectName(object, true)));
  return values.map(({ object, path }) => {
    if (!known.has(objectName(object, true))) return undefined;
    const [place] = placesOf(object, printedPath(path));
    return place === undefined ? undefined : (refinePlace(place) ?? place);
  });
}
