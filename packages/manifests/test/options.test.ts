import { readFileSync } from "node:fs";
import {
  ComposeError,
  compose,
  displayName,
  isExternal,
  overlay,
  type Component,
  type KubernetesObject,
} from "@atlas/compose";
import { crds as every } from "@atlas/crd-types/crds";
import { base, operator } from "@atlas/manifests";
import { devDatabase } from "@atlas/manifests/databases";
import { managerArgs, managerEnv, selectorProblem } from "@atlas/manifests/manager";
import {
  customConfig,
  instance,
  leastPrivilege,
  monitoring,
  persistence,
  privateRegistry,
  proxy,
  resources,
  rolesForPeople,
  scope,
} from "@atlas/manifests/options";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const release = {
  ...operator.image,
  name: operator.image.mirror,
  version: "v0.7.37",
  digest: `sha256:${"1".repeat(64)}`,
} as const;

const readYaml = (source: URL): KubernetesObject => parse(readFileSync(source, "utf8"));
const objectsWith = (...components: readonly Component[]): readonly KubernetesObject[] =>
  compose(overlay({ base, components }), readYaml).map((resource) =>
    isExternal(resource) ? readYaml(resource.source) : resource,
  );
const nameOf = (object: KubernetesObject): string =>
  [displayName(object), object.metadata.namespace].filter(Boolean).join(" in ");
const deploymentOf = (objects: readonly KubernetesObject[]) =>
  objects.find(({ kind }) => kind === "Deployment");
const pod = (spec: object) => ({ spec: { template: { spec } } });
const container = (fields: object) => pod({ containers: [fields] });
const recreated = (spec: object) => ({ spec: { strategy: { type: "Recreate" }, template: { spec } } });

const scoped = () => scope({ image: release, namespaces: ["shop", "billing"], operatorNamespace: "default" });
const named = (crds: "owned" | "of another") =>
  instance({ image: release, name: "billing", labelSelector: "team=billing", crds });

describe("the Deployment with", () => {
  test.each<[name: string, component: Component, want: object]>([
    ["scope", scoped(), container({ args: ["--leader-elect", "--namespace=shop,billing"] })],
    [
      "instance",
      named("owned"),
      {
        metadata: { name: "atlas-operator-billing" },
        spec: {
          selector: { matchLabels: { "app.kubernetes.io/instance": "billing" } },
          template: {
            metadata: { labels: { "app.kubernetes.io/instance": "billing" } },
            spec: {
              containers: [
                {
                  args: [
                    "--leader-elect",
                    "--leader-election-id=billing.5220c287.atlasgo.io",
                    "--label-selector=team=billing",
                  ],
                },
              ],
            },
          },
        },
      },
    ],
    [
      "resources",
      resources({ requests: { cpu: "50m" }, limits: { memory: "1Gi" }, tmp: "64Mi" }),
      pod({
        containers: [{ resources: { requests: { cpu: "50m" }, limits: { memory: "1Gi" } } }],
        volumes: [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }],
      }),
    ],
    [
      "persistence",
      persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteOnce" }),
      recreated({
        securityContext: { fsGroup: operator.user },
        containers: [
          {
            env: [{ name: "DATA_DIR", value: "/data" }],
            volumeMounts: [{ mountPath: "/tmp" }, { name: "data", mountPath: "/data" }],
          },
        ],
        volumes: [
          { name: "tmp" },
          { name: "data", persistentVolumeClaim: { claimName: "atlas-operator-data" } },
        ],
      }),
    ],
    [
      "persistence for pods of all nodes",
      persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteMany" }),
      pod({ securityContext: { fsGroup: operator.user } }),
    ],
    [
      "customConfig",
      customConfig(operator.image),
      container({ env: [{ name: "ALLOW_CUSTOM_CONFIG", value: "true" }] }),
    ],
    [
      "proxy",
      proxy({ url: "http://proxy:3128", except: ["10.0.0.0/8"] }),
      container({
        env: [
          { name: "HTTPS_PROXY", value: "http://proxy:3128" },
          { name: "HTTP_PROXY", value: "http://proxy:3128" },
          {
            name: "NO_PROXY",
            value: "$(KUBERNETES_SERVICE_HOST),localhost,127.0.0.1,.svc,.cluster.local,10.0.0.0/8",
          },
        ],
      }),
    ],
    [
      "privateRegistry",
      privateRegistry(release, { prefix: "registry.example.com/mirror/", pullSecrets: ["registry"] }),
      pod({
        imagePullSecrets: [{ name: "registry" }],
        containers: [
          { image: `registry.example.com/mirror/arigaio/atlas-operator:v0.7.37@${release.digest}` },
        ],
      }),
    ],
  ])("%s", (_name, component, want) => {
    expect(deploymentOf(objectsWith(component))).toMatchObject(want);
  });

  test("several of them has what each brings", () => {
    const both = deploymentOf(
      objectsWith(scoped(), named("owned"), customConfig(release), proxy({ url: "http://p" })),
    );
    expect(both).toMatchObject(
      container({
        args: [
          "--leader-elect",
          "--namespace=shop,billing",
          "--leader-election-id=billing.5220c287.atlasgo.io",
          "--label-selector=team=billing",
        ],
        env: ["ALLOW_CUSTOM_CONFIG", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].map((name) => ({ name })),
      }),
    );
  });
});

