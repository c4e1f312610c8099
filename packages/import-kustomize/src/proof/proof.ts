import { compose, isExternal, type KubernetesObject, type Layer } from "@atlas/compose";
import { fieldPath } from "@atlas/compose/places";
import type { YamlValue } from "@atlas/input/yaml";
import type { Comparison } from "./comparison.ts";
import { isYamlRecord } from "../read/cursor.ts";
import { isSecret } from "../model/state.ts";
import { byIdentity, nameInSpace, placeLike } from "../model/placement.ts";
import { readSource } from "../model/read-source.ts";

/** Compares a layer with what Kustomize made of its source, object by object. The order of fields is no difference. */
export function compareLayer(layer: Layer, built: readonly YamlValue[]): Comparison {
  const ours = byIdentity(
    compose(layer, readSource).map((object) => (isExternal(object) ? readSource(object.source) : object)),
  );
  const given = byIdentity(built as unknown as readonly KubernetesObject[]);
  const { theirs, placed, clusterScoped } = placeLike(given, ours);
  const differences = [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((key) => {
    const [their, our] = [theirs.get(key), ours.get(key)];
    if (!their) return our ? [`${nameInSpace(our)}: only ours`] : [];
    const name = nameInSpace(their);
    if (!our) return [`${name}: only theirs`];
    return [...differencesIn(their, our, "", isSecret(their))].map((difference) => `${name}: ${difference}`);
  });
  return { count: theirs.size, placed, clusterScoped, differences };
}

/** Each place in which two values differ: `spec.replicas: theirs 1, ours 2`; the values of Secrets are for nobody's log. */
function* differencesIn(
  theirs: unknown,
  ours: unknown,
  path: string,
  isOfSecret: boolean,
): Generator<string> {
  if (Object.is(theirs, ours)) return;
  const isList = Array.isArray(theirs) && Array.isArray(ours);
  if (!isList && !(isYamlRecord(theirs) && isYamlRecord(ours))) {
    const isValue = isOfSecret && /^(?:data|stringData)\b/.test(path);
    const [their, our] = isValue ? [theirs, ours].map(masked) : shownDifference(theirs, ours);
    yield `${path}: theirs ${their}, ours ${our}`;
    return;
  }
  const [left, right] = [new Map(Object.entries(theirs)), new Map(Object.entries(ours))];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const at = isList ? `${path}[${name}]` : fieldPath(path, name);
    yield* differencesIn(left.get(name), right.get(name), at, isOfSecret);
  }
}

const masked = (value: unknown): string => (value === undefined ? "(none)" : "(a secret value)");

const longestText = 200;

/** Two values as text: of long ones the part in which they differ. */
function shownDifference(theirs: unknown, ours: unknown): readonly [string, string] {
  const [their, our] = [theirs, ours].map((value) =>
    value === undefined ? "(none)" : JSON.stringify(value),
  ) as [string, string];
  if (their.length <= longestText && our.length <= longestText) return [their, our];
  let same = 0;
  while (same < Math.min(their.length, our.length) && their[same] === our[same]) same++;
  const start = Math.max(0, same - 40);
  const part = (text: string): string => {
    const end = start + longestText;
    return `${start > 0 ? "…" : ""}${text.slice(start, end)}${text.length > end ? "…" : ""}`;
  };
  return [part(their), part(our)];
}
