import { displayName, type KubernetesObject, type Layer } from "@atlas/compose";
import { historyOf } from "@atlas/compose/history";
import { objectName } from "../../../places/choose-object.ts";
import { readExternal } from "../../../read/external.ts";

/**
 * What the objects of an environment are called where they are declared, before layers add prefixes, suffixes and hashes of
 * content: by these names, those of two environments are one and the same. Two that would have one name keep their own.
 *
 * @example
 * declaredNames(layer, objects).get(object); // "Deployment/web" of the Deployment eu-web
 */
export function declaredNames(
  layer: Layer,
  objects: readonly KubernetesObject[],
): ReadonlyMap<KubernetesObject, string> {
  const isRenaming = changesNames(layer);
  const names = objects.map((object) => (isRenaming ? declaredName(layer, object) : displayName(object)));
  const counts = Map.groupBy(names, (name) => name);
  return new Map(
    objects.map((object, index) => {
      const name = names[index] ?? displayName(object);
      return [object, counts.get(name)?.length === 1 ? name : displayName(object)];
    }),
  );
}

/** Whether a layer, or one that it stands on, may give objects other names: the history of each costs two renders. */
const changesNames = ({ namePrefix, nameSuffix, generators, below, beside = [] }: Layer): boolean =>
  namePrefix !== undefined ||
  nameSuffix !== undefined ||
  generators.length > 0 ||
  (below !== undefined && changesNames(below)) ||
  beside.some(changesNames);

function declaredName(layer: Layer, object: KubernetesObject): string {
  const own = objectName(object, true);
  const { changes } = historyOf(
    layer,
    (resources) => resources.find((other) => objectName(other, true) === own) ?? object,
    readExternal,
  );
  const name = changes.find(({ fields }) => fields.join(".") === "metadata.name")?.after;
  return typeof name === "string"
    ? displayName({ ...object, metadata: { ...object.metadata, name } })
    : displayName(object);
}
