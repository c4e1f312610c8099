import { identity } from "@atlas/compose";
import { child, isYamlRecord, report, textIn, type Cursor } from "./cursor.ts";
import { onlyFields } from "./fields.ts";
import { parseLabelSelector, type LabelSelector } from "./label-selector.ts";
import { patternOf, type GoPattern } from "./pattern.ts";
import { namespacedName, type Tracked } from "../model/state.ts";

/** Whether an object is one of those that a patch's target selects. */
export type Selector = (tracked: Tracked) => boolean;

const byPattern = ["group", "version", "kind", "name", "namespace"] as const;
const bySelector = ["labelSelector", "annotationSelector"] as const;

/**
 * The objects that a `target` selects: each field is a regular expression for the whole of what it is about, and those
 * that are missing select everything. Name and namespace may be the original ones or those of now.
 *
 * Source: `ResMap.Select` and `types.SelectorRegex` of Kustomize 5.5.
 *
 * @returns undefined, when a problem was reported.
 */
export function selectorOf(target: Cursor): Selector | undefined {
  onlyFields(target, [...byPattern, ...bySelector]);
  const patterns = Object.fromEntries(byPattern.map((field) => [field, wholePattern(child(target, field))]));
  const selectors = bySelector.map((field) => labelSelectorOf(child(target, field)));
  if (Object.values(patterns).includes(undefined) || selectors.includes(undefined)) return undefined;
  const [labels, annotations] = selectors;
  const matches = (field: (typeof byPattern)[number], value: string): boolean =>
    patterns[field]?.test(value) === true;
  return ({ current, earlier }) => {
    const { group, version, kind } = identity(current);
    const identities = [earlier[0] ?? namespacedName(current), namespacedName(current)];
    return (
      matches("group", group) &&
      matches("version", version) &&
      matches("kind", kind) &&
      identities.some(({ name }) => matches("name", name)) &&
      identities.some(({ namespace }) => matches("namespace", namespace)) &&
      labels?.(pairsIn(current.metadata, "labels")) === true &&
      annotations?.(pairsIn(current.metadata, "annotations")) === true
    );
  };
}

function pairsIn(metadata: object, field: string): Readonly<Record<string, unknown>> {
  const pairs: unknown = Object.entries(metadata).find(([name]) => name === field)?.[1];
  return isYamlRecord(pairs) ? pairs : {};
}

/** What a field of a target is to match as a whole; undefined, and reported, where Kustomize could not read it either. */
function wholePattern(cursor: Cursor | undefined): GoPattern | undefined {
  if (!cursor) return { test: () => true };
  const source = textIn(cursor);
  if (source === undefined) return undefined;
  const pattern = patternOf(`^(?:${source})$`);
  const what = `the pattern ${JSON.stringify(source)} cannot be read`;
  if (!pattern) report(cursor, what, "a regular expression of Go's", "correct it");
  return pattern;
}

function labelSelectorOf(cursor: Cursor | undefined): LabelSelector | undefined {
  if (!cursor) return () => true;
  const source = textIn(cursor);
  const selector = source === undefined ? undefined : parseLabelSelector(source);
  if (!selector && source !== undefined) {
    const expected = "requirements such as app=web, tier in (a, b), !legacy";
    report(cursor, `the selector ${JSON.stringify(source)} cannot be read`, expected, "correct it");
  }
  return selector;
}
