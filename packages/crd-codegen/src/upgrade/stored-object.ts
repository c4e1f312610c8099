import { definitionTools } from "../definition-tools.ts";
import { pruned, withDefaults } from "../runtime/complete.ts";
import type { ValidationIssue } from "../runtime/issue.ts";
import { hasDuplicates } from "../runtime/list.ts";
import { resourceSchema } from "../runtime/metadata.ts";
import { scaleIssues } from "../runtime/scale.ts";
import { isFields, resolver, type Fields, type Schema } from "../runtime/schema.ts";
import { validate, type Ratchet } from "../runtime/validate.ts";
import type { KindSchema } from "../runtime/validator.ts";
import { keptPaths } from "./kept-paths.ts";
import type { ServedKind } from "./served-kind.ts";

/** A definition as a cluster takes it shares nothing. */
const resolve = resolver({});

/** An object as it is stored when it is written: of another version, what that one does not know is lost. */
export function asStored(object: Fields, { kind, storage }: ServedKind): Fields {
  const decoded = withOwnDefaults(withoutUnknown(object, kind), kind);
  return storage ? withoutUnknown(decoded, storage) : decoded;
}

/** A stored object as it is read: without what its schema does not know, and with its defaults. */
export function asRead(stored: Fields, { kind, storage = kind }: ServedKind): Fields {
  const decoded = withOwnDefaults(withoutUnknown(stored, storage), storage);
  return storage === kind ? decoded : withoutUnknown(decoded, kind);
}

/** An object as it is validated where it takes the place of one that was read: its status stays what it was. */
export function asUpdated(object: Fields, read: Fields, { kind }: ServedKind): Fields {
  const decoded = withOwnDefaults(withoutUnknown(object, kind), kind);
  if (!kind.hasStatus) return decoded;
  const { status: _status, ...own } = decoded;
  return read["status"] === undefined ? own : { ...own, status: read["status"] };
}

const withoutUnknown = (object: Fields, { schema }: KindSchema): Fields =>
  fieldsOrNone(pruned(object, { ...schema, "x-kubernetes-embedded-resource": true }, resolve));

const withOwnDefaults = (object: Fields, { schema }: KindSchema): Fields =>
  fieldsOrNone(withDefaults(object, schema, resolve));

const fieldsOrNone = (value: unknown): Fields => (isFields(value) ? value : {});

/** All that is wrong with an object that is created as it is. */
export const wrongWith = (object: Fields, { kind }: ServedKind): readonly ValidationIssue[] => [
  ...validate(object, wholeSchema(kind), resolve, definitionTools),
  ...(kind.scale ? scaleIssues(object, kind.scale, false) : []),
];

/** What is wrong with an update, in which whatever stays as it was read is excused. */
export function wrongWithUpdate(
  updated: Fields,
  read: Fields,
  { kind }: ServedKind,
): readonly ValidationIssue[] {
  const kept = keptPaths(updated, read, kind.schema);
  const ratchet: Ratchet = {
    isKept: (path) => kept.has(path),
    hadDuplicates: hasDuplicates(read, kind.schema, resolve),
  };
  return [
    ...validate(updated, wholeSchema(kind), resolve, { ...definitionTools, ratchet }, read),
    ...(kind.scale ? scaleIssues(updated, kind.scale, false) : []),
  ];
}

const wholeSchema = ({ schema, apiVersion, kind }: KindSchema): Schema =>
  resourceSchema(schema, apiVersion, kind);
