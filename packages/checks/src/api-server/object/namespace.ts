import { eachOf, fields, type Rule } from "../rule/rule.ts";
import { isQualified } from "../value/names.ts";
import { oneOf, textThat } from "../value/text.ts";

/*
 * Namespaces.
 *
 * Source: ValidateNamespace in k8s.io/kubernetes/pkg/apis/core/validation; of the labels, ValidateNamespace in
 * k8s.io/pod-security-admission/admission, as API servers have that plugin on unless they are told otherwise.
 */

const namespaceFinalizer: Rule = textThat(
  (text) =>
    isQualified(text) &&
    (text.includes("/") || ["kubernetes", "orphan", "foregroundDeletion"].includes(text)),
  "finalizer-unknown",
  "is not a finalizer that Kubernetes has",
  'write your own with its domain, as "example.com/name"',
);

const level: Rule = oneOf(["privileged", "baseline", "restricted"]);
const standards: Rule = textThat(
  (text) => /^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(text),
  "text-malformed",
  "is not a version of the Pod Security Standards",
  'write "latest", or a version as v1.34',
);
const podSecurityLabels: Rule = fields(
  Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, standards],
    ]),
  ),
);

export const namespaceRule: Rule = fields({
  metadata: fields({ labels: podSecurityLabels }),
  spec: fields({ finalizers: eachOf(namespaceFinalizer) }),
});
