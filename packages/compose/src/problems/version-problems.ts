import { fieldPath } from "../value/path.ts";
import { displayName, type KubernetesObject } from "../kubernetes/object.ts";
import { isObject } from "../value/plain.ts";
import type { Problem } from "./problem.ts";
import { newestVersion } from "../kubernetes/known-versions.ts";
import {
  builtInKind,
  definitionOf,
  fieldNamed,
  type Definition,
  type Field,
  type Span,
} from "../kubernetes/schema.ts";

/** The version of Kubernetes that an object is for, and whose word that is: `{ version: "1.34", of: "dev" }`. */
export interface TargetVersion {
  readonly version: string;
  /** What is for it, as an environment is called. */
  readonly of: string;
}

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** Whether what has a span is there in a minor version. */
export const isInVersion = (span: Span | undefined, minor: number): boolean =>
  minor >= (span?.since ?? 0) && minor <= (span?.until ?? Infinity);

/**
 * The fields that a kind of Kubernetes itself has in a version, and the values that these have then; undefined where that
 * version does not have the kind. What its fields are made of, `fieldsIn` tells.
 *
 * @example
 *   fieldsOf("v1", "Pod", "1.34")?.fields.has("spec"); // true
 */
export function kindFields(
  apiVersion: string,
  kind: string,
  version: string = newestVersion,
): Definition | undefined {
  const definition = builtInKind(apiVersion, kind);
  return definition && fieldsIn(definition, version);
}

/** A definition, or the one of that name, as a version of Kubernetes has it; undefined where it has none. */
export function fieldsIn(definition: string | Definition, version: string): Definition | undefined {
  const minor = minorOf(version);
  const known = definitionOf(definition);
  if (!known || !isInVersion(known.span, minor)) return undefined;
  const fields = [...known.fields].filter(([, { span }]) => isInVersion(span, minor));
  return { ...known, fields: new Map(fields.map(([name, field]) => [name, valuesOfVersion(field, minor)])) };
}

function valuesOfVersion(field: Field, minor: number): Field {
  const { values, valueSpans, items } = field;
  if (items?.valueSpans) return { ...field, items: valuesOfVersion(items, minor) };
  if (!values || !valueSpans) return field;
  return { ...field, values: values.filter((value) => isInVersion(valueSpans.get(value), minor)) };
}

/**
 * What of an object of Kubernetes itself the version that it is for does not have, or not any more: the kind, fields,
 * values. What no version has is found when the object is composed.
 *
 * @example
 *   const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { schedulingGroup: {} } };
 *   versionProblems(object, { version: "1.34", of: "dev" })[0]?.what;
 *   // "spec.schedulingGroup exists from 1.36 on; dev is for 1.34"
 */
export function versionProblems(object: KubernetesObject, target: TargetVersion): readonly Problem[] {
  const definition = builtInKind(object.apiVersion, object.kind);
  if (!definition) return [];
  const minor = minorOf(target.version);
  const { apiVersion, kind } = object;
  const found: Problem[] = [];
  const add = (path: string, name: string, span: Span | undefined, fix: string): void => {
    if (!isInVersion(span, minor))
      found.push({ object: displayName(object), path, ...notThere(name, span, target), fix });
  };
  add("apiVersion", `${kind} in ${apiVersion}`, definition.span, otherVersion);
  if (found.length === 0) look(object, { type: "object", definition }, "", add);
  return found;
}

const otherVersion = "state a version of the kind that it has, or another version of Kubernetes";
const otherCluster = "take it out, or state the version that the cluster has";

function notThere(
  name: string,
  { since, until }: Span = {},
  { version, of }: TargetVersion,
): Omit<Problem, "object"> {
  const from = since === undefined ? "" : ` from 1.${since} on`;
  const to = until === undefined ? "" : `${since === undefined ? "" : ","} up to 1.${until}`;
  return {
    code: "version-lacks",
    what: `${name} exists${from}${to}; ${of} is for ${version}`,
    expected: `what Kubernetes ${version} has`,
  };
}

type Add = (path: string, name: string, span: Span | undefined, fix: string) => void;

function look(value: unknown, field: Field | undefined, path: string, add: Add): void {
  if (!field || value === undefined || value === null) return;
  if (typeof value === "string") {
    const span = field.valueSpans?.get(value);
    if (span) add(path, `${path}: ${value}`, span, otherCluster);
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) look(inner, field.items, `${path}[${index}]`, add);
  } else if (isObject(value)) {
    const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
    for (const [name, inner] of Object.entries(value)) {
      const known = definition ? fieldNamed(definition, name) : field.items;
      const at = fieldPath(path, name);
      if (known?.span && inner !== null) add(at, at, known.span, otherCluster);
      look(inner, known, at, add);
    }
  }
}
