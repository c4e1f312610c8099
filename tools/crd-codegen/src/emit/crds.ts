import { toJson, toYaml } from "@atlas/compose/yaml";
import type { Crd } from "../model/crd.ts";
import { expand } from "../model/expand.ts";
import { pascal } from "../model/fold.ts";
import { qualifierOf, type Model } from "../model/model.ts";
import { InputError } from "../problem.ts";
import type { OutputFile } from "./write.ts";

/** The largest object that client-side `kubectl apply` takes: its annotation holds the whole of it. */
const limit = 262_144;

/** The full CRDs as they are applied, and a module that names them. */
export function emitCrds(model: Model, header: string): OutputFile[] {
  const files = model.crds.map((compact) => {
    const { $defs: _definitions, ...crd } = expand(compact, model.definitions);
    const bytes = Buffer.byteLength(toJson(crd));
    if (bytes >= limit) {
      throw new InputError([
        {
          file: compact.metadata.name,
          what: `has ${bytes} bytes as JSON; client-side kubectl apply takes less than ${limit}`,
          mend: "Shorten its descriptions",
        },
      ]);
    }
    return {
      path: `manifests/${compact.metadata.name}.yaml`,
      content: toYaml(crd),
    };
  });
  return [
    ...files,
    {
      path: "src/generated/crds.ts",
      content: [header, crdFile, ...model.crds.map((crd) => declaration(crd, model)), all(model)].join("\n"),
    },
  ];
}

const all = (model: Model): string => `/** All of them. */
export const crds: readonly CrdFile[] = [
${model.crds.map((crd) => `  ${constantOf(crd, model)},\n`).join("")}];
`;

const crdFile = `/** A CustomResourceDefinition whose full text lies in the file \`source\`. */
export interface CrdFile {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly source: URL;
}
`;

function constantOf(crd: Crd, model: Model): string {
  const { kind } = crd.spec.names;
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}${pascal(qualifierOf(crd, model) ?? "")}Crd`;
}

function declaration(crd: Crd, model: Model): string {
  const { name } = crd.metadata;
  return `export const ${constantOf(crd, model)}: CrdFile = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: ${JSON.stringify(name)} },
  source: new URL(${JSON.stringify(`../../manifests/${name}.yaml`)}, import.meta.url),
};
`;
}
