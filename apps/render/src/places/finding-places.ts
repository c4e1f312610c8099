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
  const changes = new Map<Resource, readonly Change[]>();
  const changesOf = (resource: Resource): readonly Change[] => {
    const known = changes.get(resource) ?? changesIn(layer, resource);
    changes.set(resource, known);
    return known;
  };
  const labelOf = layerNames(layer, name);
  return findings.map((finding) => {
    const resource = objects.find((object) => displayName(object) === finding.object);
    const places = resource ? placesOfValue(changesOf(resource), finding.path ?? "", labelOf) : [];
    return { environment: name, ...(places.length > 0 && { places }), ...finding };
  });
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

function changesIn(layer: Layer, resource: Resource): readonly Change[] {
  const name = objectName(resource, true);
  const isMeant = (other: Resource): boolean => objectName(other, true) === name;
  return historyOf(layer, (resources) => resources.find(isMeant) ?? resource, readExternal).changes;
}

/** The place of what a value lies in, some levels up. */
function outward({ within, ...place }: Place, levels: number): Place {
  if (!within || levels === 0) return { ...place, ...(within && { within }) };
  return { ...place, within: { ...within, fields: within.fields.slice(0, -levels) } };
}
