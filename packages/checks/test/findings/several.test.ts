import { check, printedPath, type KubernetesObject, type RuleCode } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { edited, type Edits } from "./edit.ts";
import { sound } from "./sound.ts";

/*
 * What is right by itself and wrong beside other things: volumes of several pods, several policies of the mesh for one pod, a
 * volume in memory beside a limit, a variable that nobody reads. Each row says what is found of it.
 */

const pod = "spec.template.spec";
const container = `${pod}.containers[0]`;
const [operator, web, claim] = [
  "Deployment/atlas/operator",
  "Deployment/shop/web",
  "PersistentVolumeClaim/shop/web",
];
const scaler = { "HorizontalPodAutoscaler/shop/web": undefined };
const releases = [
  { from: "v0.1.1", flags: ["leader-elect"], variables: ["PREWARM_DEVDB", "ALLOW_CUSTOM_CONFIG"] },
];

type Case = readonly [
  name: string,
  edits: Edits,
  found: readonly string[],
  more?: readonly KubernetesObject[],
];

const table = (of: RuleCode, cases: readonly Case[]): void => {
  describe(of, () => {
    test.each(cases.map(([name, edits, found, more = []]) => [name, edits, found, more] as const))(
      "%s",
      (_name, edits, expected, more) => {
        const found = check([...edited(sound, edits), ...more], { releases }).filter(
          ({ code }) => code === of,
        );
        expect(
          found.map(({ object, path, severity }) => `${severity} ${object.name} ${printedPath(path)}`),
        ).toEqual(expected);
      },
    );
  });
};

const modes = (...accessModes: readonly string[]) => ({ [claim]: { "spec.accessModes": accessModes } });
const one = { ...scaler, [web]: { "spec.replicas": 1 } };
const shared = [`warning web ${pod}.volumes[0].persistentVolumeClaim.claimName`];
const onOneNode = {
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: "kubernetes.io/hostname", labelSelector: {} },
    ],
  },
};
const daemons = sound
  .filter(({ kind, metadata }) => kind === "Deployment" && metadata.name === "web")
  .map((each) => ({ ...each, kind: "DaemonSet", metadata: { name: "daemons", namespace: "shop" } }));

table("volume-not-shared", [
  ["by two, for one node", modes("ReadWriteOnce"), shared],
  [
    "by two, for one pod",
    modes("ReadWriteOncePod"),
    [`error web ${pod}.volumes[0].persistentVolumeClaim.claimName`],
  ],
  ["for many", modes("ReadWriteMany"), []],
  ["for many as well", modes("ReadWriteOnce", "ReadWriteMany"), []],
  ["read by many", modes("ReadOnlyMany"), []],
  ["by one", { ...one, ...modes("ReadWriteOnce") }, []],
  ["by one pod alone", { ...one, ...modes("ReadWriteOncePod") }, []],
  [
    "by one that an autoscaler makes more",
    { [web]: { "spec.replicas": 1 }, ...modes("ReadWriteOnce") },
    shared,
  ],
  ["by none", { [web]: { "spec.replicas": 0 }, ...modes("ReadWriteOnce") }, []],
  [
    "by pods that are kept together",
    { ...modes("ReadWriteOnce"), [web]: { [`${pod}.affinity`]: onOneNode } },
    [],
  ],
  [
    "by a pod on every node",
    { ...one, ...modes("ReadWriteOnce") },
    [`warning daemons ${pod}.volumes[0].persistentVolumeClaim.claimName`],
    daemons,
  ],
  [
    "each with a claim of its own",
    {
      "StatefulSet/data/postgres": {
        "spec.replicas": 3,
        "spec.volumeClaimTemplates": [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        ],
      },
    },
    [],
  ],
  ["of a claim that is not among the objects", { [claim]: undefined }, []],
]);

const tmp = (sizeLimit: unknown, more: object = {}) => ({
  [operator]: { [`${pod}.volumes[0].emptyDir.sizeLimit`]: sizeLimit, ...more },
});
const tooLarge = [`warning operator ${pod}.volumes[0].emptyDir.sizeLimit`];

