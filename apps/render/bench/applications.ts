/** An object of Kubernetes. */
interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Applications as people run them, ten objects each, in five namespaces. */
export const applications = (count: number): readonly KubernetesObject[] =>
  Array.from({ length: count }, (_, index) => application(`app-${index}`, `team-${index % 5}`)).flat();

function application(name: string, namespace: string): readonly KubernetesObject[] {
  const labels = { "app.kubernetes.io/name": name };
  const object = (apiVersion: string, kind: string, fields: object = {}): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    ...fields,
  });
  const rbac = "rbac.authorization.k8s.io";
  return [
    object("apps/v1", "Deployment", {
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec(name) },
      },
    }),
    object("v1", "Service", {
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    }),
    object("v1", "ServiceAccount"),
    object("v1", "ConfigMap", { data: { greeting: "hello" } }),
    object("v1", "Secret", { stringData: { password: "none" } }),
    object("networking.k8s.io/v1", "NetworkPolicy", {
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }],
        egress: [{ to: [{ namespaceSelector: {} }] }],
      },
    }),
    object("policy/v1", "PodDisruptionBudget", {
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    }),
    object("autoscaling/v2", "HorizontalPodAutoscaler", {
      spec: {
        minReplicas: 2,
        maxReplicas: 4,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      },
    }),
    object(`${rbac}/v1`, "Role", {
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }],
    }),
    object(`${rbac}/v1`, "RoleBinding", {
      roleRef: { apiGroup: rbac, kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    }),
  ];
}

const podSpec = (name: string): object => ({
  serviceAccountName: name,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "app",
      image: "registry.example/shop/app:1.2.3",
      ports: [{ name: "http", containerPort: 8080 }],
      envFrom: [{ configMapRef: { name } }],
      env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name, key: "password" } } }],
      readinessProbe: { httpGet: { path: "/", port: "http" } },
      resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    },
  ],
});
