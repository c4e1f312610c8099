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
      resource && others.length === 0
        ? placesOf(resource, finding.path ?? subjectOf(finding), {
            levelsToOther: levelsToContradiction.get(finding.code) ?? 0,
            isOfDifference: finding.path === undefined,
          })
        : [];
    return { environment: name, ...(places.length > 0 && { places }), ...finding };
  });
}

/** What a finding about a whole object is about: its kind, or what makes it differ, which a layer above may have done. */
const subjectOf = ({ code }: Finding): string => (code === "schema-unknown" ? "kind" : "");

/**
 * Codes of what two values say together, and how many levels above the one that a finding names the other is looked for. Where
 * a layer above has set that, it is what somebody has just written.
 */
const levelsToContradiction: ReadonlyMap<string, number> = new Map([
  ["access-modes-conflict", 1],
  ["cluster-ip-conflict", 1],
  ["ingress-class-conflict", 1],
  ["privileges-conflict", 1],
  ["replicas-out-of-order", 1],
  ["request-above-limit", 2],
  ["rollout-conflict", 1],
  ["strategy-conflict", 1],
  ["union-stated-twice", 1],
]);

/** Which places of a value are meant. */
interface Sought {
  /** Of two values that contradict each other: how many levels above the one the other is looked for; 0 for one alone. */
  readonly levelsToOther: number;
  /** Whether it is what makes an object differ from that of another environment, which may be a namespace. */
  readonly isOfDifference: boolean;
}

/** Finds which layers of an environment have set the values of its objects, and where. */
export function valuePlaces(
  layer: Layer,
  name: string,
): (resource: Resource, path: string, sought?: Sought) => readonly NamedPlace[] {
  const changes = new Map<string, readonly Change[]>();
  const changesOf = (resource: Resource): readonly Change[] => {
    const key = objectName(resource, true);
    const known = changes.get(key) ?? layerChanges(layer, resource);
    changes.set(key, known);
    return known;
  };
  const labelOf = layerNames(layer, name);
  const placeOf = (change: Change, levels: number): NamedPlace[] =>
    change.place ? [{ label: labelOf(change.statement.by), ...outward(change.place, levels) }] : [];
  return (
    resource,
    path,
    { levelsToOther, isOfDifference } = { levelsToOther: 0, isOfDifference: false },
  ) => {
    const names = namesIn(path) ?? [];
    const own = changeOfValue(changesOf(resource), names, isOfDifference);
    if (!own) return [];
    const other = laterChange(changesOf(resource), own.change, names.slice(0, -levelsToOther));
    return [...(other ? placeOf(other, 0) : []), ...placeOf(own.change, own.levels)];
  };
}

/** The change that has set a value of a rendered object last; of one that is missing, what it is missing in, levels above. */
function changeOfValue(
  changes: readonly Change[],
  names: readonly string[],
  isOfDifference: boolean,
): { readonly change: Change; readonly levels: number } | undefined {
  for (let length = names.length; length >= 0; length--) {
    const found = changes.filter((change) => isChangeIn(change, names.slice(0, length)));
    const last = isOfDifference ? found.at(-1) : lastContentChange(found, length);
    const change = length === names.length ? last : found[0];
    if (change?.place) return { change, levels: change.fields.length - length };
  }
  return undefined;
}

/**
 * The last change of a value, or in an object or list. What is wrong with that, a layer's labels or its namespace have not made
 * so: it is what declares it, or a patch.
 */
const lastContentChange = (found: readonly Change[], length: number): Change | undefined =>
  found.some(({ fields }) => fields.length === length)
    ? found.at(-1)
    : (found.findLast(({ statement: { says } }) => contentWords.has(says)) ?? found.at(-1));

const contentWords: ReadonlySet<string> = new Set(["object", "generator", "patch"]);

/** What a layer above that of a change has set last in an object; undefined where none did. */
function laterChange(
  changes: readonly Change[],
  earlier: Change,
  names: readonly string[],
): Change | undefined {
  const later = changes.slice(changes.indexOf(earlier) + 1);
  return names.length === 0
    ? undefined
    : later.findLast((change) => change.place && isChangeIn(change, names) && change.id !== earlier.id);
}

const isChangeIn = ({ fields, path }: Change, names: readonly string[]): boolean =>
  [fields, namesIn(path) ?? []].some((own) => names.every((part, index) => part === own[index]));

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
