import { type KubernetesObject } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import { readYaml } from "@atlas/input/yaml";
import { validators } from "@atlas/crd-types/validators";
import { kebabCase, camelCase } from "../model/names.ts";
import { isCopied } from "../model/copied.ts";
import { isKept } from "../model/in-memory.ts";
import { isSecret } from "../model/state.ts";
import { declaredType } from "./declared-types.ts";
import type { Declaration, DeclarationForm } from "../model/plan.ts";
import type { SourceObject } from "../read/resource-file.ts";
import { misfitsOf } from "./type-fit.ts";

/** How the sources declare an object of a resource file. */
export function declarationOf(
  source: SourceObject & { /** Whether it is to stand in a YAML file. */ readonly isFile?: boolean },
  name: string,
  folder: string,
): Declaration {
  return {
    name: camelCase(name),
    module: `${folder}/${name}.ts`,
    object: source.object,
    form: formOf(source, name),
  };
}

function formOf({ isFile, ...source }: Parameters<typeof declarationOf>[0], name: string): DeclarationForm {
  const { object } = source;
  // What a Secret holds does not belong in TypeScript.
  if (isFile === true || isSecret(object) || isKept(object))
    return { kind: "external", file: `${name}.yaml`, text: fileOf(source) };
  if (isCopied(object)) {
    const file = `${object.metadata.name.split(".").map(kebabCase).filter(Boolean).join(".")}.yaml`;
    return { kind: "external", file, text: fileOf(source) };
  }
  return typedByCrd(object) ?? typedByKubernetes(object);
}

/** The text of a file that is copied: the user's own, unless `kubectl apply -f` reads it otherwise than Kustomize does. */
const fileOf = ({ object, text }: SourceObject): string =>
  text !== undefined && isReadAs(object, text) ? text : toYaml(object);

function isReadAs(object: KubernetesObject, text: string): boolean {
  const read = readYaml(Buffer.from(text), "", "kubectl");
  return JSON.stringify(read) === JSON.stringify([object]);
}

function typedByCrd(object: KubernetesObject): DeclarationForm | undefined {
  const key = `${object.apiVersion}/${object.kind}`;
  const validator = Object.entries(validators).find(([known]) => known === key)?.[1];
  if (!validator) return undefined;
  const [issue] = validator.validate(object);
  if (issue) return { kind: "plain", why: `${issue.path}: ${issue.message}` };
  return { kind: "defined", type: { name: object.kind, from: "@atlas/crd-types" }, casts: [] };
}

/** The module of `kubernetes-types` that has a kind: the group's first word, and the version. */
export function moduleOf({ apiVersion }: KubernetesObject): string {
  const [version = "", group = "core"] = apiVersion.split("/").toReversed();
  return `${group.split(".")[0]}/${version}`;
}

function typedByKubernetes(object: KubernetesObject): DeclarationForm {
  const { kind, apiVersion } = object;
  const module = moduleOf(object);
  const type = declaredType(module, kind);
  const own = type?.kind === "object" ? type.fields.get("apiVersion")?.type : undefined;
  // A custom kind may have the name of a built-in one.
  if (!type || own?.kind !== "literal" || own.value !== apiVersion) return { kind: "plain" };
  const misfits = misfitsOf(object, type);
  const misfit = misfits.find(({ isScalar }) => !isScalar);
  if (misfit) return { kind: "plain", why: `${misfit.path.slice(1).replaceAll("/", ".")} ${misfit.what}` };
  const casts = misfits.map(({ path }) => path);
  return { kind: "defined", type: { name: kind, from: `kubernetes-types/${module}.js` }, casts };
}
