import { admissionPolicy, admissionPolicyBinding } from "../extension/admission-policy.ts";
import { apiService } from "../extension/api-service.ts";
import { customResourceDefinition } from "../extension/crd.ts";
import { mutatingPolicy, mutatingPolicyBinding } from "../extension/mutating-policy.ts";
import { mutatingWebhooks, validatingWebhooks } from "../extension/webhook.ts";
import { bySegment } from "../metadata/name.ts";
import { clusterWide, lax, type Kinds } from "./kind.ts";

/** What extends the API server. */
export const extensions: Kinds = {
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy": lax(clusterWide(mutatingPolicy)),
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding": lax(clusterWide(mutatingPolicyBinding)),
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": lax(clusterWide(mutatingWebhooks)),
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": lax(clusterWide(admissionPolicy)),
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": lax(
    clusterWide(admissionPolicyBinding),
  ),
  "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": lax(clusterWide(validatingWebhooks)),
  "apiextensions.k8s.io/v1/CustomResourceDefinition": lax(clusterWide(customResourceDefinition)),
  "apiregistration.k8s.io/v1/APIService": lax(clusterWide(apiService, bySegment)),
};
