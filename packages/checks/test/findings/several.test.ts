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

const rolling = (rollingUpdate: object) => ({
  ...scaler,
  [web]: { "spec.replicas": 1, "spec.strategy": { rollingUpdate } },
});
const waits = (severity: string) => [`${severity} web ${pod}.volumes[0].persistentVolumeClaim.claimName`];

table("volume-blocks-rollout", [
  ["one, for one node", { ...one, ...modes("ReadWriteOnce") }, waits("warning")],
  ["one, for one pod", { ...one, ...modes("ReadWriteOncePod") }, waits("error")],
  ["one, for many", { ...one, ...modes("ReadWriteMany") }, []],
  ["several, which share it at any time", modes("ReadWriteOnce"), []],
  ["none", { ...scaler, [web]: { "spec.replicas": 0 }, ...modes("ReadWriteOnce") }, []],
  [
    "an end before the beginning",
    {
      ...scaler,
      [web]: { "spec.replicas": 1, "spec.strategy": { type: "Recreate" } },
      ...modes("ReadWriteOncePod"),
    },
    [],
  ],
  ["one that may be missing meanwhile", { ...rolling({ maxUnavailable: 1 }), ...modes("ReadWriteOnce") }, []],
  ["none beside it", { ...rolling({ maxSurge: 0 }), ...modes("ReadWriteOnce") }, []],
  [
    "kept on one node",
    {
      ...scaler,
      ...modes("ReadWriteOnce"),
      [web]: { "spec.replicas": 1, [`${pod}.affinity`]: onOneNode },
    },
    [],
  ],
]);

/** Variables of the operator that lie in other objects. */
const given = (from: object, kind: "ConfigMap" | "Secret", fields: object, more: object = {}) =>
  [
    { [operator]: { [`${container}.envFrom`]: [from], ...more } },
    [{ apiVersion: "v1", kind, metadata: { name: "settings", namespace: "atlas" }, ...fields }],
  ] as const;
const ofMap = { configMapRef: { name: "settings" } };
const ofSecret = { secretRef: { name: "settings" } };
const row = (
  name: string,
  [edits, more]: ReturnType<typeof given>,
  found: readonly string[],
  besides: Edits = {},
): Case => [name, { ...edits, ...besides }, found, more];
const off = ["warning settings data.SKIP_VERCHECK"];

table("version-check-off", [
  row("of a ConfigMap", given(ofMap, "ConfigMap", { data: { SKIP_VERCHECK: "false" } }), off),
  row("of a Secret", given(ofSecret, "Secret", { data: { SKIP_VERCHECK: btoa("no") } }), off),
  row("of a Secret's texts", given(ofSecret, "Secret", { stringData: { SKIP_VERCHECK: "0" } }), [
    "warning settings stringData.SKIP_VERCHECK",
  ]),
  row("true", given(ofMap, "ConfigMap", { data: { SKIP_VERCHECK: "true" } }), []),
  row("encrypted", given(ofSecret, "Secret", { stringData: { SKIP_VERCHECK: "ENC[AES256_GCM]" } }), []),
  row("with a prefix", given({ ...ofMap, prefix: "SKIP_" }, "ConfigMap", { data: { VERCHECK: "off" } }), [
    "warning settings data.VERCHECK",
  ]),
  row(
    "another one's key",
    given({ ...ofMap, prefix: "APP_" }, "ConfigMap", { data: { SKIP_VERCHECK: "off" } }),
    [],
  ),
  row(
    "stated otherwise by itself",
    given(
      ofMap,
      "ConfigMap",
      { data: { SKIP_VERCHECK: "false" } },
      { [`${container}.env[1]`]: { name: "SKIP_VERCHECK", value: "true" } },
    ),
    [],
  ),
  row(
    "of a key",
    given(
      ofMap,
      "ConfigMap",
      { data: { skip: "false" } },
      {
        [`${container}.env[1]`]: {
          name: "SKIP_VERCHECK",
          valueFrom: { configMapKeyRef: { name: "settings", key: "skip" } },
        },
      },
    ),
    ["warning settings data.skip"],
  ),
  row(
    "put together",
    given(
      ofMap,
      "ConfigMap",
      { data: { CHECK: "false" } },
      { [`${container}.env[1]`]: { name: "SKIP_VERCHECK", value: "$(CHECK)" } },
    ),
    [`warning operator ${container}.env[1].value`],
  ),
  [
    "of the last of two",
    { [operator]: { [`${container}.envFrom`]: [ofMap, { configMapRef: { name: "later" } }] } },
    [],
    ["false", "true"].map((text, index) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: index === 0 ? "settings" : "later", namespace: "atlas" },
      data: { SKIP_VERCHECK: text },
    })),
  ],
]);

