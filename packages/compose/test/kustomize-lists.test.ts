import type { KubernetesObject } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import type { Plain, PlainObject } from "../src/value/plain.ts";
import { builtInKind, definitionOf, type Field } from "../src/kubernetes/schema.ts";
import { isClusterScoped } from "../src/kubernetes/scope.ts";
import { builtInKinds, isAnswered, type Kind } from "./kinds.ts";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { kustomize } from "./kubectl.ts";
import { isNewer, newerKinds, newerLists } from "./kustomize-lists.ts";

/** A list of a kind, with the way to it. */
interface Place {
  readonly kind: Kind;
  readonly steps: readonly { readonly name: string; readonly field: Field; readonly parent: string }[];
}

/** Every list of a kind that a patch can reach, once for each definition. */
function* placesIn(kind: Kind): Generator<Place> {
  const seen = new Set<string>();
  function* walk(definition: string | Field["definition"], steps: Place["steps"]): Generator<Place> {
    const parent = typeof definition === "string" ? definition : kind.kind;
    for (const [name, field] of definitionOf(definition)?.fields ?? []) {
      if (steps.length === 0 && name === "status") continue;
      const path = [...steps, { name, field, parent }];
      const isList = field.type === "list" || field.type === "set";
      if (isList) yield { kind, steps: path };
      let inner = field;
      while (inner.items) inner = inner.items;
      const { definition: next } = inner;
      // What stands in a list that is replaced is replaced with it.
      if (typeof next !== "string" || seen.has(next) || (isList && !field.keys)) continue;
      seen.add(next);
      yield* walk(next, path);
    }
  }
  yield* walk(builtInKind(kind.apiVersion, kind.kind), []);
}

/** A value that differs from the one of another number in all that could be a key. */
function sample(field: Field | undefined, number: number): Plain {
  const { type = "string", definition, items } = field ?? {};
  if (type === "list" || type === "set") return [sample(items, number)];
  if (type === "map") return { a: sample(items, number) };
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return number;
  if (type !== "object") return `s${number}`;
  const scalars = [...(definitionOf(definition)?.fields ?? [])].filter(
    ([, inner]) => !["list", "set", "map", "object", "any"].includes(inner.type),
  );
  return Object.fromEntries(scalars.map(([name, inner]) => [name, sample(inner, number)]));
}

/** An object with one element in the list at the end of the way, whose keys are of that number. */
function objectAt({ kind, steps }: Place, name: string, number: number): KubernetesObject {
  const fieldsFrom = ([step, ...others]: Place["steps"]): PlainObject => {
    if (!step) return {};
    const wrap = (field: Field): Plain => {
      if (field.type === "map") return { a: wrap(field.items ?? field) };
      if (field.type !== "list") return fieldsFrom(others);
      const keys = (field.keys ?? []).map((key) => [key, sample(keyField(field, key), 7)]);
      return [{ ...Object.fromEntries(keys), ...(wrap(field.items ?? field) as PlainObject) }];
    };
    return { [step.name]: others.length === 0 ? sample(step.field, number) : wrap(step.field) };
  };
  const { metadata, ...fields } = fieldsFrom(steps) as { metadata?: object };
  return { ...kind, ...fields, metadata: { ...metadata, name } };
}

const keyField = ({ items }: Field, key: string): Field | undefined =>
  definitionOf(items?.definition)?.fields.get(key);

/** How many elements Kustomize's list has when a patch adds one of another key: one where the list is replaced. */
function lengthsIn(places: readonly Place[]): number[] {
  const objects = [1, 2].map((number) => places.map((place, index) => objectAt(place, `a${index}`, number)));
  const [items, patches] = objects.map((list) =>
    list.map((object) => JSON.stringify(object)).join("\n---\n"),
  );
  const kustomization = { resources: ["objects.yaml"], patches: [{ path: "patches.yaml" }] };
  const patched = kustomize(kustomization, { "objects.yaml": items, "patches.yaml": patches });
  const byName = new Map(patched.map((object) => [(object as KubernetesObject).metadata.name, object]));
  return places.map(({ steps }, index) => listAt(byName.get(`a${index}`), steps).length);
}

