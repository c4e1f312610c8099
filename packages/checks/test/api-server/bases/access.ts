const metadata = { name: "web", namespace: "default", labels: { app: "web" } };
const inCluster = { name: "web", labels: { app: "web" } };
const rbac = (kind: string, more: object) => ({ apiVersion: "rbac.authorization.k8s.io/v1", kind, ...more });
const apiGroup = "rbac.authorization.k8s.io";
const rules = [
  { verbs: ["get", "list"], apiGroups: [""], resources: ["pods", "pods/log"], resourceNames: ["web"] },
  { verbs: ["*"], apiGroups: ["apps"], resources: ["*"] },
];
const flow = (kind: string, spec: object) => ({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind,
  metadata: inCluster,
  spec,
});
// Made with openssl; nobody has its key.
export const certificateRequest =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWk1JR0FBZ0VBTUI0eERUQUxCZ05WQkFNTUJHcGhibVV4RFRBTEJnTlZCQW9NQkdSbGRuTXdXVEFUQmdjcQpoa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVJUTTUwd3NZNFdtcFMzcFNQL21oUFFnQzFNb2VDdlJHVjEva2FlCkdReVl2b2dBT3hoY1NEVnM0WHVwVkV6TExGcTZSNXFqbmZWOEFvTEVyYW1XeGgyYW9BQXdDZ1lJS29aSXpqMEUKQXdJRFNBQXdSUUlnRXBrK3lYNm1CejV1bWpMeEh1d1JrV2lZZzhqY1h5bFptdGcwM0gxOWlaWUNJUURMYkxyRApQaWZVck1zZzJwSWJFcDN0T3pqRURsa2pDYWp6dll0Q0F2Rkpxdz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";

export const access: Readonly<Record<string, object>> = {
  role: rbac("Role", { metadata, rules }),
  "cluster-role": rbac("ClusterRole", {
    metadata: inCluster,
    rules: [...rules, { verbs: ["get"], nonResourceURLs: ["/healthz", "/metrics/*"] }],
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] },
  }),
  "role-binding": rbac("RoleBinding", {
    metadata,
    roleRef: { apiGroup, kind: "Role", name: "web" },
    subjects: [
      { kind: "ServiceAccount", name: "web" },
      { kind: "User", name: "jane@example.com", apiGroup },
    ],
  }),
  "cluster-role-binding": rbac("ClusterRoleBinding", {
    metadata: inCluster,
    roleRef: { apiGroup, kind: "ClusterRole", name: "view" },
    subjects: [
      { kind: "ServiceAccount", name: "web", namespace: "shop" },
      { kind: "Group", name: "devs", apiGroup },
    ],
  }),
  "service-account": {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata,
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: "pull" }],
    secrets: [{ name: "token" }],
  },
  "certificate-request": {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: inCluster,
    spec: {
      request: certificateRequest,
      signerName: "example.com/signer",
      usages: ["client auth", "digital signature"],
      expirationSeconds: 3600,
    },
  },
  "flow-schema": flow("FlowSchema", {
    priorityLevelConfiguration: { name: "workload-low" },
    matchingPrecedence: 500,
    distinguisherMethod: { type: "ByUser" },
    rules: [
      {
        subjects: [
          { kind: "User", user: { name: "jane" } },
          { kind: "Group", group: { name: "devs" } },
          { kind: "ServiceAccount", serviceAccount: { name: "web", namespace: "shop" } },
        ],
        resourceRules: [
          { verbs: ["get", "list"], apiGroups: ["apps"], resources: ["deployments"], namespaces: ["shop"] },
          { verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true },
        ],
        nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/healthz", "/metrics/*"] }],
      },
    ],
  }),
  "priority-level": flow("PriorityLevelConfiguration", {
    type: "Limited",
    limited: {
      nominalConcurrencyShares: 10,
      lendablePercent: 50,
      borrowingLimitPercent: 10,
      limitResponse: { type: "Queue", queuing: { queues: 16, handSize: 4, queueLengthLimit: 50 } },
    },
  }),
  "priority-level-reject": flow("PriorityLevelConfiguration", {
    type: "Limited",
    limited: { limitResponse: { type: "Reject" } },
  }),
};
