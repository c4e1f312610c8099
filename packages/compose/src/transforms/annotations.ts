import { identity, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import type { PlainObject } from "../value/plain.ts";
import {
  allChecks,
  anyValue,
  holdsSomething,
  having,
  listOfChecks,
  objectCheck,
  withFields,
  textCheck,
  type Check,
} from "../problems/field-checks.ts";
import type { Problem } from "../problems/problem.ts";
import { assign, malformedPairs, placesAt, templatesOf } from "./labels.ts";
import { inElement, type Transform } from "./transform.ts";

/** Annotations that a layer puts on its objects of some kinds, but not on the templates of their pods. */
export interface AnnotationRecord {
  /** What an object states itself it keeps. */
  readonly pairs: Readonly<Record<string, string>>;
  readonly kinds: readonly KindOfGroup[];
}

/** A kind; without one, every kind of the group. */
export interface KindOfGroup {
  /** The API group, empty for the core group. */
  readonly group: string;
  readonly kind?: string;
}

/** What a layer says of annotations. */
type Annotations = Readonly<Record<string, string>> | readonly AnnotationRecord[];

/** The field of a layer that says annotations. */
export interface AnnotationContent {
  /** Annotations of every object and of the templates of its pods; as records, of the objects of some kinds. */
  readonly annotations: Annotations;
}

const kindOfGroup: Check = allChecks(
  withFields({ group: anyValue, kind: textCheck }),
  having({ group: textCheck }),
);

/** Pairs for all objects, or records for those of some kinds. */
const annotationsCheck: Check = (value, path) =>
  Array.isArray(value)
    ? listOfChecks(
        allChecks(
          withFields({ pairs: holdsSomething, kinds: holdsSomething }),
          having({ kinds: listOfChecks(kindOfGroup) }),
        ),
      )(value, path)
    : objectCheck(value, path);

export const annotationTransform: Transform<AnnotationContent> = {
  field: "annotations",
  nothing: {},
  check: annotationsCheck,
  saysSomething: ({ annotations }) => Object.keys(annotations).length > 0,
  apply: ({ annotations }, { entries, open }) =>
    applyAnnotations(entries.filter(({ object }) => isAnnotated(object, annotations)).map(open), annotations),
  origin: ({ annotations }, { fields }, { object }) => {
    const name = fields.at(-1) ?? "";
    if (!isRecords(annotations)) return [name];
    return inElement(
      annotations.findIndex((each) => isFor(object, each) && Object.hasOwn(each.pairs, name)),
      "pairs",
      name,
    );
  },
};

/** Whether annotations are for the objects of some kinds. */
const isRecords = (annotations: Annotations): annotations is readonly AnnotationRecord[] =>
  Array.isArray(annotations);

/** Whether annotations are for an object. One that lies in a file is read only if they are. */
function isAnnotated(object: Resource, annotations: Annotations): boolean {
  if (!isRecords(annotations)) return Object.keys(annotations).length > 0;
  return annotations.some((record) => isFor(object, record));
}

/** Whether a record is for an object. */
function isFor(object: Resource, { kinds }: AnnotationRecord): boolean {
  const { group, kind } = identity(object);
  return kinds.some((wanted) => wanted.group === group && (wanted.kind ?? kind) === kind);
}

/** Sets annotations: on every object and in the templates of pods and jobs, or on those of some kinds. */
function applyAnnotations(objects: readonly KubernetesObject[], annotations: Annotations): Problem[] {
  return isRecords(annotations) ? applyRecords(objects, annotations) : applyToAll(objects, annotations);
}

function applyToAll(
  objects: readonly KubernetesObject[],
  annotations: Readonly<Record<string, string>>,
): Problem[] {
  const problems = malformedPairs(annotations, "annotations", false);
  if (problems.length > 0 || Object.keys(annotations).length === 0) return problems;
  for (const object of objects) {
    const paths = ["", ...templatesOf(object)].map((path) => `${path}/metadata/annotations`);
    for (const path of paths) {
      for (const place of placesAt(object, path, true)) assign(place, annotations);
    }
  }
  return [];
}

function applyRecords(objects: readonly KubernetesObject[], records: readonly AnnotationRecord[]): Problem[] {
  const problems = records.flatMap(({ pairs }, index) =>
    malformedPairs(pairs, `annotations[${index}].pairs`, false),
  );
  if (problems.length > 0) return problems;
  for (const object of objects)
    for (const record of records.filter((each) => isFor(object, each)))
      for (const place of placesAt(object, "metadata/annotations", true)) assignMissing(place, record.pairs);
  return [];
}

const assignMissing = (place: PlainObject, pairs: Readonly<Record<string, string>>): void =>
  assign(place, Object.fromEntries(Object.entries(pairs).filter(([name]) => !Object.hasOwn(place, name))));
