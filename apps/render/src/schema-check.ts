import { displayName, isExternal, unknownFields, type KubernetesObject, type Resource } from "@atlas/compose";
import { readExternal } from "./external.ts";
import type { Finding } from "./failure.ts";
import { rememberedByContent } from "./remembered.ts";
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

/** Most objects of a fleet are the same in many of its environments; each is looked at once. */
export const schemaProblemsOnce = rememberedByContent((resource: Resource) =>
  schemaProblemsOf(isExternal(resource) ? readExternal(resource.source) : resource),
);

/**
 * Holds a built-in object, or one of Istio's, against its schema; unknown fields are refused.
 *
 * Loads the one class that the object's kind needs, for these modules cost more than a whole render.
 */
async function schemaProblemsOf(resource: KubernetesObject): Promise<Finding[]> {
  const object = displayName(resource);
  const model = await modelOf(resource);
  if (!model) {
    return [
      {
        object,
        what: `no schema is known for ${resource.apiVersion} ${resource.kind}`,
        expected: "a kind of Kubernetes, Istio or the Atlas Operator",
        mend: "correct apiVersion or kind, or render without --validate",
      },
    ];
  }
  const { value, unread } = watch(resource);
  const problems = schemaErrors(model, value).map(({ instancePath, message, params }) => ({
    object,
    path: pathOf(instancePath),
    what: "the value does not match its schema",
    expected: params?.allowedValues
      ? `one of: ${params.allowedValues.join(", ")}`
      : (message ?? "another value").replace(/^must be /, ""),
    mend: "correct the object where it is declared",
  }));
  const unknown = isIstio(resource)
    ? unread().map((problem) => ({ object, ...problem }))
    : unknownFields(resource);
  return [...problems, ...unknown];
}

const isIstio = ({ apiVersion }: Pick<KubernetesObject, "apiVersion">): boolean =>
  /\.istio\.io\//.test(apiVersion);

async function modelOf({ apiVersion, kind }: KubernetesObject): Promise<ModelClass | undefined> {
  // Both become part of a module's name.
  if (!/^[\w.-]+(?:\/\w+)?$/.test(apiVersion) || !/^\w+$/.test(kind)) return undefined;
  const library = isIstio({ apiVersion }) ? "@kubernetes-models/istio" : "kubernetes-models";
  try {
    const module: Record<string, ModelClass | undefined> = await import(`${library}/${apiVersion}/${kind}`);
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
