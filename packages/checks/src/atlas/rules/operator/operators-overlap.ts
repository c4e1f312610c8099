import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { worldOf } from "../../../findings/world.ts";
import { kubectlName, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { operatorsIn, type Operator } from "../../operator.ts";
import { isSameWorkload, reconcileTheSame } from "../../scope.ts";

export const operatorsOverlap: Rule = {
  code: "operators-overlap",
  severity: "error",
  why: 'An operator without --namespace and --label-selector reconciles every AtlasSchema and AtlasMigration of the cluster, and a lease is of one namespace: two operators work on the same objects, which end with "connected database is not clean", and to delete one with its CRDs deletes the objects of both.',
  fix: "tell them apart by namespaces or labels, with scope() or instance() of @atlas/manifests/options (from v0.7.36 on), or run one of them alone",
  link: "https://github.com/atlas-manifests/atlas-manifests/tree/main/packages/manifests#options",
  find: (world) => {
    const own = operatorsIn(world);
    const beside = (world.knowledge.beside ?? []).flatMap(({ name, objects }) =>
      operatorsIn(worldOf(objects)).map((operator) => ({ operator, of: ` of ${name}` })),
    );
    return own.flatMap((operator, index) => {
      const earlier = own.slice(0, index).map((each) => ({ operator: each, of: "" }));
      return overlapsOf(operator, [...earlier, ...beside]);
    });
  },
};

function overlapsOf(
  operator: Operator,
  others: readonly { readonly operator: Operator; readonly of: string }[],
): readonly Found[] {
  const other = others.find(
    (each) => !isSameWorkload(operator, each.operator) && reconcileTheSame(operator, each.operator),
  );
  if (other === undefined) return [];
  const { object, namespace } = other.operator.pod;
  const what = `${kubectlName(object)}${other.of} in ${namespace} reconciles the same AtlasSchema and AtlasMigration objects`;
  return [found(operator.arguments, what)];
}

/** Whether objects have an operator that reconciles what one among others does, in a cluster that has both. */
export const operatorsMeet = (
  objects: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
): boolean => {
  const [own, its] = [objects, others].map((each) => operatorsIn(worldOf(each))) as [
    readonly Operator[],
    readonly Operator[],
  ];
  return own.some((one) => its.some((other) => !isSameWorkload(one, other) && reconcileTheSame(one, other)));
};