table("operator-value-refused", [
  row("of a ConfigMap", given(ofMap, "ConfigMap", { data: { ALLOW_CUSTOM_CONFIG: "yes" } }), [
    "error settings data.ALLOW_CUSTOM_CONFIG",
  ]),
  row(
    "in a flag",
    given(
      ofMap,
      "ConfigMap",
      { data: { LEADS: "yes" } },
      { [`${container}.args`]: ["--leader-elect=$(LEADS)"] },
    ),
    [`error operator ${container}.args[0]`],
  ),
  row("of neither", given(ofMap, "ConfigMap", { data: { OTHER: "yes" } }), []),
]);

const withConfig = { "AtlasSchema/shop/orders": { "spec.config": "env {}", "spec.envName": "k8s" } };
const refused = ["error orders spec.config"];

table("config-not-allowed", [
  row("not allowed", given(ofMap, "ConfigMap", { data: { OTHER: "a" } }), refused, withConfig),
  row(
    "allowed by a ConfigMap",
    given(ofMap, "ConfigMap", { data: { ALLOW_CUSTOM_CONFIG: "true" } }),
    [],
    withConfig,
  ),
  row(
    "forbidden by a Secret",
    given(ofSecret, "Secret", { stringData: { ALLOW_CUSTOM_CONFIG: "false" } }),
    refused,
    withConfig,
  ),
  [
    "by what only the cluster knows",
    { [operator]: { [`${container}.envFrom`]: [ofSecret] }, ...withConfig },
    [],
  ],
]);

table("operator-without-election", [
  row(
    "a flag that a ConfigMap fills in",
    given(
      ofMap,
      "ConfigMap",
      { data: { LEADS: "true" } },
      { [`${container}.args`]: ["--leader-elect=$(LEADS)"] },
    ),
    [],
  ),
  row(
    "a flag that a ConfigMap switches off",
    given(
      ofMap,
      "ConfigMap",
      { data: { LEADS: "0" } },
      { [`${container}.args`]: ["--leader-elect=$(LEADS)"] },
    ),
    [`error operator ${container}.args`],
  ),
  [
    "a flag that only the cluster fills in",
    { [operator]: { [`${container}.args`]: ["--leader-elect=$(LEADS)"] } },
    [],
  ],
  [
    "a pod on every node",
    {},
    [`error everywhere ${container}.command`],
    edited(sound, { [operator]: { [`${container}.args`]: [] } })
      .filter(({ kind, metadata }) => kind === "Deployment" && metadata.namespace === "atlas")
      .map((each) => ({ ...each, kind: "DaemonSet", metadata: { name: "everywhere", namespace: "atlas" } })),
  ],
]);

