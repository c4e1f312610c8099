import { toYaml } from "@atlas/compose/yaml";
import { mapSchemas, type Crd, type SharedDefinitions } from "./crd.ts";
import { localPrefix } from "./expand.ts";
import { isObject, mapSubschemas, ownProperty, type Schema, type SchemaStep } from "./schema.ts";

/** The widest a node may be to stand on one line. */
const lineWidth = 100;

/** A compact source as text: what is small stands on one line, so that a person can read a schema at a glance. */
export function compactYaml(value: object, comment: string): string {
  const lines = comment.split("\n").map((line) => `#${line}\n`);
  return `${lines.join("")}\n${toYaml(value, fitsOneLine)}`;
}

function fitsOneLine(value: object): boolean {
  if (left(value, lineWidth - 1) < 0) return false;
  const properties = isObject(value) ? value["properties"] : undefined;
  return !isObject(properties) || Object.keys(properties).length <= 1;
}

/** How many characters are left of some when the value is written as JSON; less than none is known before all is read. */
function left(value: unknown, some: number): number {
  if (typeof value === "string") return value.length > some ? -1 : some - JSON.stringify(value).length;
  if (typeof value !== "object" || value === null) return some - String(value).length;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  let rest = some - 1 - Math.max(entries.length, 1);
  for (const [key, inner] of entries) {
    if (!Array.isArray(value)) rest -= JSON.stringify(key).length + 1;
    if (rest >= 0) rest = left(inner, rest);
    if (rest < 0) return rest;
  }
  return rest;
}

/** The schemas without what they say to people. */
export function withoutDescriptions(crd: Crd): Crd {
  return mapSchemas(crd, undescribed);
}

function undescribed({ description: _description, ...schema }: Schema): Schema {
  return mapSubschemas(schema, undescribed);
}

/**
 * The schemas' descriptions from an earlier compact source, kept where the same path is still there and nothing else is
 * said.
 */
export function withDescriptions(crd: Crd, earlier: Crd | undefined, definitions: SharedDefinitions): Crd {
  if (!earlier) return crd;
  const { $defs = {}, ...rest } = crd;
  const local = Object.entries($defs).map(([name, schema]) => {
    const before = definitions[`${crd.metadata.name}${localPrefix}${name}`];
    return [name, before ? redescribed(schema, before) : schema];
  });
  const described = local.length === 0 ? rest : { ...rest, $defs: Object.fromEntries(local) };
  return mapSchemas(described, (schema, version) => {
    const before = earlier.spec.versions.find(({ name }) => name === version.name)?.schema?.openAPIV3Schema;
    return before ? redescribed(schema, before) : schema;
  });
}

function redescribed(schema: Schema, before: Schema): Schema {
  const described = mapSubschemas(schema, (sub, step) => {
    const counterpart = schemaAt(before, step);
    return counterpart ? redescribed(sub, counterpart) : sub;
  });
  // First, where a reader looks for it.
  return before.description === undefined || described.description !== undefined
    ? described
    : { description: before.description, ...described };
}

function schemaAt(schema: Schema, [key, name]: SchemaStep): Schema | undefined {
  const at: unknown = schema[String(key)];
  if (name === undefined) return isObject(at) ? at : undefined;
  const inner: unknown = Array.isArray(at)
    ? at[Number(name)]
    : isObject(at)
      ? ownProperty(at, String(name))
      : undefined;
  return isObject(inner) ? inner : undefined;
}

/** The file of the shared Kubernetes definitions. */
export function definitionsYaml(definitions: SharedDefinitions): string {
  return compactYaml(
    { $defs: definitions },
    " Kubernetes' own definitions that the custom resources embed, named as Kubernetes names them.\n Written by crd-codegen import.",
  );
}
