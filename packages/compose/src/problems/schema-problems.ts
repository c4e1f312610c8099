import { displayName, type KubernetesObject } from "../kubernetes/object.ts";
import { builtInKind, definitionOf, type Definition, type Field } from "../kubernetes/schema.ts";
import { newestVersion } from "../kubernetes/known-versions.ts";
import { isObject } from "../value/plain.ts";
import {
  fieldOf,
  findingsIn,
  problemAt,
  wrongType,
  type FieldProblem,
  type Finding,
} from "./field-problems.ts";
import { gatedFieldsOf, gateIn, type Gate } from "./gates.ts";
import { notDemanded } from "./not-demanded.ts";
import type { Problem } from "./problem.ts";
import { passedOver } from "./passed-over.ts";
import { unservedKind } from "./unserved-kinds.ts";

/** What the schema of a kind has against an object, and what is only worth knowing. */
export interface SchemaProblems {
  readonly problems: readonly Problem[];
  /**
   * What a version of Kubernetes does not have unless somebody turns it on: a kind that it does not serve, fields that it
   * drops or passes over, and what is wrong where it does not look.
   */
  readonly notes: readonly Problem[];
}

/**
 * Whether there is a schema that `schemaProblems` holds an object against: whether its kind is one of Kubernetes itself.
 *
 * @example
 * hasSchema({ apiVersion: "v1", kind: "Service", metadata: { name: "a" } }); // true
 */
export const hasSchema = ({ apiVersion, kind }: KubernetesObject): boolean =>
  builtInKind(apiVersion, kind) !== undefined;

/**
 * All that the schema of a kind of Kubernetes itself has against an object as it is rendered: fields that do not exist, values
 * of another type or that are none of an enumeration, fields that are missing, and texts and numbers that are not what their
 * field holds: times, base64, integers of 32 bits. Beside it, kinds that are not served, and fields that are behind a feature
 * gate that is off, by default.
 * Undefined for a kind of somebody else's. What a version does not have, or not yet, `versionProblems` says.
 *
 * Source: the OpenAPI documents of Kubernetes, and what its API server says when it reads JSON.
 *
 * @param version that of Kubernetes, as "1.34": its gates count.
 * @example
 * const object = { apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: { ports: [{ name: "http" }] } };
 * schemaProblems(object)?.problems[0]?.path; // "spec.ports[0].port"
 */
export function schemaProblems(
  object: KubernetesObject,
  version: string = newestVersion,
): SchemaProblems | undefined {
  const field = fieldOf(builtInKind(object.apiVersion, object.kind));
  if (!field) return undefined;
  const notes = new Set<Finding>();
  const findings = findingsIn(object, field, true, (value, known, found) => {
    if (!isObject(value)) {
      const misread = misreadOf(value, known);
      if (misread) found.push({ steps: [], problem: (path) => misread(path, value) });
      return;
    }
    const definition = known.type === "object" ? definitionOf(known.definition) : undefined;
    if (!definition) return;
    lookForMissing(value, definition, found);
    const gated = gatedFieldsOf(definition.name ?? "");
    if (gated.size > 0) lookForGated(value, gated, version, (note) => found.push(note) && notes.add(note));
  });
  const unserved = unservedKind(object, version);
  if (findings.length === 0 && !unserved) return nothingFound;
  const problemsOf = (some: readonly (FieldProblem | undefined)[]): Problem[] =>
    some.flatMap((problem) => (problem ? [{ object: displayName(object), ...problem }] : []));
  const isPassedOver = passedOver(object, Number(version.split(".")[1]), notes);
  const dropped = findings.filter(
    (finding) =>
      !notes.has(finding) && isPassedOver(finding.steps) && !saidElsewhere.has(problemAt("", finding).code),
  );
  const problems = findings.filter((finding) => !notes.has(finding) && !dropped.includes(finding));
  return {
    problems: problemsOf(problems.map((finding) => problemAt("", finding))),
    notes: problemsOf([unserved, ...[...notes, ...dropped].map((finding) => problemAt("", finding))]),
  };
}

const nothingFound: SchemaProblems = { problems: [], notes: [] };

/** What an API server says while it reads an object, of places that it passes over, too. */
const saidElsewhere = new Set(["type-mismatch", "field-unknown", "base64-malformed"]);

/** Looks for fields of an object that a gate keeps from having any effect. */
function lookForGated(
  value: Readonly<Record<string, unknown>>,
  fields: ReadonlyMap<string, string>,
  version: string,
  report: (note: Finding) => void,
): void {
  const minor = Number(version.split(".")[1]);
  for (const [name, line] of fields) {
    const gate = value[name] === undefined || value[name] === null ? undefined : gateIn(line, minor);
    if (gate) report({ steps: [name], problem: (path) => ({ path, ...behindGate(name, gate, version) }) });
  }
}

const behindGate = (name: string, gate: Gate, version: string): Omit<FieldProblem, "path"> => ({
  code: "field-gated",
  what: `${name} is behind the feature gate ${gate.name}, which is ${gate.stage} and off by default in Kubernetes ${version}`,
  expected: "a cluster with the gate turned on: any other drops the field, or passes it over",
  fix: "take the field out, or see to it that the gate is on",
});

function lookForMissing(
  value: Readonly<Record<string, unknown>>,
  { name: of, required = [] }: Definition,
  findings: Finding[],
): void {
  for (const name of required) {
    if ((value[name] !== undefined && value[name] !== null) || notDemanded.has(`${of}.${name}`)) continue;
    findings.push({ steps: [name], problem: (path) => ({ path, ...missingField(name) }) });
  }
}

const missingField = (name: string): Omit<FieldProblem, "path"> => ({
  code: "field-missing-by-schema",
  what: `the field "${name}" is missing`,
  expected: "a value: the kind's schema requires it",
  fix: `state ${name}`,
});

type MisreadAs = (path: string, value: unknown) => FieldProblem;

const wanted =
  (expected: string): MisreadAs =>
  (path, value) =>
    wrongType(path, expected, value);

/** The value is not shown: it may be meant to be secret. */
const noBase64: MisreadAs = (path) => ({
  path,
  code: "base64-malformed",
  what: "the text is not base64",
  expected: "bytes in base64, with padding",
  fix: "encode the value; a Secret takes plain text under stringData",
});

/** What is wrong with a text or number that the API server could not read, though it has the right type. */
function misreadOf(value: unknown, { type, format }: Field): MisreadAs | undefined {
  if (type === "integer") {
    const bits = format === "int64" ? 64 : 32;
    return fitsIn(value, bits) ? undefined : wanted(`an integer of ${bits} bits`);
  }
  if (type !== "string" || format === undefined) return undefined;
  if (format === "byte") return isBase64(String(value)) ? undefined : noBase64;
  return isTime(String(value)) ? undefined : wanted("a time such as 2026-01-31T12:00:00Z");
}

const fitsIn = (value: unknown, bits: number): boolean =>
  typeof value === "bigint"
    ? BigInt.asIntN(bits, value) === value
    : typeof value === "number" && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

/** As Go reads it (encoding/base64, StdEncoding): with padding, line breaks passed over. */
const isBase64 = (text: string): boolean => {
  const bare = text.replaceAll(/[\r\n]/g, "");
  return bare.length % 4 === 0 && /^[\w+/]*={0,2}$/.test(bare) && !bare.includes("_");
};

/** RFC 3339, which Date reads as well. */
const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text.replace(/\.\d+/, "")));