const mounted = (mounts: readonly object[], volumes: readonly object[], more: object = {}) => ({
  [operator]: { [`${container}.volumeMounts`]: mounts, [`${pod}.volumes`]: volumes, ...more },
});
const [emptyTmp, inTmp] = [
  { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  { name: "tmp", mountPath: "/tmp" },
];
const tmpdir = (value: string) => ({ [`${container}.env[1]`]: { name: "TMPDIR", value } });
const named = [`error operator ${container}.env[1].value`];
const writableRoot = { [`${container}.securityContext.readOnlyRootFilesystem`]: false };

table("operator-without-tmp", [
  [
    "TMPDIR where something is mounted",
    mounted([{ name: "tmp", mountPath: "/cache" }], [emptyTmp], tmpdir("/cache")),
    [],
  ],
  [
    "TMPDIR, with a slash",
    mounted([{ name: "tmp", mountPath: "/cache" }], [emptyTmp], tmpdir("/cache/")),
    [],
  ],
  ["TMPDIR that is empty", mounted([inTmp], [emptyTmp], tmpdir("")), []],
  ["TMPDIR where nothing is mounted", mounted([inTmp], [emptyTmp], tmpdir("/cache")), named],
  [
    "TMPDIR in the root, which is writable",
    mounted([inTmp], [emptyTmp], { ...tmpdir("/cache"), ...writableRoot }),
    [],
  ],
  ["TMPDIR that nobody makes", mounted([inTmp], [emptyTmp], tmpdir("/tmp/atlas")), named],
  [
    "TMPDIR that another container may make",
    mounted([inTmp], [emptyTmp], {
      ...tmpdir("/tmp/atlas"),
      [`${pod}.initContainers`]: [{ name: "make", image: "busybox:1.37", volumeMounts: [inTmp] }],
    }),
    [],
  ],
  [
    "TMPDIR in a claim, which may have it",
    mounted([inTmp], [{ name: "tmp", persistentVolumeClaim: { claimName: "web" } }], tmpdir("/tmp/atlas")),
    [],
  ],
  [
    "TMPDIR that is mounted to be read",
    mounted([inTmp, { name: "tmp", mountPath: "/cache", readOnly: true }], [emptyTmp], tmpdir("/cache")),
    named,
  ],
  [
    "an emptyDir that is mounted to be read",
    mounted([{ ...inTmp, readOnly: true }], [emptyTmp]),
    [`error operator ${container}.volumeMounts[0].readOnly`],
  ],
  [
    "one that is mounted to be read, in a root that is writable",
    mounted([{ ...inTmp, readOnly: true }], [emptyTmp], writableRoot),
    [`error operator ${container}.volumeMounts[0].readOnly`],
  ],
  [
    "a ConfigMap",
    mounted([inTmp], [{ name: "tmp", configMap: { name: "web" } }], writableRoot),
    [`error operator ${container}.volumeMounts[0].mountPath`],
  ],
  [
    "a share to be read",
    mounted([inTmp], [{ name: "tmp", nfs: { server: "nfs", path: "/", readOnly: true } }]),
    [`error operator ${pod}.volumes[0].nfs.readOnly`],
  ],
  [
    "something below",
    mounted([{ name: "tmp", mountPath: "/tmp/atlas" }], [emptyTmp]),
    [`error operator ${container}.securityContext.readOnlyRootFilesystem`],
  ],
  ["something above", mounted([{ name: "tmp", mountPath: "/" }], [emptyTmp], tmpdir("/")), []],
  row("TMPDIR of a ConfigMap", given(ofMap, "ConfigMap", { data: { TMPDIR: "/cache" } }), [
    "error settings data.TMPDIR",
  ]),
]);

const database = (url: string) => ({ "spec.urlFrom": undefined, "spec.url": url });
const other = (kind: "AtlasSchema" | "AtlasMigration", spec: object) =>
  ({
    apiVersion: "db.atlasgo.io/v1alpha1",
    kind,
    metadata: { name: "other", namespace: "shop" },
    spec,
  }) as KubernetesObject;
const main = "postgres://app@db.example.com/shop";
const schemaOf = (url: string, more: object = {}) =>
  other("AtlasSchema", {
    url,
    devURL: "postgres://dev/dev",
    schema: { sql: "create table b (id int)" },
    ...more,
  });
const only = (url: string, more: object = {}) => ({
  "AtlasMigration/shop/orders": undefined,
  "AtlasSchema/shop/orders": { ...database(url), "spec.exclude": undefined, ...more },
});
const twice = ["error other spec.url"];

table("database-managed-twice", [
  ["two schemas of one", only(main), twice, [schemaOf(main)]],
  [
    "of another user",
    only(main),
    twice,
    [schemaOf("postgres://other:b@DB.example.com:5432/shop?sslmode=disable")],
  ],
  ["in another database", only(main), [], [schemaOf("postgres://app@db.example.com/other")]],
  ["on another port", only(main), [], [schemaOf("postgres://app@db.example.com:5433/shop")]],
  ["on another host", only(main), [], [schemaOf("postgres://app@db2.example.com/shop")]],
  ["each in a schema of its own", only(`${main}?search_path=a`), [], [schemaOf(`${main}?search_path=b`)]],
  ["one in a schema, one in all", only(`${main}?search_path=a`), twice, [schemaOf(main)]],
  [
    "each in some schemas",
    only(main, { "spec.schemas": ["a", "c"] }),
    [],
    [schemaOf(main, { schemas: ["b"] })],
  ],
  [
    "in schemas of which one is the same",
    only(main, { "spec.schemas": ["a", "b"] }),
    twice,
    [schemaOf(main, { schemas: ["b"] })],
  ],
  [
    "that want the same",
    only(main, { "spec.schema": { sql: "a" } }),
    [],
    [schemaOf(main, { schema: { sql: "a" } })],
  ],
  ["that leave tables out", only(main, { "spec.exclude": ["b"] }), [], [schemaOf(main, { exclude: ["a"] })]],
  ["of which one leaves tables out", only(main, { "spec.exclude": ["b"] }), twice, [schemaOf(main)]],
  [
    "that drop none",
    only(main, { "spec.policy.diff.skip.drop_table": true }),
    [],
    [schemaOf(main, { policy: { diff: { skip: { drop_table: true } } } })],
  ],
  [
    "with a configuration, which may say",
    only(main),
    [],
    [schemaOf(main, { config: "env {}", envName: "k8s" })],
  ],
  [
    "a Service by two names",
    only("postgres://a@postgres.data/shop"),
    twice,
    [schemaOf("postgres://b@postgres.data.svc.cluster.local./shop")],
  ],
  [
    "schemas of MySQL, which are its databases",
    only("mysql://app@db.example.com/a"),
    [],
    [schemaOf("mysql://app@db.example.com/b")],
  ],
  ["of MariaDB", only("mariadb://app@db.example.com/a"), twice, [schemaOf("mysql://app@db.example.com/a")]],
  ["a file", only("sqlite://a.db"), twice, [schemaOf("sqlite://a.db")]],
  ["another file", only("sqlite://a.db"), [], [schemaOf("sqlite://b.db")]],
  ["of memory, each of its own", only("sqlite://a?mode=memory"), [], [schemaOf("sqlite://a?mode=memory")]],
  [
    "a key of a Secret that only the cluster has",
    {
      "AtlasMigration/shop/orders": undefined,
      "AtlasSchema/shop/orders": { "spec.urlFrom.secretKeyRef.name": "far", "spec.exclude": undefined },
    },
    ["error other spec.urlFrom"],
    [schemaOf("", { url: undefined, urlFrom: { secretKeyRef: { name: "far", key: "url" } } })],
  ],
  [
    "another key of that",
    {
      "AtlasMigration/shop/orders": undefined,
      "AtlasSchema/shop/orders": { "spec.urlFrom.secretKeyRef.name": "far", "spec.exclude": undefined },
    },
    [],
    [schemaOf("", { url: undefined, urlFrom: { secretKeyRef: { name: "far", key: "other" } } })],
  ],
  [
    "by its parts",
    only(main),
    ["error other spec.credentials"],
    [
      schemaOf("", {
        url: undefined,
        credentials: { scheme: "postgres", host: "db.example.com", database: "shop", port: 5432 },
      }),
    ],
  ],
  [
    "a schema, beside a migration",
    { "AtlasSchema/shop/orders": { "spec.exclude": undefined } },
    ["error orders spec.urlFrom"],
  ],
  ["a schema that leaves tables out, beside a migration", {}, []],
  [
    "two migrations",
    { "AtlasSchema/shop/orders": undefined },
    ["error other spec.urlFrom"],
    [
      other("AtlasMigration", {
        urlFrom: { secretKeyRef: { name: "database", key: "url" } },
        dir: { local: {} },
      }),
    ],
  ],
  [
    "two migrations, each with revisions of its own",
    { "AtlasSchema/shop/orders": undefined },
    [],
    [
      other("AtlasMigration", {
        urlFrom: { secretKeyRef: { name: "database", key: "url" } },
        dir: { local: {} },
        revisionsSchema: "other",
      }),
    ],
  ],
]);

const egress = (...rules: object[]): readonly KubernetesObject[] => [
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "out", namespace: "shop" },
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: rules },
  } as KubernetesObject,
];
const noDns = (severity: string) => [`${severity} out spec.egress`];
const sql = [{ port: 5432 }];
const toPublic = {
  to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] } }],
};

