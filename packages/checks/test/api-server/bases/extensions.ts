const inCluster = { name: "web", labels: { app: "web" } };
const admission = (kind: string, more: object) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind,
  metadata: inCluster,
  ...more,
});
const rules = [
  {
    operations: ["CREATE", "UPDATE"],
    apiGroups: ["apps"],
    apiVersions: ["v1"],
    resources: ["deployments", "deployments/scale"],
    scope: "Namespaced",
  },
];
const hook = {
  name: "a.web.example.com",
  clientConfig: { service: { name: "web", namespace: "shop", path: "/a", port: 443 } },
  rules,
  failurePolicy: "Fail",
  matchPolicy: "Equivalent",
  sideEffects: "None",
  timeoutSeconds: 5,
  admissionReviewVersions: ["v1"],
  namespaceSelector: { matchLabels: { a: "b" } },
  objectSelector: { matchExpressions: [{ key: "a", operator: "Exists" }] },
  matchConditions: [{ name: "a", expression: "true" }],
};
const schema = {
  type: "object",
  required: ["spec"],
  properties: {
    spec: {
      type: "object",
      properties: {
        size: { type: "integer", minimum: 1, maximum: 10, default: 3 },
        mode: { type: "string", enum: ["a", "b"], default: "a" },
        name: { type: "string", pattern: "^[a-z]+$", maxLength: 10 },
        port: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
        free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        labels: { type: "object", additionalProperties: { type: "string" } },
        items: {
          type: "array",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["name"],
          items: {
            type: "object",
            required: ["name"],
            properties: { name: { type: "string" }, value: { type: "number", nullable: true } },
          },
        },
        words: { type: "array", "x-kubernetes-list-type": "set", items: { type: "string" }, default: ["a"] },
        one: {
          type: "object",
          properties: { a: { type: "string" }, b: { type: "string" } },
          oneOf: [{ required: ["a"] }, { required: ["b"] }],
        },
      },
    },
    status: { type: "object", properties: { replicas: { type: "integer" } } },
  },
};

/** A certificate of nobody's, whose key was thrown away. */
const certificate = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBLjCB4aADAgECAhRax028j/zr3QOLSaB0HifrPaTYHzAFBgMrZXAwDDEKMAgG",
  "A1UEAwwBYTAgFw0yNjExMjkxMTI5NDBaGA8yMTI2MTEwNTExMjk0MFowDDEKMAgG",
  "A1UEAwwBYTAqMAUGAytlcAMhAOBQPMb5aja89+EB6hlw2ASdSD8IRHGCbaMFo0Bq",
  "qRTto1MwUTAdBgNVHQ4EFgQUQNi4hjy3RupIkDV49RpUuLCnHIMwHwYDVR0jBBgw",
  "FoAUQNi4hjy3RupIkDV49RpUuLCnHIMwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXAD",
  "QQBV6dPl25YNNp8Tl1+eiknkiFJiTx2GHFQc+BoV59cLtOSDs9yJmiWvBJYHzlSl",
  "FsDKiItehZ/o+JbaBVYy8IUG",
  "-----END CERTIFICATE-----",
].join("\n");

