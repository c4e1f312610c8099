import { displayName, type Layer, type NamedPlace, type Resource } from "@atlas/compose";
import { historyOf, type Change } from "@atlas/compose/history";
import { namesIn, type Place } from "@atlas/compose/places";
import { objectName } from "./choose-object.ts";
import { readExternal } from "../read/external.ts";
import type { Finding } from "@atlas/input";
import { layerNames } from "./layer-names.ts";

/** Findings about the objects of an environment, each with the place that has set the value it is about. */
export function placedFindings(
  findings: readonly Finding[],
  layer: Layer,
  { name, objects }: { readonly name: string; readonly objects: readonly Resource[] },
): Finding[] {
  const placesOf = valuePlaces(layer, name);
  const called = Map.groupBy(objects, displayName);
  return findings.map((finding) => {
    // Of several with one name, as in two namespaces, nothing says which is meant.
    const [resource, ...others] = called.get(finding.object ?? "") ?? [];
    const places =
      resource && others.length === 0 ? placesOf(resource, finding.path ?? subjectOf(finding)) : [];
    return { environment: name, ...(places.length > 0 && { places }), ...finding };
  });
}

/** What a finding about a whole object is about: its kind, or what makes it differ, which a layer above may have done. */
const subjectOf = ({ code }: Finding): string => (code === "schema-unknown" ? "kind" : "");

/** Finds which layers of an environment have set the values of its objects, and where. */
export function valuePlaces(
  layer: Layer,
  name: string,
): (resource: Resource, path: string) => readonly NamedPlace[] {
  const changes = new Map<string, readonly Change[]>();
  const changesOf = (resource: Resource): readonly Change[] => {
    const key = objectName(resource, true);
    const known = changes.get(key) ?? layerChanges(layer, resource);
    changes.set(key, known);
    return known;
  };
  const labelOf = layerNames(layer, name);
  return (resource, path) => placesOfValue(changesOf(resource), path, labelOf);
}

/** Where the value at a path of a rendered object was set last; of one that is missing, what it is missing in. */
function placesOfValue(
  changes: readonly Change[],
  path: string,
  labelOf: ReturnType<typeof layerNames>,
): NamedPlace[] {
  const names = namesIn(path) ?? [];
  for (let length = names.length; length >= 0; length--) {
    const leads = (own: readonly string[]): boolean =>
      names.slice(0, length).every((part, index) => part === own[index]);
    const found = changes.filter(({ fields, path: own }) => leads(fields) || leads(namesIn(own) ?? []));
    const change = length === names.length ? found.at(-1) : found[0];
    if (!change?.place) continue;
    return [{ label: labelOf(change.statement.by), ...outward(change.place, change.fields.length - length) }];
  }
  return [];
}

function layerChanges(layer: Layer, resource: Resource): readonly Change[] {
  const name = objectName(resource, true);
  const isMeant = (other: Resource): boolean => objectName(other, true) === name;
  return historyOf(layer, (resources) => resources.find(isMeant) ?? resource, readExternal).changes;
}

/** The place of what a value lies in, some levels up. */
function outward({ within, ...place }: Place, levels: number): Place {
  if (!within || levels === 0) return { ...place, ...(within && { within }) };
  return { ...place, within: { ...within, fields: within.fields.slice(0, -levels) } };
}