table("egress-without-dns", [
  ["to anywhere, on a port", {}, noDns("error"), egress({ ports: sql })],
  [
    "to any address, on a port",
    {},
    noDns("error"),
    egress({ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: sql }),
  ],
  ["to anywhere, on a port by its name", {}, noDns("error"), egress({ ports: [{ port: "sql" }] })],
  ["to some addresses, on a port", {}, [], egress({ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: sql })],
  [
    "to anywhere on port 53",
    {},
    [],
    egress({ ports: sql }, { ports: [{ port: 53 }, { port: 53, protocol: "UDP" }] }),
  ],
  [
    "to anywhere on port 53 by UDP",
    {},
    noDns("warning"),
    egress({ ports: sql }, { ports: [{ port: 53, protocol: "UDP" }] }),
  ],
  ["to anywhere on port 53 alone", {}, [], egress({ ports: [{ port: 53, protocol: "UDP" }] })],
  ["to no private network", {}, noDns("warning"), egress(toPublic)],
  [
    "to no private network, but to DNS",
    {},
    [],
    egress(toPublic, {
      to: [{ namespaceSelector: {} }],
      ports: [{ port: 53 }, { port: 53, protocol: "UDP" }],
    }),
  ],
  ["on the port of the API server, of a client of it", {}, [], operatorEgress({ ports: [{ port: 443 }] })],
  ["on the port of the API server, of none", {}, noDns("error"), egress({ ports: [{ port: 443 }] })],
]);