describe("the objects with", () => {
  const before = objectsWith().map(nameOf);
  const changed = (...components: readonly Component[]) => {
    const after = objectsWith(...components).map(nameOf);
    return {
      gone: before.filter((name) => !after.includes(name)),
      there: after.filter((name) => !before.includes(name)),
    };
  };

  test("scope: roles in each namespace in place of the ClusterRole", () => {
    expect(changed(scoped())).toEqual({
      gone: ["ClusterRole/atlas-operator", "ClusterRoleBinding/atlas-operator"],
      there: expect.arrayContaining(
        ["Role", "RoleBinding"].flatMap((kind) =>
          ["shop", "billing"].map((namespace) => `${kind}/atlas-operator-scope in ${namespace}`),
        ),
      ),
    });
  });

  test("instance: CRDs of one operator alone", () => {
    const [owned, others] = (["owned", "of another"] as const).map((whose) =>
      objectsWith(named(whose)).filter(({ kind }) => kind === "CustomResourceDefinition"),
    );
    expect([owned?.length, others?.length]).toEqual([every.length, 0]);
  });

  test("two instances: nothing that both claim", () => {
    const one = objectsWith(named("owned")).map(nameOf);
    const second = instance({ image: release, name: "shop", labelSelector: "team=shop", crds: "of another" });
    const other = new Set(objectsWith(second).map(nameOf));
    expect(one.filter((name) => other.has(name))).toEqual([]);
  });

  test.each<[string, Component, readonly string[]]>([
    [
      "rolesForPeople",
      rolesForPeople(),
      ["ClusterRole/atlas-operator-edit", "ClusterRole/atlas-operator-view"],
    ],
    [
      "persistence",
      persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteMany", storageClassName: "nfs" }),
      ["PersistentVolumeClaim/atlas-operator-data in default"],
    ],
    [
      "monitoring by PodMonitor",
      monitoring({ scrape: { by: "PodMonitor" } }),
      [
        "ConfigMap/atlas-operator-dashboard in default",
        "ConfigMap/atlas-operator-state-metrics in default",
        "PodMonitor/atlas-operator in default",
        "PrometheusRule/atlas-operator in default",
      ],
    ],
    [
      "monitoring by ServiceMonitor",
      monitoring({ scrape: { by: "ServiceMonitor" } }),
      [
        "ConfigMap/atlas-operator-dashboard in default",
        "ConfigMap/atlas-operator-state-metrics in default",
        "PrometheusRule/atlas-operator in default",
        "Service/atlas-operator-metrics in default",
        "ServiceMonitor/atlas-operator in default",
      ],
    ],
    ["leastPrivilege", leastPrivilege(), []],
  ])("%s", (_name, component, there) => {
    const { there: found, gone } = changed(component);
    expect({ found: found.toSorted(), gone }).toEqual({ found: there, gone: [] });
  });
});

