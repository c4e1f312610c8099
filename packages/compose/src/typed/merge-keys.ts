/**
 * The lists that are patched by key, by field name, as the types of patches know them; what is merged at run time says
 * `api-fields.ts`, and a test holds the two against each other. Where a name stands for several lists, a field of the
 * element or of the object around the list tells which is merged: `containerPort` is one of a container's port.
 *
 * Source: `x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys` of Kubernetes 1.37. Only `subjects` is a list
 * that Kubernetes itself replaces: as a record it cannot miss one.
 */
export const mergeKeys = {
  containers: ["name"],
  drivers: ["name"],
  env: ["name"],
  ephemeralContainers: ["name"],
  evictionResponders: ["name"],
  hostAliases: ["ip"],
  imagePullSecrets: { containers: ["name"] },
  initContainers: ["name"],
  matchConditions: ["name"],
  ownerReferences: ["uid"],
  ports: { containerPort: ["containerPort", "protocol"], targetPort: ["port", "protocol"] },
  resourceClaims: ["name"],
  schedulingGates: ["name"],
  secrets: { automountServiceAccountToken: ["name"] },
  subjects: { roleRef: ["name", "kind", "namespace"] },
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  variables: { auditAnnotations: ["name"] },
  volumeDevices: ["devicePath"],
  volumeMounts: ["mountPath"],
  volumes: ["name"],
  webhooks: ["name"],
} as const;