/** What the operator is let out to, in place of all else. */
function operatorEgress(...rules: object[]): readonly KubernetesObject[] {
  return egress(...rules).map((each) => ({ ...each, metadata: { name: "out", namespace: "atlas" } }));
}

const byName = (host: string) => ({
  "NetworkPolicy/atlas/default-deny": undefined,
  "AtlasMigration/shop/orders": undefined,
  "AtlasSchema/shop/orders": { ...database(`postgres://app@${host}/shop`), "spec.devURLFrom": undefined },
});
const byAddress = operatorEgress({
  to: [{ ipBlock: { cidr: "10.0.0.0/8" } }],
  ports: [...sql, { port: 443 }],
});

table("database-unreachable", [
  ["a name that nobody looks up", byName("db.example.com"), ["error orders spec.url"], byAddress],
  ["an address", byName("10.1.2.3"), [], byAddress],
]);

const policy = (
  apiVersion: string,
  kind: string,
  namespace: string,
  spec: object,
  name = "other",
): KubernetesObject => ({ apiVersion, kind, metadata: { name, namespace }, spec }) as KubernetesObject;

/** A binding of an account in the shop to a role that allows something. */
const allowed = (kind: "RoleBinding" | "ClusterRoleBinding", account: string, verb: string) => {
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: kind.replace("Binding", ""),
    metadata: { name: "maker", namespace: "shop" },
    rules: [{ apiGroups: [""], resources: ["secrets"], verbs: [verb] }],
  };
  const binding = {
    ...role,
    kind,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name: "maker" },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: "shop" }],
  };
  return [role, binding];
};
const maker = (kind: "Job" | "Deployment", ...args: string[]) =>
  ({
    apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name: "maker", namespace: "shop" },
    spec: {
      template: {
        metadata: { labels: { app: "maker" } },
        spec: { serviceAccountName: "maker", containers: [{ name: "make", image: "make:1.0", args }] },
      },
    },
  }) as KubernetesObject;
