import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { kubectlName } from "../../objects/kubernetes-object.ts";
import { at, elements, isThere, textAt, textsAt, type Node } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";
import { accountOf, grantsOf, withoutToken } from "../../rbac/bound.ts";
import { referred, type Grant } from "../../rbac/grants.ts";

export const tokenMissing: Rule = {
  code: "token-missing",
  severity: "warning",
  why: "A pod without the token of its ServiceAccount is nobody to the API server: whatever bindings give the account, the pod has nothing of it.",
  fix: "set automountServiceAccountToken: true, or mount a projected serviceAccountToken; where the pod calls nothing, take the bindings out",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  find: (world) => world.pods.flatMap((pod) => missingToken(world, pod)),
};

function missingToken(world: World, pod: Pod): readonly Found[] {
  const off = withoutToken(world, pod);
  if (off === undefined || hasCredentials(pod)) return [];
  const grant = grantsOf(world, pod).find(isForCalls);
  if (grant === undefined || isOfAnother(world, pod)) return [];
  const role = referred(grant.roleRef);
  return [
    found(
      off,
      `${kubectlName(pod.object)} gets no token, and its account ${accountOf(pod)} is given ${role}`,
    ),
  ];
}

/** Whether a pod brings other credentials for the API server: a token of its own, or a kubeconfig. */
const hasCredentials = (pod: Pod): boolean =>
  elements(at(pod.spec, "volumes")).some((volume) =>
    elements(at(volume, "projected", "sources")).some((each) => isThere(at(each, "serviceAccountToken"))),
  ) || containersOf(pod).some(mayHaveCredentials);

function mayHaveCredentials(container: Node): boolean {
  const words = [...textsAt(at(container, "command")), ...textsAt(at(container, "args"))];
  const names = elements(at(container, "env")).flatMap((each) => textAt(at(each, "name")) ?? []);
  const paths = elements(at(container, "volumeMounts")).flatMap(
    (each) => textAt(at(each, "mountPath")) ?? [],
  );
  return (
    [...words, ...names].some((each) => /kube-?config/i.test(each)) ||
    paths.some((each) => /kubernetes\.io\/serviceaccount|\.kube\b|kubeconfig/.test(each))
  );
}

/** What may be used is used by whoever makes the pod, as the constraints of OpenShift, and needs no token. */
function isForCalls({ rules }: Grant): boolean {
  const own = rules();
  return own === undefined || own.some((rule) => textsAt(at(rule, "verbs")).some((verb) => verb !== "use"));
}

/** Whether it is another pod of the account that calls the API server. */
const isOfAnother = (world: World, pod: Pod): boolean =>
  world
    .podsIn(pod.namespace)
    .some(
      (each) =>
        each !== pod &&
        accountOf(each) === accountOf(pod) &&
        (withoutToken(world, each) === undefined || hasCredentials(each)),
    );
