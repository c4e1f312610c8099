import {
  container,
  cron,
  emptyDir,
  metadata,
  mount,
  named,
  pod,
  service,
  withContainer,
  type Row,
} from "./builders.ts";

/** What is wrong with names and with pods. */
export const wrongPods: readonly Row[] = [
  // Names
  [
    "a name in upper case",
    { ...pod({}), metadata: { ...metadata, name: "Web" } },
    "name-malformed",
    "metadata.name",
  ],
  ["no name", { ...pod({}), metadata: { namespace: "shop" } }, "field-missing", "metadata.name"],
  [
    "a Service that begins with a dot",
    { ...service({}), metadata: { ...metadata, name: "a.b" } },
    "name-malformed",
    "metadata.name",
  ],
  [
    "a CronJob of 53 characters",
    { ...cron("@daily"), metadata: { ...metadata, name: "a".repeat(53) } },
    "name-malformed",
    "metadata.name",
  ],
  [
    "a namespace that is none",
    { ...pod({}), metadata: { name: "web", namespace: "a.b" } },
    "name-malformed",
    "metadata.namespace",
  ],
  [
    "a label's key",
    { ...pod({}), metadata: { ...metadata, labels: { "a b": "c" } } },
    "text-malformed",
    "metadata.labels.a b",
  ],
  [
    "a label's value",
    { ...pod({}), metadata: { ...metadata, labels: { a: "b c" } } },
    "text-malformed",
    "metadata.labels.a",
  ],
  [
    "an annotation's key",
    { ...pod({}), metadata: { ...metadata, annotations: { "/a": "b" } } },
    "text-malformed",
    "metadata.annotations./a",
  ],
  [
    "a finalizer",
    { ...pod({}), metadata: { ...metadata, finalizers: ["mine"] } },
    "finalizer-unknown",
    "metadata.finalizers.0",
  ],
  // Containers
  ["no containers", pod({ containers: [] }), "field-missing", "spec.containers"],
  ["no image", pod({ containers: [{ name: "web" }] }), "field-missing", "spec.containers.0.image"],
  ["a container's name", pod({ containers: [named("Web")] }), "text-malformed", "spec.containers.0.name"],
  [
    "two containers of one name",
    pod({ containers: [container, container] }),
    "container-name-repeated",
    "spec.containers.1.name",
  ],
  [
    "an init container's name again",
    pod({ initContainers: [container] }),
    "container-name-repeated",
    "spec.containers.0.name",
  ],
  [
    "a word in lower case",
    withContainer({ imagePullPolicy: "always" }),
    "word-unknown",
    "spec.containers.0.imagePullPolicy",
  ],
  [
    "a probe of a container that ends",
    pod({ initContainers: [{ ...named("init"), livenessProbe: { exec: { command: ["a"] } } }] }),
    "init-container-field-forbidden",
    "spec.initContainers.0.livenessProbe",
  ],
  [
    "an image with space around it",
    withContainer({ image: " web" }),
    "text-malformed",
    "spec.containers.0.image",
  ],
  [
    "a debugging container",
    pod({ ephemeralContainers: [named("debug")] }),
    "ephemeral-container",
    "spec.ephemeralContainers",
  ],
  // Ports
  [
    "a port above 65535",
    withContainer({ ports: [{ containerPort: 65_536 }] }),
    "number-out-of-range",
    "spec.containers.0.ports.0.containerPort",
  ],
  [
    "a port's name of 16 characters",
    withContainer({ ports: [{ name: "a".repeat(16), containerPort: 1 }] }),
    "text-malformed",
    "spec.containers.0.ports.0.name",
  ],
  [
    "a port's name without a letter",
    withContainer({ ports: [{ name: "80", containerPort: 1 }] }),
    "text-malformed",
    "spec.containers.0.ports.0.name",
  ],
  [
    "one host port twice",
    withContainer({ ports: [1, 2].map((containerPort) => ({ containerPort, hostPort: 80 })) }),
    "host-port-repeated",
    "spec.containers.0.ports.1",
  ],
  [
    "another port of the node in its network",
    withContainer({ ports: [{ containerPort: 80, hostPort: 81 }] }, { hostNetwork: true }),
    "host-network-port",
    "spec.containers.0.ports.0.hostPort",
  ],
  // Environment
  [
    "a variable's name",
    withContainer({ env: [{ name: "A=B", value: "" }] }),
    "text-malformed",
    "spec.containers.0.env.0.name",
  ],
  [
    "value and valueFrom",
    withContainer({
      env: [{ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    }),
    "union-stated-twice",
    "spec.containers.0.env.0.valueFrom",
  ],
  [
    "two sources of a value",
    withContainer({
      env: [
        {
          name: "A",
          valueFrom: { fieldRef: { fieldPath: "metadata.name" }, secretKeyRef: { name: "a", key: "b" } },
        },
      ],
    }),
    "union-stated-twice",
    "spec.containers.0.env.0.valueFrom.secretKeyRef",
  ],
  [
    "no source of a value",
    withContainer({ env: [{ name: "A", valueFrom: {} }] }),
    "union-missing",
    "spec.containers.0.env.0.valueFrom",
  ],
  [
    "a field of the pod",
    withContainer({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "spec.nodeNam" } } }] }),
    "word-unknown",
    "spec.containers.0.env.0.valueFrom.fieldRef.fieldPath",
  ],
  [
    "a label with a key that is none",
    withContainer({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] }),
    "field-path-unknown",
    "spec.containers.0.env.0.valueFrom.fieldRef.fieldPath",
  ],
  [
    "a key of a Secret",
    withContainer({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "b/c" } } }] }),
    "text-malformed",
    "spec.containers.0.env.0.valueFrom.secretKeyRef.key",
  ],
  [
    "a divisor",
    withContainer({
      env: [{ name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1Ki" } } }],
    }),
    "divisor-unknown",
    "spec.containers.0.env.0.valueFrom.resourceFieldRef.divisor",
  ],
  // Probes
  [
    "two handlers of a probe",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, tcpSocket: { port: 80 } } }),
    "union-stated-twice",
    "spec.containers.0.livenessProbe.tcpSocket",
  ],
  [
    "no handler of a probe",
    withContainer({ readinessProbe: { periodSeconds: 5 } }),
    "union-missing",
    "spec.containers.0.readinessProbe",
  ],
  [
    "negative seconds",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, periodSeconds: -1 } }),
    "number-out-of-range",
    "spec.containers.0.livenessProbe.periodSeconds",
  ],
  [
    "two successes of a liveness probe",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, successThreshold: 2 } }),
    "probe-success-threshold",
    "spec.containers.0.livenessProbe.successThreshold",
  ],
  [
    "a sleep longer than the pod may take",
    withContainer({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
    "sleep-out-of-range",
    "spec.containers.0.lifecycle.preStop.sleep.seconds",
  ],
  // Volumes
  [
    "a mount of a volume that is missing",
    withContainer({ volumeMounts: [mount] }),
    "volume-missing",
    "spec.containers.0.volumeMounts.0.name",
  ],
  [
    "one path twice",
    withContainer({ volumeMounts: [mount, mount] }, { volumes: [emptyDir] }),
    "mount-path-repeated",
    "spec.containers.0.volumeMounts.1",
  ],
  [
    "a path that leads up",
    withContainer({ volumeMounts: [{ ...mount, subPath: "../a" }] }, { volumes: [emptyDir] }),
    "path-malformed",
    "spec.containers.0.volumeMounts.0.subPath",
  ],
  [
    "two sources of a volume",
    pod({ volumes: [{ ...emptyDir, configMap: { name: "a" } }] }),
    "union-stated-twice",
    "spec.volumes.0.configMap",
  ],
  [
    "a volume's name",
    pod({ volumes: [{ name: "My_Data", emptyDir: {} }] }),
    "text-malformed",
    "spec.volumes.0.name",
  ],
  [
    "two volumes of one name",
    pod({ volumes: [emptyDir, emptyDir] }),
    "volume-name-repeated",
    "spec.volumes.1",
  ],
  [
    "permissions above 0777",
    pod({ volumes: [{ name: "a", secret: { secretName: "a", defaultMode: 512 } }] }),
    "number-out-of-range",
    "spec.volumes.0.secret.defaultMode",
  ],
  [
    "two files of one path",
    pod({
      volumes: [
        {
          name: "a",
          projected: {
            sources: ["a", "b"].map((name) => ({ secret: { name, items: [{ key: "a", path: "a" }] } })),
          },
        },
      ],
    }),
    "path-repeated",
    "spec.volumes.0.projected.sources.1.secret.items.0.path",
  ],
  // Resources
  [
    "a request above its limit",
    withContainer({ resources: { requests: { cpu: "2" }, limits: { cpu: "1500m" } } }),
    "request-above-limit",
    "spec.containers.0.resources.requests.cpu",
  ],
  [
    "a quantity that is none",
    withContainer({ resources: { limits: { memory: "1GB" } } }),
    "quantity-malformed",
    "spec.containers.0.resources.limits.memory",
  ],
  [
    "a quantity below zero",
    withContainer({ resources: { limits: { memory: "-1Gi" } } }),
    "quantity-out-of-range",
    "spec.containers.0.resources.limits.memory",
  ],
  [
    "a resource that there is not",
    withContainer({ resources: { limits: { ram: "1Gi" } } }),
    "resource-unknown",
    "spec.containers.0.resources.limits.ram",
  ],
  [
    "half a device",
    withContainer({ resources: { limits: { "example.com/gpu": "500m" } } }),
    "quantity-not-whole",
    "spec.containers.0.resources.limits.example.com/gpu",
  ],
  [
    "a sysctl of the node's network",
    pod({ hostNetwork: true, securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1" }] } }),
    "sysctl-of-node",
    "spec.securityContext.sysctls.0.name",
  ],
  // Security
  [
    "a user below zero",
    pod({ securityContext: { runAsUser: -1 } }),
    "number-out-of-range",
    "spec.securityContext.runAsUser",
  ],
  [
    "a privileged container without privileges",
    withContainer({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    "privileges-conflict",
    "spec.containers.0.securityContext.allowPrivilegeEscalation",
  ],
  // Scheduling
  [
    "In without values",
    pod({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "a", labelSelector: { matchExpressions: [{ key: "a", operator: "In" }] } },
          ],
        },
      },
    }),
    "selector-values",
    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.labelSelector.matchExpressions.0.values",
  ],
  [
    "a toleration of nothing",
    pod({ tolerations: [{ operator: "Equal" }] }),
    "toleration-without-key",
    "spec.tolerations.0",
  ],
  [
    "one constraint twice",
    pod({
      topologySpreadConstraints: [1, 1].map((maxSkew) => ({
        maxSkew,
        topologyKey: "a",
        whenUnsatisfiable: "DoNotSchedule",
      })),
    }),
    "spread-constraint-repeated",
    "spec.topologySpreadConstraints.1",
  ],
];
