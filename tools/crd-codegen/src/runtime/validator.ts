import { pruned, withDefaults } from "./complete.ts";
import { join, show, stepsOf, type ValidationIssue } from "./issue.ts";
import { isLabelValue, isQualifiedName, resourceSchema } from "./metadata.ts";
import { isFields, resolver, type Definitions, type Schema } from "./schema.ts";
import { validate, type RunRules } from "./validate.ts";

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
  /** A copy as the API server keeps it: defaults put in, fields that it does not know left out. */
  readonly complete: (value: Written) => Written & Omit<Observed, "metadata" | "status">;
  /** The interface of https://standardschema.dev, version 1, which form and API libraries take. */
  readonly "~standard": StandardProperties<Written>;
}

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
  readonly schema: Schema;
}

/**
 * A validator of one kind.
 *
 * @param runRules runs the schema's rules; without it they are not asked.
 */
export function createValidator<Written, Observed>(
  { apiVersion, kind, scope, schema }: KindSchema,
  definitions: Definitions,
  runRules?: RunRules,
): Validator<Written, Observed> {
  const resolve = resolver(definitions);
  const whole = resourceSchema(schema, apiVersion, kind);
  const asResource: Schema = { ...schema, "x-kubernetes-embedded-resource": true };
  return validatorOf<Written, Observed>({
    apiVersion,
    kind,
    validate(value, old) {
      const issues = validate(withDefaults(value, whole, resolve), whole, resolve, runRules, old);
      return [...issues, ...metadataIssues(value, scope)];
    },
    complete: (value) =>
      withDefaults(pruned(value, asResource, resolve), whole, resolve) as Written &
        Omit<Observed, "metadata" | "status">,
  });
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

/** What `ObjectMeta` demands beyond the types of its fields. */
function metadataIssues(value: unknown, scope: string): ValidationIssue[] {
  const metadata = isFields(value) ? value["metadata"] : undefined;
  if (!isFields(metadata)) return [];
  const { labels, annotations, namespace } = metadata;
  const isNamed = [metadata["name"], metadata["generateName"]].some(
    (name) => name !== undefined && name !== "",
  );
  const nameless = { path: "metadata.name", message: `the field "name" is required`, expected: "a value" };
  const keys = Object.entries({ labels, annotations }).flatMap(([field, map]) =>
    Object.keys(isFields(map) ? map : {})
      .filter((key) => !isQualifiedName(key))
      .map((key) => ({
        path: join(`metadata.${field}`, key),
        message: "the key is malformed",
        expected: "a name, or a DNS name, a slash and a name: example.com/name",
        got: show(key),
      })),
  );
  const values = Object.entries(isFields(labels) ? labels : {})
    .filter(([, text]) => typeof text === "string" && !isLabelValue(text))
    .map(([key, text]) => ({
      path: join("metadata.labels", key),
      message: "the label's value is malformed",
      expected: "at most 63 letters, digits, dashes, underscores and dots",
      got: show(text),
    }));
  const misplaced = scope === "Cluster" && typeof namespace === "string" && namespace !== "";
  const place = {
    path: "metadata.namespace",
    message: "the kind is cluster-scoped",
    expected: "no namespace",
  };
  return [
    ...(isNamed ? [] : [nameless]),
    ...keys,
    ...values,
    ...(misplaced ? [{ ...place, got: show(namespace) }] : []),
  ];
}
