import type { Finding, ObjectReference } from "../findings/finding.ts";
import { foreignMetadata } from "./metadata/object-metadata.ts";
import { named, placed } from "./metadata/name.ts";
import { objectSize } from "./metadata/size.ts";
import { kindOf, type Kind } from "./kinds.ts";
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

/**
 * What the API server would refuse an object for when it is created, by the rules that no schema states: names, unions, what
 * has to be there in a context, counts, selectors, quantities, references within the object. Unknown fields and wrong types
 * are not looked at, and a value of a wrong type is passed over.
 *
 * Kinds are known in their stable versions. Of all others the metadata alone is looked at.
 *
 * A finding of the severity "error" means that the API server refuses the object. A warning is about an object that it takes,
 * though not by every way: `object-too-large-for-client-side-apply`, `namespace-missing`.
 *
 * @param object plain data, as a renderer or a YAML file gives it.
 * @throws {RangeError} for a version that is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 * @example
 * accepted({ apiVersion: "v1", kind: "Pod", metadata: { name: "shop", namespace: "shop" }, spec: { containers: [] } });
 * // [{ code: "field-missing", severity: "error", path: ["spec", "containers"], what: "containers is empty", … }]
 */
export function accepted(object: unknown, { version }: AcceptedOptions = {}): readonly Finding[] {
  const place = placeOf(object);
  const reference = referenceTo(object);
  const findings: Finding[] = [];
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
): Finding {
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
