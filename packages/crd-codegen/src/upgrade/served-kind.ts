import { kindSchemaOf } from "../model/kind-schema.ts";
import { isObject, type Json, wordIn } from "../model/schema.ts";
import type { KindSchema } from "../runtime/validator.ts";

/** What a CustomResourceDefinition says of objects in one of its versions. */
export interface ServedKind {
  readonly kind: KindSchema;
  /** The version that they are stored in, where that is another one; none where a webhook converts them. */
  readonly storage: KindSchema | undefined;
}

/** What a CRD says of objects of an apiVersion; undefined where it does not serve that, or states no schema for it. */
export function servedKind(crd: Json, apiVersion: unknown): ServedKind | undefined {
  const spec = objectBelow(crd, "spec");
  const group = wordIn(spec, "group");
  const of = { group, scope: wordIn(spec, "scope"), kind: wordIn(objectBelow(spec, "names"), "kind") };
  const versions = (Array.isArray(spec["versions"]) ? spec["versions"] : []).filter(isObject);
  const schemaOf = (version: Json | undefined): KindSchema | undefined => {
    const { openAPIV3Schema: schema } = objectBelow(version ?? {}, "schema");
    return version && isObject(schema) ? kindSchemaOf(of, version, schema) : undefined;
  };
  const version = versions.find((each) => `${group}/${wordIn(each, "name")}` === apiVersion);
  const kind = version?.["served"] === false ? undefined : schemaOf(version);
  const stored = versions.find(({ storage }) => storage === true);
  const isConverted = objectBelow(spec, "conversion")["strategy"] === "Webhook";
  return kind && { kind, storage: isConverted || stored === version ? undefined : schemaOf(stored) };
}

/** The apiVersions that a CRD serves. */
export function servedVersions(crd: Json): string[] {
  const spec = objectBelow(crd, "spec");
  return (Array.isArray(spec["versions"]) ? spec["versions"] : [])
    .filter(isObject)
    .filter(({ served }) => served !== false)
    .map((version) => `${wordIn(spec, "group")}/${wordIn(version, "name")}`);
}

function objectBelow(holder: Json, field: string): Json {
  const value = holder[field];
  return isObject(value) ? value : {};
}