test("monitoring of an instance asks for its pods and its lease alone", () => {
  const objects = objectsWith(
    monitoring({ scrape: { by: "PodMonitor", from: "proxy" }, labels: { a: "b" }, instance: "billing" }),
    named("owned"),
  );
  const [monitor, rule] = ["PodMonitor", "PrometheusRule"].map((kind) =>
    objects.find((object) => object.kind === kind),
  );
  expect(monitor).toMatchObject({
    metadata: { name: "atlas-operator-billing", labels: { a: "b" } },
    spec: {
      selector: { matchLabels: { "app.kubernetes.io/instance": "billing" } },
      podMetricsEndpoints: [{ portNumber: 15020, path: "/stats/prometheus" }],
    },
  });
  const leases = [...JSON.stringify(rule).matchAll(/master_status\{name=\\"([^"\\]+)/g)];
  expect(new Set(leases.map(([, lease]) => lease))).toEqual(new Set(["billing.5220c287.atlasgo.io"]));
});

test("devDatabase pulls from the registry that the operator is pulled from", () => {
  const { devDB } = devDatabase("postgres", {
    image: { version: "17.2" },
    scope: "schema",
    registry: { prefix: "registry.example.com/mirror", pullSecrets: ["registry"] },
  });
  expect(devDB.spec).toMatchObject({
    imagePullSecrets: [{ name: "registry" }],
    containers: [{ image: "registry.example.com/mirror/postgres:17.2" }],
  });
});

