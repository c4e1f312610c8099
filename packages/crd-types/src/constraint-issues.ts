import type { ValidationIssue } from "./generated/runtime/issue.ts";

type SpecFields = { readonly [name: string]: unknown };
type SpecRule = (spec: SpecFields) => readonly ValidationIssue[];

const isSpecObject = (value: unknown): value is SpecFields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const specFields = (value: unknown): SpecFields => (isSpecObject(value) ? value : {});

/** The names of the fields that say something; an empty text or object says nothing. */
function stated(spec: SpecFields, names: readonly string[]): string[] {
  return names.filter((name) => {
    const value = spec[name];
    if (typeof value === "string") return value !== "";
    return (
      typeof value === "object" && value !== null && Object.values(value).some((inner) => inner !== undefined)
    );
  });
}

/**
 * One of several fields must be stated, and no other beside it.
 *
 * @param mayLack whether what is stated elsewhere may say it instead.
 */
function exactlyOneOf(
  path: string,
  what: string,
  names: readonly string[],
  mayLack = false,
): (holder: SpecFields) => readonly ValidationIssue[] {
  return (holder) => {
    const found = stated(holder, names);
    if (found.length === 1 || (found.length === 0 && mayLack)) return [];
    const message =
      found.length === 0
        ? `${what} is not stated`
        : `${what} is stated ${found.length} times: ${found.join(", ")}`;
    return [{ path, message, expected: `exactly one of: ${names.join(", ")}` }];
  };
}

/** The operator takes the first of these that it finds and ignores the others without a word. */
const target: SpecRule = (spec) =>
  exactlyOneOf("spec", "the target database", ["url", "urlFrom", "credentials"], hasConfig(spec))(spec);

/** A configuration of one's own may have the target and the desired state in its environment. */
const hasConfig = (spec: SpecFields): boolean => stated(spec, ["config", "configFrom"]).length > 0;

/** The operator looks at nothing else of the credentials as long as they have no host. */
const credentialsHost: SpecRule = ({ credentials }) => {
  const isStated = stated({ credentials }, ["credentials"]).length > 0;
  if (!isStated || stated(specFields(credentials), ["host", "hostFrom"]).length > 0) return [];
  return [
    {
      path: "spec.credentials",
      message: "the credentials have no host to reach the target database by",
      expected: "host or hostFrom",
    },
  ];
};

const customDevDatabase: SpecRule = (spec) => {
  if (stated(spec, ["devDB"]).length === 0 || stated(spec, ["devURL", "devURLFrom"]).length > 0) return [];
  return [
    {
      path: "spec.devDB",
      message: "a custom dev database has no URL to reach it by",
      expected: "devURL or devURLFrom beside devDB",
    },
  ];
};

const desiredState: SpecRule = (spec) =>
  exactlyOneOf(
    "spec.schema",
    "the desired state",
    ["sql", "hcl", "url", "configMapKeyRef"],
    hasConfig(spec),
  )(specFields(spec["schema"]));

const schemaFile: SpecRule = ({ schema }) => {
  const { configMapKeyRef, url } = specFields(schema);
  const { key } = specFields(configMapKeyRef);
  const issues: ValidationIssue[] = [];
  if (typeof key === "string" && !/\.(?:hcl|sql)$/.test(key)) {
    issues.push({
      path: "spec.schema.configMapKeyRef.key",
      message: "the operator can't tell the language of the file",
      expected: "a key that ends in .hcl or .sql",
      got: JSON.stringify(key),
    });
  }
  if (typeof url === "string" && url !== "" && !url.startsWith("atlas://")) {
    issues.push({
      path: "spec.schema.url",
      message: "the operator reads no such URL",
      expected: "a URL that starts with atlas://",
      got: JSON.stringify(url),
    });
  }
  return issues;
};

const migrationDirectory: SpecRule = ({ dir }) =>
  exactlyOneOf("spec.dir", "the migration directory", ["configMapRef", "local", "remote"])(specFields(dir));

/** What Atlas Operator v0.7.11 demands although its CRDs allow otherwise. */
const rules: { readonly [apiVersionAndKind: string]: readonly SpecRule[] } = {
  "db.atlasgo.io/v1alpha1/AtlasSchema": [
    target,
    credentialsHost,
    desiredState,
    schemaFile,
    customDevDatabase,
  ],
  "db.atlasgo.io/v1alpha1/AtlasMigration": [target, credentialsHost, migrationDirectory, customDevDatabase],
};

/** What the operator refuses in an object although its CRD allows it. */
export function constraintIssues(apiVersionAndKind: string, value: unknown): readonly ValidationIssue[] {
  const { spec } = specFields(value);
  // A value that is not an object, and a spec that is none, has been refused by the schema already.
  if (!isSpecObject(value) || (spec !== undefined && !isSpecObject(spec))) return [];
  return (rules[apiVersionAndKind] ?? []).flatMap((rule) => rule(specFields(spec)));
}