const withoutSecret = { [web]: { [`${container}.envFrom[0].secretRef.name`]: "made-later" } };
const lacking = [`warning web ${container}.envFrom[0].secretRef.name`];

table("secret-missing", [
  ["made by nobody", withoutSecret, lacking],
  ["made by a Job", withoutSecret, [], [maker("Job"), ...allowed("RoleBinding", "maker", "create")]],
  [
    "made by a Job that may do so everywhere",
    withoutSecret,
    [],
    [maker("Job"), ...allowed("ClusterRoleBinding", "maker", "create")],
  ],
  [
    "a Job that may only read",
    withoutSecret,
    lacking,
    [maker("Job"), ...allowed("RoleBinding", "maker", "get")],
  ],
  [
    "a permission that no pod has",
    withoutSecret,
    lacking,
    [maker("Job"), ...allowed("RoleBinding", "other", "create")],
  ],
  [
    "made by a controller of the namespace",
    withoutSecret,
    [],
    [maker("Deployment"), ...allowed("RoleBinding", "maker", "create")],
  ],
  [
    "an operator of all namespaces",
    withoutSecret,
    lacking,
    [maker("Deployment"), ...allowed("ClusterRoleBinding", "maker", "*")],
  ],
  [
    "an operator of all namespaces that is told its name",
    withoutSecret,
    [],
    [maker("Deployment", "--secret=made-later"), ...allowed("ClusterRoleBinding", "maker", "*")],
  ],
  [
    "an operator that is told a longer name",
    withoutSecret,
    lacking,
    [maker("Deployment", "--secret=made-later-still"), ...allowed("ClusterRoleBinding", "maker", "*")],
  ],
  [
    "misspelt, beside a Job",
    { [web]: { [`${container}.envFrom[0].secretRef.name`]: "databse" } },
    [`error web ${container}.envFrom[0].secretRef.name`],
    [maker("Job"), ...allowed("RoleBinding", "maker", "create")],
  ],
]);

const roleOf = (namespace: string, name: string) => [
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "reader", namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }],
  } as KubernetesObject,
];

table("role-missing", [
  [
    "of every cluster, for API servers",
    {},
    [],
    roleOf("kube-system", "extension-apiserver-authentication-reader"),
  ],
  ["of every cluster", {}, [], roleOf("kube-system", "system::leader-locking-kube-scheduler")],
  [
    "of another namespace",
    {},
    ["warning reader roleRef.name"],
    roleOf("shop", "extension-apiserver-authentication-reader"),
  ],
  ["of nobody", {}, ["warning reader roleRef.name"], roleOf("kube-system", "reader")],
]);

const set = "StatefulSet/data/postgres";

table("service-missing", [
  ["of a set of one pod, which needs none", { [set]: { "spec.serviceName": "none" } }, []],
  [
    "of a set of several",
    { [set]: { "spec.serviceName": "none", "spec.replicas": 3 } },
    ["warning postgres spec.serviceName"],
  ],
  [
    "of a set of one pod, misspelt",
    { [set]: { "spec.serviceName": "postgress" } },
    ["error postgres spec.serviceName"],
  ],
]);

