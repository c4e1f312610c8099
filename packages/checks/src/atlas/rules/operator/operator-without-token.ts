import { found, type Rule } from "../../../findings/rule.ts";
import { mountsToken, withoutToken } from "../../../rbac/bound.ts";
import { flagOf, isWrapped } from "../../flags.ts";
import { operatorsIn, variableOf } from "../../operator.ts";

export const operatorWithoutToken: Rule = {
  code: "operator-without-token",
  severity: "error",
  why: "Without the token of its ServiceAccount the operator finds no API server: it ends when it starts, again and again.",
  fix: "set automountServiceAccountToken: true for the pod, or mount a projected serviceAccountToken at /var/run/secrets/kubernetes.io/serviceaccount",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  insteadOf: ["token-missing"],
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const { pod, container } = operator;
      const off = withoutToken(world, pod);
      if (off === undefined || mountsToken(pod, container) || isWrapped(operator)) return [];
      if (flagOf(operator, "kubeconfig") !== undefined || variableOf(operator, "KUBECONFIG")) return [];
      return [found(off, "the operator gets no token, and cannot talk to the API server")];
    }),
};
