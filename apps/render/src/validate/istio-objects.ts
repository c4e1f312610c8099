import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, displayName, type KubernetesObject } from "@atlas/compose";
import { createValidator, type Validator } from "@atlas/crd-codegen/kind-validator";
import { packageFolder } from "@atlas/files/package-folder";
import type { Finding } from "@atlas/input";
import { findingOf } from "./issue-finding.ts";
import { istioRelease } from "./istio-release.ts";
import { runIstioRules } from "./istio-rules.ts";
import type { IstioSchema } from "./istio-schema.ts";

/** Whether an object is of a group of Istio's. */
export const isIstio = ({ apiVersion }: Pick<KubernetesObject, "apiVersion">): boolean =>
  /^[a-z]+\.istio\.io\//.test(apiVersion);

/** What Istio's CustomResourceDefinition of its kind has against an object, rules included; or that there is none. */
export function istioFindings(object: KubernetesObject): readonly Finding[] {
  const [group = "", version = ""] = object.apiVersion.split("/");
  const known = istioSchemaOf(group, object.kind);
  if (!known) return [noSuchKind(object, schemaKinds(group))];
  if (!known.versions.includes(version)) return [noSuchVersion(object, group, known.versions)];
  const validator = istioValidator(object.apiVersion, known);
  return validator.validate(object).map((issue) => findingOf(issue, displayName(object)));
}

/** Looked for once, where there is an object of Istio's. */
let foundFolder: string | undefined;
const schemaFolder = (): string =>
  (foundFolder ??= join(packageFolder(import.meta.dirname), "schemas/istio"));

/** The kinds of a group; the file of each is called after it. */
function schemaKinds(group: string): readonly string[] {
  try {
    return readdirSync(join(schemaFolder(), group)).map((file) => file.replace(/\.json$/, ""));
  } catch {
    return [];
  }
}

const schemas = new Map<string, IstioSchema>();

function istioSchemaOf(group: string, kind: string): IstioSchema | undefined {
  const name = `${group}/${kind}`;
  const known = schemas.get(name);
  // It becomes part of a file's name.
  if (known || !/^[\w.-]+\/\w+$/.test(name)) return known;
  const file = `${schemaFolder()}/${name}.json`;
  if (!existsSync(file)) return undefined;
  const schema: IstioSchema = JSON.parse(readFileSync(file, "utf8"));
  schemas.set(name, schema);
  return schema;
}

const istioValidators = new Map<string, Validator<unknown, unknown>>();

function istioValidator(apiVersion: string, schema: IstioSchema): Validator<unknown, unknown> {
  const name = `${apiVersion}/${schema.kind}`;
  const validator =
    istioValidators.get(name) ??
    createValidator<unknown, unknown>({ ...schema, apiVersion }, {}, { runRules: runIstioRules });
  istioValidators.set(name, validator);
  return validator;
}

const noSuchKind = (object: KubernetesObject, kinds: readonly string[]): Finding => ({
  object: displayName(object),
  path: kinds.length > 0 ? "kind" : "apiVersion",
  code: "kind-unknown",
  what: `no schema is known for ${object.apiVersion} ${object.kind}: Istio ${istioRelease} has no such kind`,
  expected: kinds.length > 0 ? `one of: ${kinds.join(", ")}` : "a group that Istio has",
  fix: didYouMean(
    object.kind,
    kinds,
    "correct apiVersion or kind, or state the kind's CustomResourceDefinition among the crds of a layer",
  ),
});

const noSuchVersion = (object: KubernetesObject, group: string, versions: readonly string[]): Finding => ({
  object: displayName(object),
  path: "apiVersion",
  code: "version-not-served",
  what: `no schema is known for ${object.apiVersion} ${object.kind}: Istio ${istioRelease} serves no such version`,
  expected: `one of: ${versions.map((version) => `${group}/${version}`).join(", ")}`,
  fix: "correct apiVersion or kind",
});
