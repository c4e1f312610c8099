const metadata = { name: "web", namespace: "default", labels: { app: "web" } };
const inCluster = { name: "web", labels: { app: "web" } };
const service = (spec: object) => ({ apiVersion: "v1", kind: "Service", metadata, spec });
const net = (kind: string, more: object) => ({ apiVersion: "networking.k8s.io/v1", kind, ...more });
const backend = { service: { name: "web", port: { number: 80 } } };
const selector = {
  matchLabels: { app: "web" },
  matchExpressions: [{ key: "a", operator: "NotIn", values: ["b"] }],
};

export const network: Readonly<Record<string, object>> = {
  service: service({
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "kubernetes.io/h2c" },
      { name: "dns", port: 53, targetPort: 53, protocol: "UDP" },
    ],
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    internalTrafficPolicy: "Cluster",
    trafficDistribution: "PreferClose",
    ipFamilyPolicy: "SingleStack",
    publishNotReadyAddresses: true,
    externalIPs: ["10.1.1.1"],
    externalTrafficPolicy: "Local",
  }),
  "service-small": service({ ports: [{ port: 80 }] }),
  "service-node-port": service({
    type: "NodePort",
    ports: [{ port: 80, nodePort: 30080 }],
    externalTrafficPolicy: "Local",
  }),
  "service-load-balancer": service({
    type: "LoadBalancer",
    ports: [
      { name: "a", port: 80 },
      { name: "b", port: 443, nodePort: 30443 },
    ],
    loadBalancerSourceRanges: ["10.0.0.0/8"],
    loadBalancerClass: "example.com/lb",
    allocateLoadBalancerNodePorts: false,
    externalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
  }),
  "service-headless": service({ clusterIP: "None", selector: { app: "web" }, ports: [{ port: 80 }] }),
  "service-external-name": service({ type: "ExternalName", externalName: "a.example.com" }),
  ingress: net("Ingress", {
    metadata,
    spec: {
      ingressClassName: "nginx",
      defaultBackend: { resource: { apiGroup: "example.com", kind: "Bucket", name: "web" } },
      rules: [
        {
          host: "web.example.com",
          http: {
            paths: [
              { path: "/a", pathType: "Prefix", backend },
              {
                path: "/b",
                pathType: "Exact",
                backend: { service: { name: "web", port: { name: "http" } } },
              },
            ],
          },
        },
        { host: "*.example.com", http: { paths: [{ pathType: "ImplementationSpecific", backend }] } },
      ],
      tls: [{ hosts: ["web.example.com", "*.example.com"], secretName: "tls" }],
    },
  }),
  "ingress-class": net("IngressClass", {
    metadata: inCluster,
    spec: {
      controller: "example.com/ingress",
      parameters: {
        apiGroup: "example.com",
        kind: "Params",
        name: "web",
        scope: "Namespace",
        namespace: "shop",
      },
    },
  }),
  "network-policy": net("NetworkPolicy", {
    metadata,
    spec: {
      podSelector: selector,
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: { a: "b" } }, namespaceSelector: {} },
            { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
          ],
          ports: [{ protocol: "TCP", port: 8000, endPort: 9000 }, { port: "http" }],
        },
      ],
      egress: [
        {
          to: [{ namespaceSelector: selector }, { ipBlock: { cidr: "2001:db8::/32" } }],
          ports: [{ protocol: "UDP", port: 53 }],
        },
      ],
    },
  }),
  "ip-address": net("IPAddress", {
    metadata: { name: "10.0.0.77" },
    spec: { parentRef: { group: "", resource: "services", name: "web", namespace: "shop" } },
  }),
  "service-cidr": net("ServiceCIDR", {
    metadata: inCluster,
    spec: { cidrs: ["10.99.0.0/24", "2001:db8::/64"] },
  }),
  endpoints: {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata,
    subsets: [
      {
        addresses: [{ ip: "10.1.1.1", hostname: "web", nodeName: "node-1" }],
        notReadyAddresses: [{ ip: "2001:db8::1" }],
        ports: [
          { name: "a", port: 80, protocol: "TCP" },
          { name: "b", port: 81, appProtocol: "http" },
        ],
      },
    ],
  },
  "endpoint-slice": {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata,
    addressType: "IPv4",
    endpoints: [
      {
        addresses: ["10.1.1.1", "10.1.1.2"],
        hostname: "web",
        nodeName: "node-1",
        conditions: { ready: true },
        zone: "a",
        hints: { forZones: [{ name: "a" }], forNodes: [{ name: "node-1" }] },
      },
    ],
    ports: [
      { name: "http", port: 80, protocol: "TCP", appProtocol: "http" },
      { name: "", port: 81 },
    ],
  },
  "endpoint-slice-v6": {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata,
    addressType: "IPv6",
    endpoints: [{ addresses: ["2001:db8::1"] }],
  },
  "endpoint-slice-hosts": {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata,
    addressType: "FQDN",
    endpoints: [{ addresses: ["web.example.com"] }],
  },
};