describe("is refused", () => {
  const old: string = "v0.7.11";
  const older: { readonly version: string } = { version: "v0.6.0" };
  test.each<[what: string, make: () => unknown, message: RegExp]>([
    [
      "scope at a release without --namespace",
      () => scope({ image: { version: old }, namespaces: ["shop"], operatorNamespace: "a" }),
      /does not know the flag "namespace", which came with v0\.7\.36/,
    ],
    [
      "scope without a namespace",
      // @ts-expect-error -- an empty list
      () => scope({ image: release, namespaces: [], operatorNamespace: "a" }),
      /no namespace is stated, which to the manager means all of them/,
    ],
    [
      "scope with a namespace twice",
      () => scope({ image: release, namespaces: ["shop", "shop"], operatorNamespace: "a" }),
      /the namespace "shop" is stated twice/,
    ],
    [
      "instance at a release without --leader-election-id",
      () => instance({ image: { version: old }, name: "a", crds: "owned" }),
      /does not know the flag "leader-election-id"/,
    ],
    [
      "persistence at a release without DATA_DIR",
      () => persistence({ image: { version: old }, storage: "1Gi", accessMode: "ReadWriteOnce" }),
      /does not know the variable "DATA_DIR", which came with v0\.7\.29/,
    ],
    ...["", " ", "Shop", "a,b", "a.b", "-a", "a".repeat(64)].map((name): [string, () => unknown, RegExp] => [
      `scope at ${JSON.stringify(name)}`,
      () => scope({ image: release, namespaces: ["shop"], operatorNamespace: name }),
      /operatorNamespace: .* is not the name of a namespace/,
    ]),
    [
      "scope of two namespaces in one",
      () => scope({ image: release, namespaces: ["shop,billing"], operatorNamespace: "a" }),
      /namespaces: "shop,billing" is not the name of a namespace/,
    ],
    ...["", "Team A", "a.b"].map((name): [string, () => unknown, RegExp] => [
      `instance named ${JSON.stringify(name)}`,
      () => instance({ image: release, name, crds: "owned" }),
      /name: .* is not part of a name/,
    ]),
    [
      "instance that selects what every operator does",
      () => instance({ image: release, name: "a", labelSelector: " ", crds: "owned" }),
      /" " selects every object/,
    ],
    ...[
      "team in",
      "team in (a",
      "team=a=b",
      "team a",
      "team:a",
      "=a",
      "team in a",
      "_team=a",
      "team=a b",
      "a,",
    ].map((labelSelector): [string, () => unknown, RegExp] => [
      `instance with the selector ${JSON.stringify(labelSelector)}`,
      () => instance({ image: release, name: "a", labelSelector, crds: "owned" }),
      /labelSelector: .* is not a label selector: /,
    ]),
    ...["512m", "1 Gi", "", "lots", "1.5", "-1Gi"].map((memory): [string, () => unknown, RegExp] => [
      `resources with ${JSON.stringify(memory)} of memory`,
      () => resources({ requests: {}, limits: { memory }, tmp: "64Mi" }),
      /limits\.memory: .* is not an amount of bytes/,
    ]),
    [
      "resources with 500Mi of cpu",
      () => resources({ requests: { cpu: "500Mi" }, limits: {}, tmp: "64Mi" }),
      /requests\.cpu: "500Mi" is not an amount of cores/,
    ],
    [
      "resources with a /tmp of millibytes",
      () => resources({ requests: {}, limits: {}, tmp: "64m" }),
      /tmp: "64m" is not an amount of bytes/,
    ],
    [
      "persistence in millibytes",
      () => persistence({ image: release, storage: "1m", accessMode: "ReadWriteOnce" }),
      /storage: "1m" is not an amount of bytes/,
    ],
    [
      "persistence in a class without a name",
      () =>
        persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteOnce", storageClassName: "a b" }),
      /storageClassName: "a b" is not the name of an object/,
    ],
    [
      "proxy with exceptions in one",
      () => proxy({ url: "http://proxy:1", except: ["a, b"] }),
      /except: "a, b" is not a name/,
    ],
    ...["", "https://registry.example.com", "registry.example.com/Shop", "a b"].map(
      (prefix): [string, () => unknown, RegExp] => [
        `privateRegistry at ${JSON.stringify(prefix)}`,
        () => privateRegistry(release, { prefix }),
        /prefix: .* is not a registry/,
      ],
    ),
    [
      "devDatabase from a registry with a Secret without a name",
      () =>
        devDatabase("postgres", {
          image: { version: "17.2" },
          scope: "schema",
          registry: { prefix: "registry.example.com", pullSecrets: [""] },
        }),
      /pullSecrets: "" is not the name of an object/,
    ],
    [
      "monitoring of an instance without a name",
      () => monitoring({ scrape: { by: "PodMonitor" }, instance: "" }),
      /instance: "" is not part of a name/,
    ],
    [
      "an argument that Go cannot read",
      () => managerArgs(release, { "leader-elect": "yes" }),
      /"yes" is not a value of "leader-elect": it is true or false/,
    ],
    [
      "a selector among the arguments that is none",
      () => managerArgs(release, { "label-selector": "team in" }),
      /"team in" is not a value of "label-selector": /,
    ],
    [
      "a variable that Go cannot read",
      // @ts-expect-error -- no boolean
      () => managerEnv(release, { PREWARM_DEVDB: "yes" }),
      /"yes" is not a value of "PREWARM_DEVDB": it is true or false/,
    ],
    ["customConfig at a release without it", () => customConfig(older), /ALLOW_CUSTOM/],
    ["a proxy that is none", () => proxy({ url: "proxy:3128" }), /the URL is not that of a proxy/],
    ["a proxy with a password", () => proxy({ url: "http://a:b@proxy" }), /has a user or a password/],
    ["a proxy with a token", () => proxy({ url: "http://token@proxy:1" }), /has a user or a password/],
    ...[
      "http://proxy:1/path?key=secret",
      " http://proxy:1\n",
      "http:proxy",
      "socks5:proxy",
      "http://",
      "http://a b",
    ].map((url): [string, () => unknown, RegExp] => [
      `a proxy at ${JSON.stringify(url)}`,
      () => proxy({ url }),
      /the URL is not that of a proxy/,
    ]),
  ])("%s", (_what, make, message) => {
    expect(make).toThrow(ComposeError);
    expect(make).toThrow(message);
  });
});

test.each([
  "",
  "team=billing",
  "team==billing,env!=dev",
  "team in (billing, shop),env notin (dev)",
  "team,!canary",
  "example.com/team=a_b.c-d",
  "size>1,size<10",
  "team=",
  "team in ()",
  "team in (,a)",
  "in in (notin)",
])("%j is a label selector", (text) => {
  expect(selectorProblem(text)).toBeUndefined();
  expect(managerArgs(release, { "label-selector": text })).toEqual([`--label-selector=${text}`]);
});

test.each(["1", "512Mi", "1.5Gi", "2e9", "128k"])("%s is an amount of memory", (memory) => {
  const component = resources({ requests: { cpu: ".5" }, limits: { memory, cpu: "1500m" }, tmp: "64Mi" });
  expect(deploymentOf(objectsWith(component))).toMatchObject(
    container({ resources: { limits: { memory, cpu: "1500m" } } }),
  );
});
