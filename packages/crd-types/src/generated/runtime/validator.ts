// Generated from crds/ by crd-codegen. Do not edit.

import { pruned, unknownIn, withDefaults } from "./complete.ts";
import { stepsOf, unknownFieldIssue, type ValidationIssue } from "./issue.ts";
import { generatedNameIssues } from "./generated-name.ts";
import { decodedMetadata, resourceSchema } from "./metadata.ts";
import { identityIssues } from "./metadata-rules.ts";
import { plainIssues } from "./plain.ts";
import { scaleIssues, type Scale } from "./scale.ts";
import { isFields, resolver, type Definitions, type Resolve, type Schema } from "./schema.ts";
import { validate, type Tools } from "./validate.ts";

/** What an application may ask of a kind of custom resource. */
export interface Validator<Written, Observed> {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * Everything that is wrong with an object, all at once; nothing for one that the API server accepts under strict field
   * validation.
   *
   * @param old the object that it replaces: with it, rules about the change are asked too (CEL's `oldSelf`).
   */
  readonly validate: (value: unknown, old?: unknown) => readonly ValidationIssue[];
  /**
   * A copy as the API server keeps it: defaults put in, fields that it does not know left out.
   *
   * @throws TypeError when the value is none that JSON can say, or nests more than 500 levels; `validate` says so, too.
   */
  readonly complete: (value: Written) => Completed<Written, Observed>;
  /** The interface of https://standardschema.dev, version 1, which form and API libraries take. */
  readonly "~standard": StandardProperties<Written>;
}

/** What is written with its defaults; a status is among them where it is one itself, so that it is always there. */
export type Completed<Written, Observed> = Written &
  Omit<Observed, "metadata" | (Observed extends { status: unknown } ? never : "status")>;

/** `StandardSchemaV1.Props` of https://standardschema.dev. */
export interface StandardProperties<T> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (value: unknown) => StandardResult<T>;
  readonly types?: { readonly input: T; readonly output: T } | undefined;
}

/** `StandardSchemaV1.Result` of https://standardschema.dev. */
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };

/** A kind in one version, as the generated data states it. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: string;
  /** Whether the status is a subresource, which the API server ignores where a person writes it. */
  readonly hasStatus: boolean;
  /** Where the subresource `scale` finds its fields, if there is one. */
  readonly scale?: Scale;
  readonly schema: Schema;
}

/**
 * A validator of one kind.
 *
 * @param tools what the schema needs beyond this: rules and patterns that JavaScript cannot say.
 */
export function createValidator<Written, Observed>(
  { apiVersion, kind, scope, hasStatus, scale, schema }: KindSchema,
  definitions: Definitions,
  tools: Tools = {},
): Validator<Written, Observed> {
  const resolve = resolver(definitions);
  const whole = resourceSchema(schema, apiVersion, kind);
  return validatorOf<Written, Observed>({
    apiVersion,
    kind,
    validate: (value, old) => {
      const given = plainIssues(value);
      const before = plainIssues(old ?? null);
      if (given.isTooDeep || before.isTooDeep) return [...given.issues, ...before.issues.map(ofEarlier)];
      const completed = withDefaults(decoded(value), whole, resolve);
      const kept = hasStatus ? withStatusOf(completed, old) : completed;
      // Of a status that is there already, rules may say something; the rest is not this writer's.
      const isTheirs = hasStatus && isFields(kept) && kept["status"] !== undefined;
      const issues = validate(kept, whole, resolve, tools, old).filter(
        ({ path }) => !isTheirs || stepsOf(path)[0] !== "status",
      );
      const more = [
        ...(hasStatus ? unknownInStatus(value, schema, resolve) : []),
        ...generatedNameIssues(kept, schema, resolve, tools),
        ...(scale ? scaleIssues(kept, scale, hasStatus) : []),
      ];
      const paths = new Set(issues.map(({ path }) => path));
      return [
        // Where a value has the wrong type, the schema says more.
        ...given.issues.filter(({ path }) => !paths.has(path)),
        ...issues,
        ...more.filter(({ path }) => !paths.has(path)),
        ...identityIssues(value, scope),
      ];
    },
    complete: (value) => {
      const asResource: Schema = { ...schema, "x-kubernetes-embedded-resource": true };
      const [issue] = plainIssues(value).issues;
      if (issue) throw new TypeError(sentence(issue));
      const known = pruned(structuredClone(value), asResource, resolve);
      return withDefaults(hasStatus ? withoutStatus(known) : known, whole, resolve) as Completed<
        Written,
        Observed
      >;
    },
  });
}

/** What is wrong with the object that another replaces. */
const ofEarlier = (issue: ValidationIssue): ValidationIssue => ({
  ...issue,
  message: `of the earlier object, ${issue.message}`,
});

function sentence({ path, message, expected = "", got }: ValidationIssue): string {
  const start = path === "" ? message : `${path}: ${message}`;
  return `${start}; expected ${expected}${got === undefined ? "" : `, got ${got}`}`;
}

/** What of a status, of which nothing else is looked at, the schema does not know: a field of it, or that there is one. */
function unknownInStatus(value: unknown, schema: Schema, resolve: Resolve): readonly ValidationIssue[] {
  const status = statusOf(value);
  const { properties = {} } = schema;
  const isKnown = Object.hasOwn(properties, "status");
  if (isKnown) return unknownIn(status, properties["status"], "status", resolve);
  const isKept = status === undefined || schema["x-kubernetes-preserve-unknown-fields"] === true;
  return isKept ? [] : [unknownFieldIssue("status", Object.keys(properties), "")];
}

/** The object as the API server has read its metadata. */
const decoded = (value: unknown): unknown =>
  isFields(value) && isFields(value["metadata"])
    ? { ...value, metadata: decodedMetadata(value["metadata"]) }
    : value;

const statusOf = (value: unknown): unknown => (isFields(value) ? value["status"] : undefined);

function withoutStatus(value: unknown): unknown {
  if (!isFields(value)) return value;
  const { status: _status, ...written } = value;
  return written;
}

/** The object as it is validated where its status is a subresource: with the status that is there already. */
function withStatusOf(value: unknown, old: unknown): unknown {
  const written = withoutStatus(value);
  const status = statusOf(old);
  return isFields(written) && status !== undefined ? { ...written, status } : written;
}

/** A validator of which the part that Standard Schema asks for follows from the others. */
export function validatorOf<Written, Observed>(
  own: Omit<Validator<Written, Observed>, "~standard">,
): Validator<Written, Observed> {
  return {
    ...own,
    "~standard": {
      version: 1,
      vendor: "atlas",
      validate(value) {
        const issues = own.validate(value);
        return issues.length === 0 ? { value: value as Written } : { issues: issues.map(standardIssue) };
      },
    },
  };
}

function standardIssue({ path, message, expected, suggestion }: ValidationIssue) {
  const rest = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(suggestion === undefined ? [] : [`did you mean "${suggestion}"?`]),
  ];
  return { message: [message, ...rest].join("; "), path: stepsOf(path) };
}