/** Kinds that 1.34 does not serve yet, or not by default. */
const newerKinds: Readonly<Record<string, object>> = {
  "mutating-policy": admission("MutatingAdmissionPolicy", {
    spec: {
      failurePolicy: "Fail",
      reinvocationPolicy: "Never",
      paramKind: { apiVersion: "example.com/v1", kind: "Limit" },
      matchConstraints: {
        resourceRules: rules,
        namespaceSelector: { matchLabels: { a: "b" } },
        matchPolicy: "Exact",
      },
      matchConditions: [{ name: "a", expression: "true" }],
      variables: [{ name: "replicas", expression: "object.spec.replicas" }],
      mutations: [
        {
          patchType: "ApplyConfiguration",
          applyConfiguration: { expression: "Object{spec: Object.spec{replicas: 1}}" },
        },
        {
          patchType: "JSONPatch",
          jsonPatch: { expression: "[JSONPatch{op: 'test', path: '/spec/replicas', value: 1}]" },
        },
      ],
    },
  }),
  "mutating-policy-binding": admission("MutatingAdmissionPolicyBinding", {
    spec: {
      policyName: "web",
      paramRef: { name: "limit", namespace: "shop", parameterNotFoundAction: "Deny" },
      matchResources: { namespaceSelector: { matchLabels: { a: "b" } } },
    },
  }),
  "trust-bundle": {
    apiVersion: "certificates.k8s.io/v1",
    kind: "ClusterTrustBundle",
    metadata: { name: "example.com:web:v1" },
    spec: { signerName: "example.com/web", trustBundle: certificate },
  },
  "trust-bundle-of-none": {
    apiVersion: "certificates.k8s.io/v1",
    kind: "ClusterTrustBundle",
    metadata: { name: "web" },
    spec: { trustBundle: certificate },
  },
  "device-taint-rule": {
    apiVersion: "resource.k8s.io/v1",
    kind: "DeviceTaintRule",
    metadata: { name: "web" },
    spec: {
      deviceSelector: { driver: "gpu.example.com", pool: "node-1", device: "gpu-0" },
      taint: { key: "example.com/broken", value: "a", effect: "NoExecute" },
    },
  },
  "storage-migration": {
    apiVersion: "storagemigration.k8s.io/v1",
    kind: "StorageVersionMigration",
    metadata: { name: "web" },
    spec: { resource: { group: "apps", resource: "deployments" } },
  },
};

export const extensions: Readonly<Record<string, object>> = {
  ...newerKinds,
  "validating-webhook": admission("ValidatingWebhookConfiguration", {
    webhooks: [
      hook,
      { ...hook, name: "b.web.example.com", clientConfig: { url: "https://hooks.example.com/a" } },
    ],
  }),
  "mutating-webhook": admission("MutatingWebhookConfiguration", {
    webhooks: [{ ...hook, reinvocationPolicy: "Never" }],
  }),
  "admission-policy": admission("ValidatingAdmissionPolicy", {
    spec: {
      failurePolicy: "Fail",
      paramKind: { apiVersion: "example.com/v1", kind: "Limit" },
      matchConstraints: { resourceRules: rules, namespaceSelector: {}, matchPolicy: "Exact" },
      matchConditions: [{ name: "a", expression: "true" }],
      variables: [{ name: "replicas", expression: "object.spec.replicas" }],
      validations: [{ expression: "variables.replicas < 5", message: "too many", reason: "Invalid" }],
      auditAnnotations: [{ key: "a", valueExpression: "'b'" }],
    },
  }),
  "admission-policy-binding": admission("ValidatingAdmissionPolicyBinding", {
    spec: {
      policyName: "web",
      validationActions: ["Deny", "Audit"],
      paramRef: { name: "limit", namespace: "shop", parameterNotFoundAction: "Deny" },
      matchResources: { namespaceSelector: { matchLabels: { a: "b" } } },
    },
  }),
  "custom-resource-definition": {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "shops.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: {
        plural: "shops",
        singular: "shop",
        kind: "Shop",
        listKind: "ShopList",
        shortNames: ["sh"],
        categories: ["all"],
      },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema },
          subresources: {
            status: {},
            scale: {
              specReplicasPath: ".spec.size",
              statusReplicasPath: ".status.replicas",
              labelSelectorPath: ".status.selector",
            },
          },
          additionalPrinterColumns: [
            { name: "Size", type: "integer", jsonPath: ".spec.size", format: "int32", priority: 1 },
          ],
          selectableFields: [{ jsonPath: ".spec.mode" }],
        },
        {
          name: "v1beta1",
          served: true,
          storage: false,
          deprecated: true,
          deprecationWarning: "use v1",
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
      conversion: {
        strategy: "Webhook",
        webhook: {
          clientConfig: { service: { name: "web", namespace: "shop" } },
          conversionReviewVersions: ["v1"],
        },
      },
    },
  },
  "api-service": {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: "v1.metrics.example.com" },
    spec: {
      group: "metrics.example.com",
      version: "v1",
      groupPriorityMinimum: 100,
      versionPriority: 15,
      service: { name: "web", namespace: "shop", port: 443 },
      insecureSkipTLSVerify: true,
    },
  },
};
