import { printedSteps } from "../value/path.ts";
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
  const kind = kindVersionProblem(object, target);
  if (kind) return [kind];
  const minor = minorOf(target.version);
  const found: Problem[] = [];
  look(object, { type: "object", definition }, [], (steps, value, span) => {
    if (isInVersion(span, minor)) return;
    const path = printedSteps(steps);
    const name = value === undefined ? path : `${path}: ${value}`;
    found.push({ object: displayName(object), path, ...notThere(name, span, target), fix: otherCluster });
  });
  return found;
}

/**
 * As `versionProblems`, of the kind alone.
 *
 * @example
 *   const object = { apiVersion: "resource.k8s.io/v1", kind: "ResourceClaim", metadata: { name: "a" } };
 *   kindVersionProblem(object, { version: "1.33", of: "dev" })?.path; // "apiVersion"
 */
export function kindVersionProblem(object: KubernetesObject, target: TargetVersion): Problem | undefined {
  const { apiVersion, kind } = object;
  const definition = builtInKind(apiVersion, kind);
  if (!definition || isInVersion(definition.span, minorOf(target.version))) return undefined;
  const lacks = notThere(`${kind} in ${apiVersion}`, definition.span, target);
  return { object: displayName(object), path: "apiVersion", ...lacks, fix: otherVersion };
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

/** Takes what has a span: the steps to it, and the value where that is what has one. */
type Add = (steps: readonly (string | number)[], value: string | undefined, span: Span) => void;

/** Nearly everything is there in every version: the way to a value is a list of steps until something is said of it. */
function look(value: unknown, field: Field | undefined, steps: (string | number)[], add: Add): void {
  if (!field || value === undefined || value === null) return;
  if (typeof value === "string") {
    const span = field.valueSpans?.get(value);
    if (span) add(steps, value, span);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      lookWithin(value[index], field.items, index, steps, add);
  } else if (isObject(value)) {
    const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
    for (const name of Object.keys(value)) {
      const known = definition ? fieldNamed(definition, name) : field.items;
      lookWithin(value[name], known, name, steps, add);
    }
  }
}

function lookWithin(
  value: unknown,
  field: Field | undefined,
  step: string | number,
  steps: (string | number)[],
  add: Add,
): void {
  steps.push(step);
  if (field?.span && value !== null) add(steps, undefined, field.span);
  look(value, field, steps, add);
  steps.pop();
}
