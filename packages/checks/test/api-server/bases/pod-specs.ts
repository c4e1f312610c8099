/** Specs of pods that are right, and have much between them. */

const resources = { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "1", memory: "128Mi" } };

export const web = {
  containers: [
    {
      name: "web",
      image: "web:1",
      imagePullPolicy: "IfNotPresent",
      command: ["serve"],
      ports: [
        { name: "http", containerPort: 8080, protocol: "TCP" },
        { name: "metrics", containerPort: 9090 },
        { containerPort: 53, protocol: "UDP", hostPort: 5353 },
      ],
      env: [
        { name: "MODE", value: "fast" },
        { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "LABEL", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['app']" } } },
        { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } } },
        { name: "KEY", valueFrom: { secretKeyRef: { name: "shop", key: "key", optional: true } } },
        { name: "URL", valueFrom: { configMapKeyRef: { name: "shop", key: "url" } } },
      ],
      envFrom: [{ prefix: "P_", configMapRef: { name: "shop" } }, { secretRef: { name: "shop" } }],
      resources: {
        ...resources,
        requests: { ...resources.requests, "example.com/gpu": "1" },
        limits: { ...resources.limits, "example.com/gpu": "1" },
      },
      livenessProbe: {
        httpGet: {
          path: "/healthz",
          port: "http",
          scheme: "HTTPS",
          httpHeaders: [{ name: "X-A", value: "b" }],
        },
        initialDelaySeconds: 3,
        timeoutSeconds: 2,
        periodSeconds: 5,
        successThreshold: 1,
        failureThreshold: 4,
        terminationGracePeriodSeconds: 10,
      },
      readinessProbe: { tcpSocket: { port: 8080 }, successThreshold: 2 },
      startupProbe: { grpc: { port: 9090, service: "health" } },
      lifecycle: { postStart: { exec: { command: ["true"] } }, preStop: { sleep: { seconds: 5 } } },
      volumeMounts: [
        { name: "data", mountPath: "/data", subPath: "a/b", readOnly: true, recursiveReadOnly: "Disabled" },
        { name: "config", mountPath: "/config", mountPropagation: "None" },
      ],
      volumeDevices: [{ name: "block", devicePath: "/dev/block" }],
      terminationMessagePath: "/dev/log",
      terminationMessagePolicy: "FallbackToLogsOnError",
      resizePolicy: [{ resourceName: "cpu", restartPolicy: "NotRequired" }],
      securityContext: {
        runAsUser: 1000,
        runAsGroup: 1000,
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        procMount: "Default",
        capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
        appArmorProfile: { type: "Localhost", localhostProfile: "web" },
      },
    },
    { name: "log", image: "log:1", ports: [{ containerPort: 1234, hostPort: 1234, hostIP: "10.0.0.1" }] },
  ],
  initContainers: [
    { name: "first", image: "first", resources, securityContext: { privileged: true } },
    { name: "side", image: "side", restartPolicy: "Always", readinessProbe: { exec: { command: ["true"] } } },
  ],
  volumes: [
    { name: "data", emptyDir: { medium: "Memory", sizeLimit: "1Gi" } },
    {
      name: "config",
      configMap: { name: "shop", defaultMode: 420, items: [{ key: "a", path: "a/b", mode: 256 }] },
    },
    { name: "secret", secret: { secretName: "shop", items: [{ key: "a", path: "a" }] } },
    { name: "block", persistentVolumeClaim: { claimName: "block" } },
    { name: "host", hostPath: { path: "/var", type: "Directory" } },
  ],
};

