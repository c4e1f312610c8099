import {
  call,
  codeWord,
  dataCode,
  listCode,
  objectCode,
  printModule,
  type CodeExpression,
  type Import,
  type Module,
} from "@atlas/typescript/write";

/** What a new overlay has that the environment below it has not. */
export interface OverlayFacts {
  readonly name: string;
  readonly from: string;
  /** What the environment below is imported with, `base` being its name. */
  readonly importBase: Import;
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
    ["index.ts", printModule(printedOverlay(facts, isAdded))],
    ...(isAdded ? [["namespace.ts", printModule(namespaceModule(namespace.name))] as const] : []),
  ]);
}

function printedOverlay(facts: OverlayFacts, isAdded: boolean): Module {
  const { name, from, importBase, operator, namespace, replicas, image } = facts;
  const labels = namespace?.below?.labels ?? [];
  const target = labels.length === 0 ? undefined : namespace?.below?.module;
  const usesOperator = replicas !== undefined || image !== undefined;
  return {
    imports: [
      { from: "@atlas/compose", names: target === undefined ? ["overlay"] : ["overlay", "patch"] },
      importBase,
      ...(usesOperator ? [{ from: operator, names: ["operator"] }] : []),
      ...(target === undefined ? [] : [{ from: target, names: ["namespace as target"] }]),
      ...(isAdded ? [{ from: "./namespace.ts", names: ["namespace"] }] : []),
    ],
    statements: [
      ...(namespace && !isAdded ? [{ head: "const namespace =", value: dataCode(namespace.name) }] : []),
      {
        about: `\`${name}\` is \`${from}\` with what is said here; what changes there changes here, too.`,
        head: "export default",
        value: overlayCode(facts, isAdded, target === undefined ? [] : labels),
      },
    ],
  };
}

function overlayCode(
  { namespace, namePrefix, kubernetesVersion, replicas, image }: OverlayFacts,
  isAdded: boolean,
  labels: readonly string[],
): CodeExpression {
  const fields = {
    base: codeWord("base"),
    namespace: namespace && codeWord(isAdded ? "namespace.metadata.name" : "namespace"),
    namePrefix: textCode(namePrefix),
    kubernetesVersion: textCode(kubernetesVersion),
    resources: isAdded ? listCode(codeWord("namespace")) : undefined,
    patches: labels.length === 0 ? undefined : listCode(labelPatch(labels)),
    replicas:
      replicas === undefined
        ? undefined
        : listCode(objectCode({ name: codeWord("operator.name"), count: dataCode(replicas) })),
    images: image && listCode(imageRecord(image)),
  };
  return call("overlay", objectCode(fields, { isOpen: true }));
}

const textCode = (text: string | undefined): CodeExpression | undefined =>
  text === undefined ? undefined : dataCode(text);

/** Others select the namespace by labels that repeat its name. */
function labelPatch(labels: readonly string[]): CodeExpression {
  const stated = objectCode(Object.fromEntries(labels.map((label) => [label, codeWord("namespace")])));
  const body = objectCode({ metadata: objectCode({ labels: stated }) }, { isOpen: false });
  return call("patch", codeWord("target"), body);
}

const imageRecord = ({ version, digest }: { version: string; digest: string }): CodeExpression => ({
  kind: "object",
  isOpen: true,
  fields: [
    { value: codeWord("...operator.image") },
    { name: "version", value: dataCode(version) },
    { name: "digest", value: dataCode(digest) },
  ],
});

function namespaceModule(name: string): Module {
  const fields = { apiVersion: dataCode("v1"), kind: dataCode("Namespace"), metadata: dataCode({ name }) };
  const object = objectCode(fields, { isOpen: true });
  return {
    imports: [
      { from: "@atlas/compose", names: ["define"] },
      { from: "kubernetes-types/core/v1.js", names: ["Namespace"], isType: true },
    ],
    statements: [{ head: "export const namespace =", value: call("define<Namespace>()", object) }],
  };
}
