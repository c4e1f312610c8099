import type { ApiField, ApiPart } from "./api.ts";
import { canonical } from "../model/schema.ts";

/** What a change asks of the version number of the types (https://semver.org). */
export type Bump = "major" | "minor" | "patch";

/** One difference between two versions of an API. */
export interface ApiChange {
  /** The kind or the definition. */
  readonly part: string;
  /** The field; empty for the kind as a whole. */
  readonly path: string;
  readonly what: string;
  readonly bump: Bump;
}

/**
 * How an API differs from an earlier one. The policy: what an author could write and can't any more is major (a new required
 * field, a narrower type or limit, a removal, another default), as is what a reader could rely on and can't (a field of the
 * status that is gone or need not be there); what is new is minor; what no type shows is a patch.
 */
export function apiChanges(before: readonly ApiPart[], after: readonly ApiPart[]): readonly ApiChange[] {
  return counterparts(before, after).flatMap(([name, old, now]): ApiChange[] => {
    const whole = { part: name, path: "" };
    // A definition comes and goes with the fields that hold it.
    if (!(old && now) && !isKind(name)) return [];
    if (!old) return [{ ...whole, what: "added", bump: "minor" }];
    if (!now) return [{ ...whole, what: "removed", bump: "major" }];
    return [...factChanges(whole, old, now), ...fieldChanges(name, old, now)];
  });
}

/**
 * The parts of both, each with what it was or has become. A definition that a CRD shared with others and has for itself
 * now, or the other way round, is the same one.
 */
function counterparts(
  before: readonly ApiPart[],
  after: readonly ApiPart[],
): (readonly [string, ApiPart | undefined, ApiPart | undefined])[] {
  const [old, now] = [apiPartsByName(before), apiPartsByName(after)];
  const known = new Set(before.map(crdName));
  return pairedByKey(old, now).map(([name, was, is]) => {
    const [crd = "", plain] = name.split("#/$defs/");
    if (plain === undefined || !known.has(crd)) return [name, was, is];
    return [name, was ?? old.get(plain), is ?? now.get(plain)];
  });
}

/** The name of the CRD that declares a kind. */
const crdName = ({ name, facts }: ApiPart): string =>
  `${facts.get("plural")}.${name.split(" ")[1]?.split("/")[0]}`;

/** The bump that several changes ask for together; undefined where there is none. */
export function bumpOf(changes: readonly ApiChange[]): Bump | undefined {
  return (["major", "minor", "patch"] as const).find((bump) =>
    changes.some((change) => change.bump === bump),
  );
}

/** Whether a part of an API is a kind; a definition's name has no version behind it. */
export const isKind = (part: string): boolean => part.includes(" ");

const apiPartsByName = (parts: readonly ApiPart[]): ReadonlyMap<string, ApiPart> =>
  new Map(parts.map((part) => [part.name, part]));

/** What stands under each key before and after, in the order of before; what is new comes last. */
function pairedByKey<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): (readonly [string, T | undefined, T | undefined])[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => [
    key,
    before.get(key),
    after.get(key),
  ]);
}

function factChanges(whole: { part: string; path: string }, old: ApiPart, now: ApiPart): ApiChange[] {
  return pairedByKey(old.facts, now.facts).flatMap(([fact, was, is]) =>
    was === is
      ? []
      : [
          {
            ...whole,
            what: `${fact}: ${was ?? "none"} → ${is ?? "none"}`,
            bump:
              fact === "scope" || fact === "plural" || (fact === "subresources" && was !== undefined)
                ? "major"
                : "patch",
          },
        ],
  );
}

function fieldChanges(part: string, old: ApiPart, now: ApiPart): ApiChange[] {
  return pairedByKey(old.fields, now.fields).flatMap(([path, before, after]): ApiChange[] => {
    const was = before ?? unlimited(path, after, old);
    const is = after ?? unlimited(path, before, now);
    // Of a subtree that comes or goes as a whole, its root says enough.
    if (!was) return is && !isInside(path, now, old) ? [added(part, path, is)] : [];
    if (!is) return isInside(path, old, now) ? [] : [{ part, path, what: "removed", bump: "major" }];
    return fieldDifferences(was, is, isRead(path)).map(([what, bump]) => ({ part, path, what, bump }));
  });
}