const custom = (...resources: readonly string[]): readonly KubernetesObject[] => [
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "ipaddresspools.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "IPAddressPool", plural: "ipaddresspools" },
    },
  } as KubernetesObject,
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: "reader", namespace: "shop" },
    rules: resources.map((each) => ({ apiGroups: ["example.com"], resources: [each], verbs: ["get"] })),
  } as KubernetesObject,
];

table("permission-unknown", [
  ["a custom resource, misspelt", {}, ["error reader rules[0].resources[0]"], custom("addresspools")],
  ["one of an earlier release, beside that of today", {}, [], custom("addresspools", "ipaddresspools")],
]);

const resolver = (namespace: string): readonly KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "upstream", namespace },
    spec: { selector: { "k8s-app": "kube-dns" }, ports: [{ port: 53 }] },
  } as KubernetesObject,
  { ...maker("Deployment"), metadata: { name: "cache", namespace } },
];

table("service-selects-nothing", [
  ["pods that every cluster has", {}, [], resolver("kube-system")],
  ["pods that nobody has", {}, ["warning upstream spec.selector"], resolver("shop")],
]);

const named5432 = { "app.kubernetes.io/name": "postgres" };
const cluster = (group: string): KubernetesObject => ({
  apiVersion: `${group}/v1`,
  kind: "Cluster",
  metadata: { name: "orders", namespace: "shop" },
});
const selecting = (selector: object): KubernetesObject =>
  ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "other", namespace: "shop" },
    spec: { selector, ports: [{ port: 80 }] },
  }) as KubernetesObject;

table("service-selects-nothing", [
  ["pods that nobody makes", {}, ["warning other spec.selector"], [selecting({ cluster: "orders" })]],
  [
    "pods that an object of others may make",
    {},
    [],
    [selecting({ cluster: "orders" }), cluster("databases.example.com")],
  ],
  [
    "pods that are there, but for a slip",
    {},
    ["warning other spec.selector"],
    [selecting({ "app.kubernetes.io/name": "postgress" }), cluster("databases.example.com")].map((each) => ({
      ...each,
      metadata: { ...each.metadata, namespace: "data" },
    })),
  ],
]);

table("secret-missing", [
  [
    "of an object that others may make it for",
    { [web]: { [`${container}.envFrom[0].secretRef.name`]: "orders-app" } },
    [],
    [cluster("databases.example.com")],
  ],
  [
    "of an object of another name",
    { [web]: { [`${container}.envFrom[0].secretRef.name`]: "ordersapp" } },
    lacking,
    [cluster("databases.example.com")],
  ],
]);

const peers = (...to: readonly object[]) =>
  egress({ to: [{ namespaceSelector: {} }], ports: dnsPorts }, { to, ports: sql });
const dnsPorts = [{ port: 53 }, { port: 53, protocol: "UDP" }];
const ofData = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "data" } } };
const slip = (name: string) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });

table("policy-selects-nothing", [
  [
    "a peer that is misspelt",
    {},
    ['error out spec.egress[1].to[0].podSelector.matchLabels["app.kubernetes.io/name"]'],
    peers({ ...ofData, ...slip("postgresql") }),
  ],
  ["a peer that may come later", {}, [], peers({ ...ofData, ...slip("cache") })],
  ["a peer of its own namespace", {}, [], peers(slip("cache"))],
  [
    "a peer with labels of a client",
    {},
    [],
    peers({ podSelector: { matchLabels: { "orders-client": "true" } } }),
  ],
]);

const toPostgres = { ...ofData, podSelector: { matchLabels: named5432 } };
const letIn = (from: object) => ({
  "NetworkPolicy/data/postgres": { "spec.ingress": [{ from: [from], ports: sql }] },
});
const refusedThere = ["error out spec.egress[1].to[0]"];

