import type { Finding, ObjectReference } from "../findings/finding.ts";
import { foreignMetadata } from "./metadata/object-metadata.ts";
import { named, placed } from "./metadata/name.ts";
import { objectSize } from "./metadata/size.ts";
import type { Kind } from "./kinds/kind.ts";
import { links, warnings, type Code } from "./rule/codes.ts";
import { at, placeOf, stepsTo, textAt, valueAt } from "./rule/place.ts";
import type { Look } from "./rule/rule.ts";

/** The newest minor version whose rules are known here. */
const newest = 37;

/** Of which version of Kubernetes the API server is. */
export interface AcceptedOptions {
  /** As "1.34"; the newest that is known, 1.37, where it is left out. */
  readonly version?: string;
}

/** Finds what the API server asks of a kind; undefined for one of which it is not known. */
export type KindOf = (apiVersion: string, kind: string) => Kind | undefined;

/** What the rules of its kind, and those of every object, have against an object. */
export function judged(
  object: unknown,
  { version }: AcceptedOptions,
  kindOf: KindOf,
): readonly Finding<Code>[] {
  const place = placeOf(object);
  const reference = referenceTo(object);
  const findings: Finding<Code>[] = [];
  const report: Look["report"] = (where, code, what, fix) => {
    findings.push(findingOf(code, reference, stepsTo(where), what, fix));
  };
  const look: Look = { minor: minorOf(version), object: place, report };
  const kind = kindOf(reference.apiVersion, reference.kind);
  const metadata = at(place, "metadata");
  (kind?.metadata ?? foreignMetadata)(metadata, look);
  if (kind !== undefined) ofKind(kind, place, look);
  objectSize(place, look);
  return findings;
}

function ofKind({ rule, name, isNamespaced }: Kind, place: Look["object"], look: Look): void {
  named(name)(place, look);
  placed(isNamespaced)(place, look);
  rule(place, look);
}

function findingOf(
  code: Code,
  object: ObjectReference,
  path: Finding["path"],
  what: string,
  fix: string | undefined,
): Finding<Code> {
  const severity = warnings.has(code) ? "warning" : "error";
  const link = links[code];
  return { code, severity, object, path, what, ...(fix && { fix }), ...(link && { link }) };
}

function referenceTo(object: unknown): ObjectReference {
  const metadata = valueAt(object, "metadata");
  const namespace = textAt(metadata, "namespace");
  return {
    apiVersion: textAt(object, "apiVersion") ?? "",
    kind: textAt(object, "kind") ?? "",
    name: textAt(metadata, "name") ?? "",
    ...(namespace && { namespace }),
  };
}

function minorOf(version: string | undefined): number {
  if (version === undefined) return newest;
  const minor = /^v?1\.(\d+)(?:\.\d+)?$/.exec(version)?.[1];
  if (minor === undefined)
    throw new RangeError(`got the version ${JSON.stringify(version)}: expected one such as "1.34"`);
  return Number(minor);
}