export const all = {
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "None",
  dnsConfig: {
    nameservers: ["10.0.0.10"],
    searches: ["svc.local", "a.example.com"],
    options: [{ name: "ndots", value: "2" }],
  },
  nodeSelector: { "kubernetes.io/os": "linux" },
  serviceAccountName: "default",
  automountServiceAccountToken: false,
  hostname: "web",
  subdomain: "shop",
  hostAliases: [{ ip: "10.0.0.1", hostnames: ["a.example.com"] }],
  imagePullSecrets: [{ name: "pull" }],
  schedulerName: "mine",
  os: { name: "linux" },
  securityContext: {
    runAsUser: 1,
    runAsGroup: 1,
    fsGroup: 1,
    fsGroupChangePolicy: "OnRootMismatch",
    supplementalGroups: [1, 2],
    supplementalGroupsPolicy: "Merge",
    sysctls: [{ name: "net.core.somaxconn", value: "1" }],
    seccompProfile: { type: "Localhost", localhostProfile: "profiles/a.json" },
    seLinuxOptions: { level: "s0" },
  },
  tolerations: [
    { key: "example.com/a", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 },
    { key: "b", operator: "Equal", value: "c", effect: "NoSchedule" },
  ],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      minDomains: 2,
      labelSelector: { matchLabels: { app: "web" } },
      matchLabelKeys: ["pod-template-hash"],
      nodeAffinityPolicy: "Honor",
      nodeTaintsPolicy: "Ignore",
    },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: "kubernetes.io/arch", operator: "In", values: ["amd64", "arm64"] },
              { key: "cpus", operator: "Gt", values: ["2"] },
            ],
            matchFields: [{ key: "metadata.name", operator: "NotIn", values: ["node-1"] }],
          },
        ],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 10, preference: { matchExpressions: [{ key: "disk", operator: "Exists" }] } },
      ],
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["db"] }] },
          topologyKey: "kubernetes.io/hostname",
          namespaces: ["shop"],
        },
      ],
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            labelSelector: { matchLabels: { app: "web" } },
            topologyKey: "kubernetes.io/hostname",
            namespaceSelector: {},
            matchLabelKeys: ["track"],
            mismatchLabelKeys: ["tenant"],
          },
        },
      ],
    },
  },
  readinessGates: [{ conditionType: "example.com/ready" }],
  resourceClaims: [
    { name: "gpu", resourceClaimTemplateName: "gpu" },
    { name: "nic", resourceClaimName: "nic" },
  ],
  containers: [
    {
      name: "web",
      image: "web",
      resources: { claims: [{ name: "gpu" }, { name: "nic", request: "one" }] },
      volumeMounts: [{ name: "all", mountPath: "/all", readOnly: true, recursiveReadOnly: "Enabled" }],
    },
  ],
  volumes: [
    {
      name: "all",
      projected: {
        defaultMode: 420,
        sources: [
          { configMap: { name: "a", items: [{ key: "a", path: "a" }] } },
          { secret: { name: "b", items: [{ key: "b", path: "b" }] } },
          {
            downwardAPI: {
              items: [
                { path: "labels", fieldRef: { fieldPath: "metadata.labels" } },
                {
                  path: "cpu",
                  resourceFieldRef: { containerName: "web", resource: "requests.cpu", divisor: "1" },
                },
              ],
            },
          },
          { serviceAccountToken: { path: "token", expirationSeconds: 3600, audience: "vault" } },
        ],
      },
    },
    {
      name: "down",
      downwardAPI: { items: [{ path: "name", fieldRef: { fieldPath: "metadata.name" }, mode: 256 }] },
    },
    {
      name: "scratch",
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { labels: { a: "b" } },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      },
    },
    { name: "csi", csi: { driver: "csi.example.com", nodePublishSecretRef: { name: "a" }, readOnly: true } },
    { name: "nfs", nfs: { server: "nfs", path: "/a" } },
    { name: "image", image: { reference: "a:1", pullPolicy: "Always" } },
  ],
};

/** The small one, to which anything may be added. */
export const small = { containers: [{ name: "web", image: "web" }] };

export const shared = {
  hostNetwork: true,
  hostPID: true,
  shareProcessNamespace: false,
  dnsPolicy: "ClusterFirstWithHostNet",
  containers: [{ name: "web", image: "web", ports: [{ containerPort: 80, hostPort: 80 }] }],
  initContainers: [
    {
      name: "huge",
      image: "huge",
      resources: { limits: { "hugepages-2Mi": "4Mi", cpu: "1" }, requests: { "hugepages-2Mi": "4Mi" } },
    },
  ],
};

export const windows = {
  os: { name: "windows" },
  containers: [
    { name: "web", image: "web", securityContext: { windowsOptions: { runAsUserName: "ContainerUser" } } },
  ],
  securityContext: { windowsOptions: { gmsaCredentialSpecName: "spec", runAsUserName: "DOMAIN\\user" } },
};

export const ending = {
  restartPolicy: "Never",
  containers: [{ name: "main", image: "main" }],
  initContainers: [{ name: "init", image: "init" }],
};