table("policies-disagree", [
  ["let out, and not in", {}, refusedThere, peers(toPostgres)],
  ["let out, and in", letIn({ namespaceSelector: {} }), [], peers(toPostgres)],
  [
    "let out, and in on another port",
    { "NetworkPolicy/data/postgres": { "spec.ingress": [{ ports: [{ port: 3306 }] }] } },
    refusedThere,
    peers(toPostgres),
  ],
  [
    "let out to where nothing is isolated",
    { "NetworkPolicy/data/postgres": undefined },
    [],
    peers(toPostgres),
  ],
  ["let out to whatever there is", {}, [], peers({ namespaceSelector: {} }, { podSelector: {} })],
  [
    "let out, and in by labels that the objects do not say",
    letIn({ namespaceSelector: { matchLabels: { team: "shop" } } }),
    refusedThere,
    peers(toPostgres),
  ],
  [
    "let in by a policy beside",
    {},
    [],
    [
      ...peers(toPostgres),
      policy("networking.k8s.io/v1", "NetworkPolicy", "data", {
        podSelector: {},
        ingress: [{ from: [{ namespaceSelector: {} }] }],
      }),
    ],
  ],
]);

const onPort = (port: unknown, podSelector: object = {}) => [
  policy("networking.k8s.io/v1", "NetworkPolicy", "shop", { podSelector, ingress: [{ ports: [{ port }] }] }),
];
const unnamed = ["error other spec.ingress[0].ports[0].port"];

table("policy-port-missing", [
  ["a name that there is", {}, [], onPort("http")],
  ["a number", {}, [], onPort(9999)],
  ["a name that there is not", {}, unnamed, onPort("grpc")],
  [
    "a name, of pods that are not here",
    {},
    [],
    onPort("grpc", { matchLabels: { "app.kubernetes.io/name": "atlas-dev-db" } }),
  ],
]);

const routed = (host: string, more: object = {}): KubernetesObject =>
  ({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "route", namespace: "shop" },
    spec: { hosts: ["shop.example.com"], http: [{ route: [{ destination: { host, ...more } }] }] },
  }) as KubernetesObject;
const hostPath = "spec.http[0].route[0].destination.host";

table("service-missing", [
  ["of a route, by its short name", {}, [], [routed("web")]],
  ["of a route, by its whole name", {}, [], [routed("postgres.data.svc.cluster.local")]],
  ["of a route, that there is not", {}, [`warning route ${hostPath}`], [routed("api")]],
  ["of a route, misspelt", {}, [`error route ${hostPath}`], [routed("postgress.data.svc.cluster.local")]],
  ["of a route, outside of the cluster", {}, [], [routed("api.example.com")]],
  [
    "of a route, in a ServiceEntry",
    {},
    [],
    [
      routed("api"),
      policy("networking.istio.io/v1", "ServiceEntry", "shop", {
        hosts: ["api"],
        ports: [],
        resolution: "DNS",
      }),
    ],
  ],
]);

table("service-port-missing", [
  ["of a route", {}, [], [routed("web", { port: { number: 80 } })]],
  [
    "of a route, that there is not",
    {},
    ["error route spec.http[0].route[0].destination.port.number"],
    [routed("web", { port: { number: 8080 } })],
  ],
]);

const withoutOperator = {
  "Deployment/atlas/operator": undefined,
  "AtlasSchema/shop/orders": {
    ...database("postgres://app@db.example.com/shop"),
    "spec.devURLFrom": undefined,
  },
};
const ingress = (...rules: object[]) => [
  policy("networking.k8s.io/v1", "NetworkPolicy", "shop", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: rules,
  }),
];

table("dev-database-unreachable", [
  ["of an operator elsewhere, of which nothing is known", withoutOperator, []],
  [
    "of an operator elsewhere, where nothing is let in",
    withoutOperator,
    ["error orders spec.url"],
    ingress(),
  ],
  [
    "of an operator elsewhere, where something is",
    withoutOperator,
    [],
    ingress({ from: [{ namespaceSelector: {} }] }),
  ],
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
