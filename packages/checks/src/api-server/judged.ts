import type { Finding, ObjectReference } from "../findings/finding.ts";
import { foreignMetadata } from "./metadata/object-metadata.ts";
import { liveFields } from "./metadata/live-fields.ts";
import { lostValues } from "./metadata/lost-value.ts";
import { namedAs, scopedAs } from "./metadata/name.ts";
import { wholeText } from "../objects/text.ts";
import { objectSize } from "./metadata/size.ts";
import type { KindRules } from "./kinds/kind.ts";
import type { Code } from "./rule/codes.ts";
import { linkOf, warnings } from "./rule/severity.ts";
import { at, rootPlace, stepsTo, textAt, valueAt } from "./rule/place.ts";
import type { Look } from "./rule/rule.ts";

/** The newest minor version whose rules are known here. */
const newestMinor = 37;

/** What is known of the cluster, and of where the object comes from. */
export interface AcceptedOptions {
  /** The version of Kubernetes, as "1.34"; the newest that is known, 1.37, where it is left out. */
  readonly version?: string;
  /**
   * Whether the object is kept to be applied, time and again: then it is to have nothing in it that only a cluster writes, as
   * one has that was read from there.
   */
  readonly isDeclared?: boolean;
}

/** Finds what the API server asks of a kind; undefined for one of which it is not known. */
export type KindOf = (apiVersion: string, kind: string) => KindRules | undefined;

/** What the rules of its kind, and those of every object, have against an object. */
export function judged(
  object: unknown,
  { version, isDeclared = false }: AcceptedOptions,
  kindOf: KindOf,
): readonly Finding<Code>[] {
  const place = rootPlace(object);
  const reference = uncheckedReference(object);
  const findings: Finding<Code>[] = [];
  const report: Look["report"] = (where, code, what, fix) => {
    findings.push(refusalFinding(code, reference, stepsTo(where), what, fix));
  };
  const look: Look = { minor: knownMinor(version), object: place, report };
  const kind = kindOf(reference.apiVersion, reference.kind);
  const metadata = at(place, "metadata");
  (kind?.metadata ?? foreignMetadata)(metadata, look);
  if (kind !== undefined) judgeKind(kind, place, look);
  const json = jsonOf(object);
  objectSize(place, json, look);
  lostValues(place, json, look);
  if (isDeclared) liveFields(place, kind !== undefined, look);
  return findings.length > 1 ? saidOnce(findings) : findings;
}

/** An object as JSON. Integers beyond those of a number are read as bigint. */
function jsonOf(object: unknown): string {
  try {
    return JSON.stringify(object) ?? "";
  } catch {
    return wholeText(object);
  }
}

const placeOfFinding = ({ path }: Finding<Code>): string => JSON.stringify(path);

/** A field that is missing, or empty, is not looked at for its form as well, and one code is said once of one place. */
function saidOnce(findings: readonly Finding<Code>[]): readonly Finding<Code>[] {
  const said = new Set<string>();
  const missing = new Set(findings.filter(({ code }) => code === "field-missing").map(placeOfFinding));
  return findings.filter((finding) => {
    const where = placeOfFinding(finding);
    if (finding.code !== "field-missing" && missing.has(where)) return false;
    const key = `${finding.code} ${where}`;
    return !said.has(key) && said.add(key);
  });
}

function judgeKind({ rule, name, isNamespaced }: KindRules, place: Look["object"], look: Look): void {
  namedAs(name)(place, look);
  scopedAs(isNamespaced)(place, look);
  rule(place, look);
}

function refusalFinding(
  code: Code,
  object: ObjectReference,
  path: Finding["path"],
  what: string,
  fix: string | undefined,
): Finding<Code> {
  const severity = warnings.has(code) ? "warning" : "error";
  const link = linkOf(code);
  return { code, severity, object, path, what, ...(fix && { fix }), ...(link && { link }) };
}

function uncheckedReference(object: unknown): ObjectReference {
  const metadata = valueAt(object, "metadata");
  const namespace = textAt(metadata, "namespace");
  return {
    apiVersion: textAt(object, "apiVersion") ?? "",
    kind: textAt(object, "kind") ?? "",
    name: textAt(metadata, "name") ?? "",
    ...(namespace && { namespace }),
  };
}

function knownMinor(version: string | undefined): number {
  if (version === undefined) return newestMinor;
  const minor = /^v?1\.(\d+)(?:\.\d+)?$/.exec(version)?.[1];
  if (minor === undefined)
    throw new RangeError(`got the version ${JSON.stringify(version)}: expected one such as "1.34"`);
  return Number(minor);
}
