import { toJson, toYaml } from "@atlas/compose/yaml";
import { lastApplied, type Crd } from "../model/crd.ts";
import { expand } from "../model/expand.ts";
import { pascal } from "../model/names.ts";
import { qualifierOf, type Model } from "../model/model.ts";
import { isObject, type Json, wordIn } from "../model/schema.ts";
import type { Problem } from "../problem.ts";
import type { OutputFile } from "./output-file.ts";

/** As many bytes as all annotations of an object may have, keys included (apimachinery, `ValidateAnnotationsSize`). */
const mostBytes = 262_144;

/** The full CRDs as they are applied, and a module that names them. */
export function emitCrds(model: Model, header: string): OutputFile[] {
  const sizes = new Map<Crd, number>();
  const files = model.crds.map((compact) => {
    const { $defs: _definitions, ...crd } = expand(compact, model.definitions);
    const file = { path: `manifests/${compact.metadata.name}.yaml`, content: toYaml(crd) };
    sizes.set(compact, Buffer.byteLength(file.content));
    const warning = sizeWarning(crd, file.path);
    return warning === undefined ? file : { ...file, warning };
  });
  return [
    ...files,
    {
      path: "src/generated/crds.ts",
      content: [
        header,
        crdFile,
        ...model.crds.map((crd) => declaration(crd, model, sizes.get(crd) ?? 0)),
        crdListModule(model),
      ].join("\n"),
    },
  ];
}

/** What is to be said of a CRD that client-side `kubectl apply` refuses. */
function sizeWarning(
  { metadata, ...crd }: Json & { readonly metadata: Json },
  file: string,
): Problem | undefined {
  const own = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const whole = toJson({ ...crd, metadata: { ...metadata, annotations: own } });
  // As Go writes JSON, with a line break at the end.
  const text = `${whole.replaceAll(/[<>&\u2028\u2029]/g, "\\u0000")}\n`;
  const annotations: Readonly<Record<string, unknown>> = { ...own, [lastApplied]: text };
  const bytes = Object.keys(annotations).reduce(
    (sum, key) => sum + Buffer.byteLength(key) + Buffer.byteLength(wordIn(annotations, key)),
    0,
  );
  if (bytes <= mostBytes) return undefined;
  return {
    code: "crd-too-large",
    file,
    what: `is too large for client-side kubectl apply, whose annotation would bring the object's to ${bytes} bytes, of ${mostBytes} that Kubernetes takes`,
    fix: "Apply it with kubectl apply --server-side",
  };
}

const crdListModule = (model: Model): string => `/** All of them. */
export const crds: readonly CrdFile[] = [
${model.crds.map((crd) => `  ${constantOf(crd, model)},\n`).join("")}];
`;

const crdFile = `/** A CustomResourceDefinition whose full text lies in the file \`source\`. */
export interface CrdFile {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly source: URL;
  /** How many bytes the file has, which is right as it was generated. */
  readonly size: number;
}
`;

function constantOf(crd: Crd, model: Model): string {
  const { kind } = crd.spec.names;
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}${pascal(qualifierOf(crd, model) ?? "")}Crd`;
}

function declaration(crd: Crd, model: Model, size: number): string {
  const { name } = crd.metadata;
  return `export const ${constantOf(crd, model)}: CrdFile = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: ${JSON.stringify(name)} },
  source: new URL(${JSON.stringify(`../../manifests/${name}.yaml`)}, import.meta.url),
  size: ${size},
};
`;
}
