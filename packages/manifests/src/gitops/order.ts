import { displayName, identity, type KubernetesObject, type Problem } from "@atlas/compose";
import { annotationOf, annotationWords } from "./environment.ts";
import { waveName } from "./marks.ts";

/** When Argo CD applies an object: its phase, and the wave in it. */
type Turn = readonly [phase: number, wave: number];

/** Source: the phases of https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export function turnOf(object: KubernetesObject): Turn {
  const hooks = annotationWords(object, "argocd.argoproj.io/hook");
  const phase = hooks.has("PreSync") ? -1 : hooks.has("PostSync") ? 1 : 0;
  const wave = annotationOf(object, waveName);
  return [phase, /^[+-]?\d+$/.test(wave) ? Number(wave) : 0];
}

const isBefore = (one: Turn, other: Turn): boolean =>
  one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);

/**
 * Objects whose namespace or CustomResourceDefinition Argo CD would apply after them. Namespaces are the first of their
 * wave; a definition has to be served before, which Argo CD waits for between waves.
 */
export function orderProblems(objects: readonly KubernetesObject[]): readonly Problem[] {
  const namespaces = new Map<string | undefined, KubernetesObject>(
    objects.filter(isCoreNamespace).map((object) => [object.metadata.name, object]),
  );
  const definitions = new Map(objects.flatMap((object) => definedBy(object).map((kind) => [kind, object])));
  return objects.flatMap((object) => {
    const namespace = namespaces.get(object.metadata.namespace);
    const { group, kind } = identity(object);
    const definition = definitions.get(`${group}/${kind}`);
    const turn = turnOf(object);
    return [
      ...(namespace && isBefore(turn, turnOf(namespace)) ? [late(object, namespace)] : []),
      ...(definition && !isBefore(turnOf(definition), turn) ? [late(object, definition)] : []),
    ];
  });
}

/** Whether an object is a namespace of Kubernetes itself. */
export const isCoreNamespace = (object: KubernetesObject): boolean =>
  object.apiVersion === "v1" && object.kind === "Namespace";

/** The kind that a CustomResourceDefinition declares. */
export function definedBy(object: KubernetesObject): string[] {
  if (object.kind !== "CustomResourceDefinition") return [];
  const { spec }: { spec?: { group?: unknown; names?: { kind?: unknown } } } = object as object;
  return typeof spec?.group === "string" && typeof spec.names?.kind === "string"
    ? [`${spec.group}/${spec.names.kind}`]
    : [];
}

const turnText = (object: KubernetesObject): string => {
  const [phase, wave] = turnOf(object);
  return phase === 0 ? `wave ${wave}` : `wave ${wave} of ${phase < 0 ? "PreSync" : "PostSync"}`;
};

const late = (object: KubernetesObject, needed: KubernetesObject): Problem => ({
  code: "manifests/gitops-order",
  object: displayName(object),
  path: `metadata.annotations["${waveName}"]`,
  what: `Argo CD applies it in ${turnText(object)}, and ${displayName(needed)}, without which it cannot be, in ${turnText(needed)}`,
  expected: "what others need in an earlier wave",
  fix: 'list gitops("argocd") of @atlas/manifests/options among the components of the uppermost layer, or correct the waves',
});