/** Elements without a limit have no line: where their list is there, they are. */
function unlimited(path: string, like: ApiField | undefined, part: ApiPart): ApiField | undefined {
  const isElement = /(?:\[\]|\{\})$/.test(path) && part.fields.has(path.replace(/(?:\[\]|\{\})+$/, ""));
  return isElement && like ? { ...like, limits: new Map() } : undefined;
}

/** Whether the path lies in something that the one has and the other has not. */
const isInside = (path: string, from: ApiPart, to: ApiPart): boolean =>
  [...from.fields.keys()].some((other) => !to.fields.has(other) && isBelowRoot(path, other));

const isBelowRoot = (path: string, root: string): boolean =>
  root !== "" && path !== root && path.startsWith(root) && /^[.[{]/.test(path.slice(root.length));

/** The status is read, all else is written. */
const isRead = (path: string): boolean => /^status(?:$|[.[{])/.test(path);

function added(part: string, path: string, { isRequired, limits, type }: ApiField): ApiChange {
  const isDemanded = isRequired && !limits.has("default") && !isRead(path);
  return isDemanded
    ? { part, path, what: `new required field: ${type}`, bump: "major" }
    : { part, path, what: `added: ${type}`, bump: "minor" };
}

type FieldDifference = readonly [string, Bump];

function fieldDifferences(was: ApiField, is: ApiField, isStatus: boolean): FieldDifference[] {
  const found: FieldDifference[] = [];
  if (was.type !== is.type) found.push(typeDifference(was.type, is.type));
  if (was.isRequired !== is.isRequired) {
    const isStricter = is.isRequired && !is.limits.has("default");
    const bump = isStatus === isStricter ? "minor" : "major";
    found.push([
      is.isRequired ? "now required" : "no longer required",
      is.isRequired && !isStricter ? "minor" : bump,
    ]);
  }
  for (const [key, old, now] of pairedByKey(was.limits, is.limits)) {
    if (canonical(old) !== canonical(now)) found.push(limitDifference(key, old, now));
  }
  return found;
}

function typeDifference(was: string, is: string): FieldDifference {
  const what = `${was} → ${is}`;
  const [old, now] = [was.split(" | "), is.split(" | ")];
  const isWider =
    is === "unknown" ||
    (was === "integer" && is === "number") ||
    (is === "string" && old.every(isLiteral)) ||
    old.every((type) => now.includes(type));
  if (isWider) return [`widened: ${what}`, "minor"];
  const isNarrower = now.every((type) => old.includes(type)) || (was === "string" && now.every(isLiteral));
  return [`${isNarrower ? "narrowed" : "another type"}: ${what}`, "major"];
}

const isLiteral = (type: string): boolean => type.startsWith('"');

/** Limits that allow less the larger they are, and those that allow more. */
const lower = /^min|^exclusiveMinimum$/;
const upper = /^max/;
/** Limits that open what was closed. */
const opening = new Set(["nullable", "x-kubernetes-preserve-unknown-fields"]);

function limitDifference(key: string, old: unknown, now: unknown): FieldDifference {
  const name = key.replace("x-kubernetes-", "");
  const what = `${name}: ${old === undefined ? "none" : canonical(old)} → ${now === undefined ? "none" : canonical(now)}`;
  if (key === "default") return [what, old === undefined ? "minor" : "major"];
  if (key === "x-kubernetes-map-type" || key === "title" || key === "example" || key === "externalDocs")
    return [what, "patch"];
  if (opening.has(key)) return now === true ? [`widened: ${what}`, "minor"] : [`narrowed: ${what}`, "major"];
  return isLooser(key, old, now) ? [`widened: ${what}`, "minor"] : [`narrowed: ${what}`, "major"];
}

function isLooser(key: string, old: unknown, now: unknown): boolean {
  if (now === undefined) return true;
  if (old === undefined) return false;
  if (key === "x-kubernetes-validations" && Array.isArray(old) && Array.isArray(now)) {
    const rules = new Set(old.map((rule) => canonical(rule)));
    return now.every((rule) => rules.has(canonical(rule)));
  }
  const [before, after] = [Number(old), Number(now)];
  return (lower.test(key) && after < before) || (upper.test(key) && after > before);
}
