/** What a new overlay has that the environment below it has not. */
export interface OverlayFacts {
  readonly name: string;
  readonly from: string;
  /** What the environment below is imported with, `base` being its name: `import base from "../dev/index.ts";`. */
  readonly importBase: string;
  /** The module that exports the operator's facts. */
  readonly operator: string;
  readonly namespace?: NewNamespace | undefined;
  /** Before the names of all objects, for a cluster that has the environment below as well. */
  readonly namePrefix?: string | undefined;
  /** The version of Kubernetes that the cluster has. */
  readonly kubernetesVersion?: string | undefined;
  readonly replicas?: number | undefined;
  readonly image?: { readonly version: string; readonly digest: string } | undefined;
}

/** Another namespace than that of the environment below. */
export interface NewNamespace {
  readonly name: string;
  /** The Namespace object of the environment below, and its labels that repeat its name; without one, one is added. */
  readonly below?: { readonly module?: string | undefined; readonly labels: readonly string[] } | undefined;
}

/** The files of a new overlay, by name: formatted, and no more than what varies. */
export function overlaySource(facts: OverlayFacts): ReadonlyMap<string, string> {
  const { namespace } = facts;
  const isAdded = namespace !== undefined && namespace.below === undefined;
  return new Map([
    ["index.ts", indexText(facts, isAdded)],
    ...(isAdded ? [["namespace.ts", namespaceText(namespace.name)] as const] : []),
  ]);
}

function indexText(facts: OverlayFacts, isAdded: boolean): string {
  const { name, from, namespace, namePrefix, kubernetesVersion, replicas, image } = facts;
  const target = namespace?.below?.labels.length === 0 ? undefined : namespace?.below?.module;
  const usesOperator = replicas !== undefined || image !== undefined;
  const imports = [
    `import { ${target === undefined ? "overlay" : "overlay, patch"} } from "@atlas/compose";`,
    ...importsOfManifests(facts, usesOperator),
    ...(target === undefined ? [] : [`import { namespace as target } from "${target}";`]),
    ...(isAdded ? ['import { namespace } from "./namespace.ts";'] : []),
  ];
  return `${imports.join("\n")}
${namespace && !isAdded ? `\nconst namespace = "${namespace.name}";\n` : ""}
/** \`${name}\` is \`${from}\` with what is said here; what changes there changes here, too. */
export default overlay({
  base,
${[
  ...(namespace ? [isAdded ? "namespace: namespace.metadata.name," : "namespace,"] : []),
  ...(namePrefix === undefined ? [] : [`namePrefix: "${namePrefix}",`]),
  ...(kubernetesVersion === undefined ? [] : [`kubernetesVersion: "${kubernetesVersion}",`]),
  ...(isAdded ? ["resources: [namespace],"] : []),
  ...(target === undefined ? [] : labelPatch(namespace?.below?.labels ?? [])),
  ...(replicas === undefined ? [] : [`replicas: [{ name: operator.name, count: ${replicas} }],`]),
  ...(image ? imageRecord(image) : []),
]
  .map((line) => `  ${line}\n`)
  .join("")}});
`;
}

/** Outside of the workspace the base and the operator's facts are of one package, and one import brings both. */
function importsOfManifests({ importBase, operator }: OverlayFacts, usesOperator: boolean): string[] {
  if (!usesOperator) return [importBase];
  if (importBase === `import { base } from "${operator}";`)
    return [`import { base, operator } from "${operator}";`];
  return [`import { operator } from "${operator}";`, importBase];
}

/** Others select the namespace by labels that repeat its name. */
function labelPatch(labels: readonly string[]): string[] {
  const fields = labels.map(
    (label) => `${/^[a-z]+$/.test(label) ? label : JSON.stringify(label)}: namespace`,
  );
  if (fields.length === 1) return [`patches: [patch(target, { metadata: { labels: { ${fields[0]} } } })],`];
  return [
    "patches: [",
    "  patch(target, {",
    "    metadata: {",
    "      labels: {",
    ...fields.map((field) => `        ${field},`),
    "      },",
    "    },",
    "  }),",
    "],",
  ];
}

const imageRecord = ({ version, digest }: { version: string; digest: string }): string[] => [
  "images: [",
  "  {",
  "    ...operator.image,",
  `    version: "${version}",`,
  `    digest: "${digest}",`,
  "  },",
  "],",
];

const namespaceText = (name: string): string => `import { define } from "@atlas/compose";
import type { Namespace } from "kubernetes-types/core/v1.js";

export const namespace = define<Namespace>()({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "${name}" },
});
`;