function listAt(object: unknown, steps: Place["steps"]): readonly unknown[] {
  const found = steps.reduce<unknown>((value, { name }) => {
    let inner = value;
    while (Array.isArray(inner)) [inner] = inner as unknown[];
    return (inner as PlainObject | undefined)?.[name];
  }, object);
  return Array.isArray(found) ? found : [];
}

function isMergedAt({ steps }: Place): boolean {
  const { keys, type } = steps.at(-1)?.field ?? {};
  return keys !== undefined || type === "set";
}

const nameOf = ({ steps }: Place): string =>
  steps.slice(-1).map(({ parent, name }) => `${parent}.${name}`)[0] ?? "";
const titleOf = ({ kind, steps }: Place): string =>
  `${kind.apiVersion} ${kind.kind} ${steps.map(({ name }) => name).join(".")}`;

describe.skipIf(withoutKubectl)("the lists of built-in kinds", () => {
  const lists = builtInKinds
    .filter((kind) => !isNewer(kind))
    .flatMap((kind) => [...placesIn(kind)])
    .filter(({ steps }) => steps.every(({ field }) => field.type !== "map"));
  // Lists that are merged are looked at in every kind, others in the first that has them.
  const first = new Map(lists.toReversed().map((place) => [nameOf(place), place]));
  const places = lists.filter((place) => isMergedAt(place) || first.get(nameOf(place)) === place);

  test("are merged and replaced as Kustomize does, but for newer ones", { timeout: 120_000 }, () => {
    const lengths = lengthsIn(places);
    expect(places.filter(isMergedAt).length).toBeGreaterThan(200);
    const differing = places.filter((place, index) => lengths[index] !== (isMergedAt(place) ? 2 : 1));
    const isExpected = (place: Place): boolean => newerLists.has(nameOf(place));
    expect(differing.map(titleOf)).toEqual(places.filter(isExpected).map(titleOf));
    expect(new Set(differing.map(nameOf))).toEqual(newerLists);
  });

  test("of newer kinds are replaced by Kustomize, all of them", () => {
    const field: Field = { type: "set", items: { type: "string" } };
    const metadata: Field = { type: "object", definition: "meta.v1.ObjectMeta" };
    const steps = [
      { name: "metadata", field: metadata, parent: "" },
      { name: "finalizers", field, parent: "" },
    ];
    const lengths = lengthsIn(builtInKinds.map((kind) => ({ kind, steps })));
    const replaced = builtInKinds.filter((_, index) => lengths[index] === 1);
    expect(replaced).toEqual(builtInKinds.filter(isNewer));
    expect(replaced).toHaveLength(newerKinds.size);
  });
});

test.skipIf(withoutKubectl)("kinds stand in a namespace where Kustomize says so, but for newer ones", () => {
  const resources = builtInKinds.map((kind, index): KubernetesObject => ({
    ...kind,
    metadata: { name: `a${index}` },
  }));
  const items = resources.map((object) => JSON.stringify(object)).join("\n---\n");
  const theirs = new Map(
    kustomize({ resources: ["objects.yaml"], namespace: "x" }, { "objects.yaml": items }).map((object) => {
      const { kind, apiVersion, metadata } = object as KubernetesObject;
      return [`${apiVersion} ${kind}`, metadata.namespace === undefined];
    }),
  );
  const differing = resources.filter(
    (object) => theirs.get(`${object.apiVersion} ${object.kind}`) !== isClusterScoped(object),
  );
  const unknown = differing.filter((object) => !isNewer(object) && !isAnswered(object));
  expect(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([]);
  expect(differing.length).toBeGreaterThan(0);
});