table("memory-volume-too-large", [
  ["more than the limit", tmp("65Mi"), tooLarge],
  ["as much", tmp("64Mi"), []],
  ["as much, in another unit", tmp(67_108_864), []],
  ["no limit of the container", tmp("1Gi", { [`${container}.resources`]: {} }), []],
  [
    "more than that of the pod",
    tmp("1Gi", { [`${container}.resources`]: {}, [`${pod}.resources`]: { limits: { memory: "512Mi" } } }),
    tooLarge,
  ],
  ["on the disk", tmp("1Gi", { [`${pod}.volumes[0].emptyDir.medium`]: "" }), []],
  ["mounted by nobody", tmp("1Gi", { [`${container}.volumeMounts`]: [] }), []],
  [
    "of two containers, one that may have it",
    tmp("1Gi", {
      [`${pod}.containers[1]`]: {
        name: "other",
        image: "other:1.0",
        resources: { limits: { memory: "2Gi" } },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    }),
    [],
  ],
]);

const policy = (
  apiVersion: string,
  kind: string,
  namespace: string,
  spec: object,
  name = "other",
): KubernetesObject => ({ apiVersion, kind, metadata: { name, namespace }, spec }) as KubernetesObject;
const labels = { "app.kubernetes.io/name": "operator" };
const mtls = (mode: string, selector?: object) =>
  policy("security.istio.io/v1", "PeerAuthentication", "data", {
    mtls: { mode },
    ...(selector && { selector }),
  });
const sidecar = (hosts: readonly string[], more: object = { workloadSelector: { labels } }) =>
  policy("networking.istio.io/v1", "Sidecar", "atlas", { egress: [{ hosts }], ...more });
const telemetry = (name: string, spec: object) =>
  policy("telemetry.istio.io/v1", "Telemetry", "atlas", spec, name);
const tracing = { tracing: [{ randomSamplingPercentage: 1 }] };
const logging = { accessLogging: [{ providers: [{ name: "envoy" }] }] };

table("mesh-policies-overlap", [
  ["two modes for a namespace", {}, ["warning other spec"], [mtls("PERMISSIVE")]],
  ["one mode for a namespace, twice", {}, [], [mtls("STRICT")]],
  [
    "a workload beside its namespace",
    {},
    [],
    [mtls("PERMISSIVE", { matchLabels: { "app.kubernetes.io/name": "postgres" } })],
  ],
  ["two Sidecars of a workload", {}, ["warning other spec.workloadSelector.labels"], [sidecar(["*/*"])]],
  ["a Sidecar of the namespace beside", {}, [], [sidecar(["*/*"], {})]],
  [
    "a Sidecar of another workload",
    {},
    [],
    [sidecar(["*/*"], { workloadSelector: { labels: { app: "other" } } })],
  ],
  [
    "two Telemetries of a workload",
    {},
    ["warning b spec.selector.matchLabels"],
    [
      telemetry("a", { selector: { matchLabels: labels }, ...tracing }),
      telemetry("b", { selector: { matchLabels: labels }, ...logging }),
    ],
  ],
  [
    "two Telemetries of gateways",
    {},
    [],
    [
      telemetry("a", { targetRefs: [{ kind: "Gateway", name: "a" }], ...tracing }),
      telemetry("b", { targetRefs: [{ kind: "Gateway", name: "a" }], ...logging }),
    ],
  ],
]);

const variable = (
  name: string,
  more: object = { value: "bar" },
  args: readonly string[] = ["--leader-elect"],
) => ({
  [operator]: { [`${container}.env[1]`]: { name, ...more }, [`${container}.args`]: args },
});
const unread = [`warning operator ${container}.env[1].name`];

table("operator-variable-unknown", [
  ["one of nobody", variable("FOO"), unread],
  ["nearly one of its own", variable("PREWARM_DEVDBS"), unread],
  ["of Go", variable("GOMEMLIMIT"), []],
  ["of a cloud", variable("AWS_REGION"), []],
  ["of a proxy", variable("no_proxy"), []],
  ["of Atlas", variable("ATLAS_NO_ANON_TELEMETRY"), []],
  [
    "from elsewhere, as of the pod",
    variable("NODE", { valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }),
    [],
  ],
  ["in an argument", variable("FOO", { value: "bar" }, ["--leader-elect", "--namespace=$(FOO)"]), []],
  [
    "where configurations of objects may ask for it",
    {
      [operator]: {
        [`${container}.env[1]`]: { name: "FOO", value: "bar" },
        [`${container}.env[2]`]: { name: "ALLOW_CUSTOM_CONFIG", value: "true" },
      },
    },
    [],
  ],
]);

const command = (...words: readonly string[]) => ({ [operator]: { [`${container}.command`]: words } });
const mistaken = [`error operator ${container}.command[0]`];

table("operator-command-mistaken", [
  ["the image's own", command("/manager"), []],
  ["in the folder that the image starts in", command("./manager"), []],
  ["a name that no folder of the PATH has", command("manager"), mistaken],
  ["another folder", command("/usr/local/bin/manager"), mistaken],
  ["a shell that starts it", command("sh", "-c", "exec /manager"), []],
]);
