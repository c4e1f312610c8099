import {
  didYouMean,
  displayName,
  isExternal,
  unknownFields,
  type KubernetesObject,
  type Resource,
} from "@atlas/compose";
import { readExternal } from "../read/external.ts";
import type { Finding } from "@atlas/input";
import type { KnownDefinitions } from "./known-definitions.ts";
import { rememberedByContent } from "../read/remembered.ts";
import { joinPath, watch } from "./watch.ts";

/** A class of `kubernetes-models`: its prototype has the validator that was compiled from the schema. */
interface ModelClass {
  readonly prototype: { readonly validate: (this: object) => void };
}
interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly params?: { readonly allowedValues?: readonly unknown[] };
}

/**
 * What schemas and the API server's own rules have against objects; the kinds of which no schema is known, by the first object
 * of each, and what else is only worth knowing.
 */
export interface SchemaCheck {
  readonly problems: readonly Finding[];
  readonly unknown: readonly Finding[];
}

/**
 * Holds objects against their schemas: of a kind with a CustomResourceDefinition against that, of Kubernetes' and Istio's
 * kinds against those that come along, and all of them against the API server's own rules. Unknown fields are refused.
 *
 * @param version that of Kubernetes, as "1.34"; the newest that is known if it is undefined.
 */
export async function checkSchemas(
  resources: readonly Resource[],
  definitions: KnownDefinitions,
  version: string | undefined,
): Promise<SchemaCheck> {
  const { checkRules } = await import("./rule-check.ts");
  const problems: Finding[] = [];
  const notes: Finding[] = [];
  const unknown = new Map<string, Finding>();
  for (const resource of resources) {
    const rules = checkRules(opened(resource), version);
    notes.push(...rules.notes);
    const found = (await findingsByDefinition(resource, definitions)) ?? (await modelFindingsOnce(resource));
    problems.push(
      ...(found ?? []),
      ...rules.problems.filter(({ path }) => !found?.some((each) => each.path === path)),
    );
    if (!found) {
      const name = `${resource.apiVersion} ${resource.kind}`;
      if (!unknown.has(name)) unknown.set(name, noSchema(resource, definitions));
    }
  }
  return { problems, unknown: [...unknown.values(), ...notes] };
}

const opened = (resource: Resource): KubernetesObject =>
  isExternal(resource) ? readExternal(resource.source) : resource;

async function findingsByDefinition(
  resource: Resource,
  definitions: KnownDefinitions,
): Promise<readonly Finding[] | undefined> {
  const crd = definitions.of(resource);
  if (!crd) return undefined;
  const { definitionFindings } = await import("./definition-check.ts");
  return definitionFindings(opened(resource), crd);
}

function noSchema(resource: Resource, definitions: KnownDefinitions): Finding {
  const { apiVersion, kind } = resource;
  const fix = "state its CustomResourceDefinition among the crds of a layer, or correct apiVersion and kind";
  return {
    object: displayName(resource),
    what: `no schema is known for ${apiVersion} ${kind}, so nobody has looked at its fields`,
    expected: "a kind of Kubernetes or Istio, or one whose CustomResourceDefinition a layer has or names",
    fix: didYouMean(kind, definitions.kindsBeside(resource), fix),
  };
}

/** Most objects of a fleet are the same in many of its environments; each is looked at once. */
const modelFindingsOnce = rememberedByContent((resource: Resource) => modelFindings(opened(resource)));

/**
 * Holds a built-in object, or one of Istio's, against its schema. Undefined for a kind of somebody else's.
 *
 * Loads the one class that the object's kind needs, for these modules cost more than a whole render.
 */
async function modelFindings(resource: KubernetesObject): Promise<readonly Finding[] | undefined> {
  const object = displayName(resource);
  const model = await modelOf(resource);
  if (!model) return isIstio(resource) ? noSuchKind(resource) : undefined;
  const { value, unread } = watch(withNumbers(resource) as KubernetesObject);
  const problems = schemaErrors(model, value).map(({ instancePath, message, params }) => ({
    object,
    path: pathOf(instancePath),
    what: "the value does not match its schema",
    expected: params?.allowedValues
      ? `one of: ${params.allowedValues.join(", ")}`
      : (message ?? "another value").replace(/^must be /, ""),
    fix: "correct the object where it is declared",
  }));
  const unknown = isIstio(resource)
    ? unread().map((problem) => ({ object, ...problem }))
    : unknownFields(resource);
  return [...problems, ...unknown];
}

/** A copy in which what is too large for JavaScript's numbers is rounded: the validators know no bigint. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withNumbers(inner)]));
}

/** The error for a kind that Istio does not have; a kind of Kubernetes has been refused when it was composed. */
async function noSuchKind({ apiVersion, kind, metadata }: KubernetesObject): Promise<readonly Finding[]> {
  const kinds = await kindsIn(`${libraryOf(apiVersion)}/${apiVersion}`);
  return [
    {
      object: `${kind}/${metadata.name}`,
      what: `no schema is known for ${apiVersion} ${kind}`,
      expected: kinds ? "a kind of that group and version" : "a version that the group has",
      fix: didYouMean(kind, kinds ?? [], "correct apiVersion or kind, or render without --validate"),
    },
  ];
}

/** The names in a version of a group; undefined for one that a library does not have. */
async function kindsIn(name: string): Promise<readonly string[] | undefined> {
  try {
    return Object.keys(await import(name));
  } catch {
    return undefined;
  }
}

const libraryOf = (apiVersion: string): string =>
  isIstio({ apiVersion }) ? "@kubernetes-models/istio" : "kubernetes-models";

const isIstio = ({ apiVersion }: Pick<KubernetesObject, "apiVersion">): boolean =>
  /\.istio\.io\//.test(apiVersion);

async function modelOf({ apiVersion, kind }: KubernetesObject): Promise<ModelClass | undefined> {
  // Both become part of a module's name.
  if (!/^[\w.-]+(?:\/\w+)?$/.test(apiVersion) || !/^\w+$/.test(kind)) return undefined;
  try {
    const module: Record<string, ModelClass | undefined> = await import(
      `${libraryOf(apiVersion)}/${apiVersion}/${kind}`
    );
    return module[kind];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  }
}

function schemaErrors(model: ModelClass, value: object): readonly SchemaError[] {
  try {
    Reflect.apply(model.prototype.validate, value, []);
    return [];
  } catch (error) {
    if (error instanceof Error && "errors" in error && Array.isArray(error.errors)) return error.errors;
    throw error;
  }
}

/** `/spec/ports/0/name` as `spec.ports[0].name`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => joinPath(path, step), "");
}
