const metadata = { name: "web", namespace: "default", labels: { app: "web" }, annotations: { a: "b" } };
const inCluster = { name: "web", labels: { app: "web" }, finalizers: ["example.com/a"] };
const device = { apiVersion: "resource.k8s.io/v1" };
const claim = {
  devices: {
    requests: [
      {
        name: "one",
        exactly: {
          deviceClassName: "gpu.example.com",
          allocationMode: "ExactCount",
          count: 2,
          selectors: [{ cel: { expression: 'device.driver == "gpu.example.com"' } }],
          tolerations: [{ key: "a", operator: "Exists", effect: "NoSchedule" }],
        },
      },
      {
        name: "two",
        firstAvailable: [
          { name: "large", deviceClassName: "large.example.com" },
          { name: "small", deviceClassName: "small.example.com", allocationMode: "All" },
        ],
      },
    ],
    constraints: [{ requests: ["one", "two/small"], matchAttribute: "gpu.example.com/model" }],
    config: [{ requests: ["one"], opaque: { driver: "gpu.example.com", parameters: { a: "b" } } }],
  },
};

export const objects: Readonly<Record<string, object>> = {
  "config-map": {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { "a.txt": "b" },
    binaryData: { b: "YQ==" },
  },
  secret: {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "Opaque",
    data: { a: "YQ==" },
    stringData: { b: "c" },
  },
  "secret-tls": {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "kubernetes.io/tls",
    data: { "tls.crt": "", "tls.key": "YQ==" },
  },
  "secret-docker": {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "kubernetes.io/dockerconfigjson",
    stringData: { ".dockerconfigjson": '{"auths":{}}' },
  },
  "secret-basic": {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "kubernetes.io/basic-auth",
    stringData: { username: "a" },
  },
  namespace: { apiVersion: "v1", kind: "Namespace", metadata: inCluster },
  node: {
    apiVersion: "v1",
    kind: "Node",
    metadata: inCluster,
    spec: {
      taints: [{ key: "a", value: "b", effect: "NoSchedule" }],
      podCIDRs: ["10.1.0.0/24"],
      podCIDR: "10.1.0.0/24",
    },
  },
  "runtime-class": {
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata: inCluster,
    handler: "gvisor",
    overhead: { podFixed: { cpu: "100m" } },
    scheduling: { nodeSelector: { a: "b" }, tolerations: [{ key: "a", operator: "Exists" }] },
  },
  lease: {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata,
    spec: { holderIdentity: "a", leaseDurationSeconds: 15, leaseTransitions: 1 },
  },
  event: {
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    metadata,
    eventTime: "2026-01-01T00:00:00.000000Z",
    type: "Normal",
    reason: "Made",
    action: "Make",
    note: "made",
    reportingController: "example.com/me",
    reportingInstance: "me-1",
    regarding: { kind: "Pod", name: "web", namespace: "default" },
  },
  "event-core": {
    apiVersion: "v1",
    kind: "Event",
    metadata,
    type: "Normal",
    reason: "Made",
    involvedObject: { kind: "Pod", name: "web", namespace: "default" },
  },
  "resource-claim": { ...device, kind: "ResourceClaim", metadata, spec: claim },
  "resource-claim-template": {
    ...device,
    kind: "ResourceClaimTemplate",
    metadata,
    spec: { metadata: { labels: { a: "b" } }, spec: claim },
  },
  "device-class": {
    ...device,
    kind: "DeviceClass",
    metadata: { name: "gpu.example.com" },
    spec: {
      selectors: claim.devices.requests[0]?.exactly?.selectors,
      config: [{ opaque: { driver: "gpu.example.com", parameters: {} } }],
    },
  },
  "resource-slice": {
    ...device,
    kind: "ResourceSlice",
    metadata: inCluster,
    spec: {
      driver: "gpu.example.com",
      nodeName: "node-1",
      pool: { name: "node-1", generation: 1, resourceSliceCount: 1 },
      devices: [
        {
          name: "gpu-1",
          attributes: {
            model: { string: "a" },
            "gpu.example.com/version": { version: "1.2.3" },
            cores: { int: 4 },
          },
          capacity: { memory: { value: "16Gi" } },
        },
      ],
    },
  },
};
