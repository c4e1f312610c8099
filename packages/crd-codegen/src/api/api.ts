import { fieldsOfObjects } from "../model/crd.ts";
import { definitionName, referenceOf } from "../model/expand.ts";
import { definitionsUnder, servedKinds, type Kind, type Model } from "../model/model.ts";
import { canonical, isObject, type Schema } from "../model/schema.ts";

/** One field of an API: what may be written there, or what is read. */
export interface ApiField {
  /** Its type in short: `string`, `PodSpec`, `"a" | "b"`, `string[]`, `{ [name]: string }`, `object`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** What else the schema says, by keyword: `default`, `pattern`, `minimum`, `x-kubernetes-validations`… */
  readonly limits: ReadonlyMap<string, unknown>;
}

/** A kind in one version, or a Kubernetes definition that kinds share. */
export interface ApiPart {
  /** `AtlasSchema db.atlasgo.io/v1alpha1`, or the definition's name. */
  readonly name: string;
  /** What the CRD says of the kind as a whole: scope, storage version, subresources. */
  readonly facts: ReadonlyMap<string, string>;
  /** By path: `spec.dir.remote.name`; `[]` are the elements of a list, `{}` the values of a map. */
  readonly fields: ReadonlyMap<string, ApiField>;
}

/** The API that a model stands for: kinds first, then the definitions they use, each described once. */
export function apiOf(model: Model): readonly ApiPart[] {
  const kinds = servedKinds(model);
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  return [
    ...kinds.map(kindPart),
    ...[...used].toSorted().map((key) => ({
      name: isSharedKey(key, used) ? key : definitionName(key),
      facts: new Map<string, string>(),
      fields: fieldsOfApi(model.definitions[key] ?? {}),
    })),
  ];
}

/** Whether other CRDs have a definition of that name. */
const isSharedKey = (key: string, keys: ReadonlySet<string>): boolean =>
  [...keys].some((other) => other !== key && definitionName(other) === definitionName(key));

function kindPart({ kind, apiVersion, crd, version, schema }: Kind): ApiPart {
  const { scope, names } = crd.spec;
  const facts = {
    scope,
    storage: version.storage === true ? "yes" : "no",
    deprecated: version["deprecated"] === true ? "yes" : "no",
    subresources: Object.keys(version.subresources ?? {}).join(", "),
    plural: names.plural,
    "short names": Array.isArray(names["shortNames"]) ? names["shortNames"].join(", ") : "",
  };
  return {
    name: `${kind} ${apiVersion}`,
    facts: new Map(Object.entries(facts).filter(([, value]) => value !== "" && value !== "no")),
    fields: fieldsOfApi(schema),
  };
}

function fieldsOfApi(root: Schema): ReadonlyMap<string, ApiField> {
  const fields = new Map<string, ApiField>();
  const whole = apiLimits(root);
  if (whole.size > 0) fields.set("", { type: shortType(root), isRequired: true, limits: whole });
  const walk = (schema: Schema, path: string): void => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (path === "" && fieldsOfObjects.has(name)) continue;
      const at = [path, name].filter(Boolean).join(".");
      add(property, at, (schema.required ?? []).includes(name));
    }
    if (schema.items) inside(schema.items, `${path}[]`);
    if (isObject(schema.additionalProperties)) inside(schema.additionalProperties, `${path}{}`);
  };
  const add = (schema: Schema, at: string, isRequired: boolean): void => {
    fields.set(at, { type: shortType(schema), isRequired, limits: apiLimits(schema) });
    walk(schema, at);
  };
  // Elements have a line of their own only where there is something to say of them.
  const inside = (schema: Schema, at: string): void => {
    if (apiLimits(schema).size > 0) add(schema, at, false);
    else walk(schema, at);
  };
  walk(root, "");
  return fields;
}

/** The type in short; what is inside of an object is told by the fields below it. */
function shortType(schema: Schema): string {
  const reference = referenceOf(schema);
  if (reference !== undefined) return definitionName(reference);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema["x-kubernetes-int-or-string"] === true) return "integer | string";
  if (schema.type === "array") {
    const element = shortType(schema.items ?? {});
    return element.includes(" | ") ? `(${element})[]` : `${element}[]`;
  }
  if (isObject(schema.additionalProperties)) return `{ [name]: ${shortType(schema.additionalProperties)} }`;
  return schema.type ?? "unknown";
}

/** What the type does not say, and what stands for itself elsewhere. */
const told = new Set([
  "$ref",
  "type",
  "enum",
  "description",
  "properties",
  "required",
  "items",
  "additionalProperties",
]);
const implied = new Set(["x-kubernetes-int-or-string"]);

function apiLimits(schema: Schema): ReadonlyMap<string, unknown> {
  const isIntOrString = schema["x-kubernetes-int-or-string"] === true;
  return new Map(
    Object.entries(schema)
      .filter(([key]) => !told.has(key) && !implied.has(key) && !(isIntOrString && key === "anyOf"))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** One line a field: the compact report of an API, in which every later change is seen. */
export function formatApi(parts: readonly ApiPart[]): string {
  return parts
    .map(({ name, facts, fields }) => {
      const about = [...facts].map(([fact, value]) => `${fact}: ${value}`).join("; ");
      const lines = [...fields].map(
        ([path, field]) => `  ${path}${field.isRequired ? "" : "?"}: ${formatField(field)}\n`,
      );
      return `${name}${about === "" ? "" : ` (${about})`}\n${lines.join("")}`;
    })
    .join("\n");
}

function formatField({ type, limits }: ApiField): string {
  const said = [...limits].map(([key, value]) =>
    key === "default" ? `= ${canonical(value)}` : `${key.replace("x-kubernetes-", "")} ${canonical(value)}`,
  );
  return [type, ...said].join("; ");
}
