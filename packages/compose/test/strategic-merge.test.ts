import { base, compose, overlay, patch, type Patch } from "@atlas/compose";
import { strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { deployment, only, roleBinding, service, shop } from "./fixtures.ts";
import { problemsOf } from "./problems.ts";

const pod = (spec: object): Patch => strategicMerge(deployment, { spec: { template: { spec } } });
const podOf = (...patches: Patch[]) =>
  only(compose(overlay({ base: shop, patches })), "Deployment").spec?.template.spec;
const names = (list: readonly { name?: string }[] | undefined) => list?.map(({ name }) => name);

const finalizers = (list: string[]) => strategicMerge(service, { metadata: { finalizers: list } });
const web = (body: object) => ({
  spec: { template: { spec: { containers: [{ name: "web", ...body }] } } },
});

describe("a strategic merge patch as data", () => {
  test("merges elements by key, adds those that are marked, removes others", () => {
    const spec = podOf(
      pod({
        containers: [
          { name: "log", image: "example/log", env: [{ name: "A", value: "b" }], $patch: "merge" },
          {
            name: "web",
            args: ["--quiet"],
            env: [{ name: "MODE", $patch: "delete" }],
            ports: [
              { containerPort: 9090, $patch: "merge" },
              { containerPort: 53, protocol: "UDP", name: "udp" },
            ],
          },
        ],
        volumes: [{ $patch: "merge" }, { name: "cache", emptyDir: {} }],
      }),
    );
    expect(spec?.containers).toEqual([
      { name: "log", image: "example/log", env: [{ name: "A", value: "b" }] },
      {
        name: "web",
        image: "example/shop",
        args: ["--quiet"],
        ports: [
          { containerPort: 9090 },
          { name: "http", containerPort: 8080 },
          { name: "udp", containerPort: 53, protocol: "UDP" },
          { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
        ],
        env: [],
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
      { name: "proxy", image: "registry.example.com:5000/proxy:1.0" },
    ]);
    expect(names(spec?.volumes)).toEqual(["cache", "tmp"]);
  });

  test("replaces an element, a list, an object and the whole object", () => {
    expect(
      podOf(pod({ containers: [{ name: "proxy", command: ["x"], $patch: "replace" }] }))?.containers[0],
    ).toEqual({
      name: "proxy",
      command: ["x"],
    });
    const list = podOf(pod({ containers: [{ $patch: "replace" }, { name: "one", image: "a" }] }));
    expect(list?.containers).toEqual([{ name: "one", image: "a" }]);
    expect(podOf(pod({ volumes: [{ $patch: "delete" }] }))).not.toHaveProperty("volumes");
    const change = strategicMerge(deployment, {
      metadata: { labels: { $patch: "replace", tier: "web" } },
      spec: { selector: { $patch: "delete" }, template: { metadata: { $patch: "delete" } } },
    });
    const object = only(compose(overlay({ base: shop, patches: [change] })), "Deployment");
    expect(object.metadata?.labels).toEqual({ tier: "web" });
    expect(object.spec?.template).not.toHaveProperty("metadata");
    const whole = strategicMerge(service, {
      $patch: "replace",
      spec: { type: "ExternalName", externalName: "a" },
    });
    const replaced = compose(overlay({ base: shop, patches: [whole] })).find(
      ({ kind }) => kind === "Service",
    );
    expect(replaced).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "shop" },
      spec: { type: "ExternalName", externalName: "a" },
    });
  });

  test("replaces the metadata but not the name", () => {
    const change = strategicMerge(deployment, { metadata: { $patch: "replace", labels: { a: "b" } } });
    const { metadata } = only(compose(overlay({ base: shop, patches: [change] })), "Deployment");
    expect(metadata).toEqual({ name: "shop", labels: { a: "b" } });
  });

  test("removes an object", () => {
    const kinds = compose(
      overlay({ base: shop, patches: [strategicMerge(service, { $patch: "delete" })] }),
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(["ServiceAccount", "RoleBinding", "ConfigMap", "Deployment"]);
  });

  test("retains the keys of a union", () => {
    const rolling = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } };
    const layer = overlay({
      base: shop,
      patches: [strategicMerge(deployment, { spec: { strategy: rolling } })],
    });
    const recreate = { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } };
    const top = overlay({ base: layer, patches: [strategicMerge(deployment, recreate)] });
    expect(only(compose(top), "Deployment").spec?.strategy).toEqual({ type: "Recreate" });
  });

  test("merges sets, and takes values out of lists of values", () => {
    const once = overlay({ base: shop, patches: [finalizers(["a", "b"])] });
    const twice = overlay({ base: once, patches: [finalizers(["c", "b"])] });
    const finalizersOf = (layer: typeof once) =>
      compose(layer).find(({ kind }) => kind === "Service")?.metadata;
    expect(finalizersOf(twice)).toHaveProperty("finalizers", ["c", "b", "a"]);
    const out = strategicMerge(service, { metadata: { "$deleteFromPrimitiveList/finalizers": ["b", "a"] } });
    expect(finalizersOf(overlay({ base: twice, patches: [out] }))).toHaveProperty("finalizers", ["c"]);
  });

  test("replaces and removes a set as a whole", () => {
    const once = overlay({ base: shop, patches: [finalizers(["a", "b"])] });
    const metadataAfter = (list: unknown[]) =>
      compose(overlay({ base: once, patches: [finalizers(list as string[])] })).find(
        ({ kind }) => kind === "Service",
      )?.metadata;
    expect(metadataAfter([{ $patch: "replace" }, "c"])).toHaveProperty("finalizers", ["c"]);
    expect(metadataAfter([{ $patch: "merge" }, "c"])).toHaveProperty("finalizers", ["c", "a", "b"]);
    expect(metadataAfter([{ $patch: "delete" }])).not.toHaveProperty("finalizers");
  });

  test("takes marks out of what is new as a whole", () => {
    const resources = { $patch: "replace", limits: { cpu: "1" } };
    const env = [{ $patch: "replace" }, { name: "A", value: "b", $patch: "merge" }];
    const spec = podOf(pod({ containers: [{ name: "log", resources, env, $patch: "merge" }] }));
    expect(spec?.containers[0]).toEqual({
      name: "log",
      resources: { limits: { cpu: "1" } },
      env: [{ name: "A", value: "b" }],
    });
  });

  test.each([
    [
      ["proxy", "web"],
      ["proxy", "web"],
    ],
    [
      ["web", "proxy"],
      ["web", "proxy"],
    ],
    [["proxy"], ["web", "proxy"]],
    [
      ["new", "web"],
      ["new", "web", "proxy"],
    ],
    [
      ["proxy", "new"],
      ["web", "proxy", "new"],
    ],
  ])("orders the elements as %j", (order, want) => {
    const containers = [{ name: "new", image: "a", $patch: "merge" }];
    const isNew = order.includes("new");
    const spec = podOf(
      pod({
        ...(isNew && { containers }),
        "$setElementOrder/containers": order.map((name) => ({ name })),
      }),
    );
    expect(names(spec?.containers)).toEqual(want);
  });

  test("replaces the lists that Kubernetes replaces", () => {
    const subjects = [{ kind: "Group", name: "all", apiGroup: "rbac.authorization.k8s.io" }];
    const composed = compose(overlay({ base: shop, patches: [strategicMerge(roleBinding, { subjects })] }));
    expect(only(composed, "RoleBinding").subjects).toEqual(subjects);
  });

  test("finds its target by apiVersion, kind and name", () => {
    const body = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "shop" },
      spec: { replicas: 4 },
    };
    const composed = compose(overlay({ base: shop, patches: [strategicMerge(body, body)] }));
    expect(only(composed, "Deployment").spec?.replicas).toBe(4);
  });

  const refused: [string, unknown, { path?: string; what: string; fix?: string; expected?: string }][] = [
    [
      "a container that the base does not have",
      { spec: { template: { spec: { containers: [{ name: "wbe", image: "a" }] } } } },
      {
        path: "spec.template.spec.containers[wbe]",
        what: 'the list has no element "wbe"',
        fix: 'did you mean "web"? Otherwise mark a new element with $patch: merge',
      },
    ],
    [
      "the removal of an element that is not there",
      web({ env: [{ name: "MOD", $patch: "delete" }] }),
      { path: "spec.template.spec.containers[web].env[MOD]", what: 'the list has no element "MOD"' },
    ],
    [
      "an element without its key",
      web({ env: [{ value: "a" }] }),
      { path: "spec.template.spec.containers[web].env[0]", what: 'the element has no "name"' },
    ],
    [
      "an element twice",
      web({
        env: [
          { name: "MODE", value: "a" },
          { name: "MODE", value: "b" },
        ],
      }),
      { path: "spec.template.spec.containers[web].env[1]", what: 'the patch names "MODE" twice' },
    ],
    [
      "a port that may be either of two",
      web({ ports: [{ containerPort: 53, name: "x" }] }),
      {
        what: "2 elements are meant",
        expected: "one of: 53/UDP, 53/TCP",
        fix: "state containerPort and protocol",
      },
    ],
    [
      "a misspelt field",
      web({ imag: "a" }),
      { path: "spec.template.spec.containers[web].imag", what: 'the field "imag" does not exist' },
    ],
    [
      "a misspelt field of a new element",
      { spec: { template: { spec: { containers: [{ name: "n", imag: "a", $patch: "merge" }] } } } },
      { path: "spec.template.spec.containers[n].imag", what: 'the field "imag" does not exist' },
    ],
    [
      "an unknown directive",
      web({ resources: { $patch: "remove" } }),
      { path: "spec.template.spec.containers[web].resources.$patch", what: 'got "remove"' },
    ],
    [
      "an unknown directive of an element",
      web({ $patch: "add" }),
      { path: "spec.template.spec.containers[0].$patch", what: 'got "add"' },
    ],
    ["an unknown directive of the object", { $patch: "add" }, { path: "$patch", what: 'got "add"' }],
    [
      "an unknown directive's name",
      { spec: { $retainKey: [] } },
      { path: "spec.$retainKey", what: 'the field "$retainKey" does not exist' },
    ],
    [
      "the removal of an object that is not there",
      web({ resources: { $patch: "delete" } }),
      { path: "spec.template.spec.containers[web].resources", what: 'there is no "resources" to remove' },
    ],
    [
      "the removal of a list that is not there",
      { spec: { template: { spec: { hostAliases: [{ $patch: "delete" }] } } } },
      { path: "spec.template.spec.hostAliases", what: "there is no list to remove" },
    ],
    [
      "a record for a list",
      { spec: { template: { spec: { containers: { web: {} } } } } },
      { path: "spec.template.spec.containers", what: "got an object" },
    ],
    [
      "a retained key that does not exist",
      { spec: { strategy: { $retainKeys: ["typ"] } } },
      {
        path: "spec.strategy.$retainKeys[0]",
        what: 'the field "typ" does not exist',
        fix: 'did you mean "type"',
      },
    ],
    [
      "a directive in a list that is replaced",
      { spec: { template: { spec: { tolerations: [{ key: "a" }, { key: "b", $patch: "delete" }] } } } },
      {
        path: "spec.template.spec.tolerations[1].$patch",
        what: "a directive in a list that is replaced as a whole",
      },
    ],
    [
      "a key that is set and not retained",
      { spec: { strategy: { $retainKeys: ["type"], rollingUpdate: {} } } },
      {
        path: "spec.strategy.$retainKeys",
        what: 'the patch sets "rollingUpdate", which is not among the keys to retain',
      },
    ],
    [
      "a value that is not in the list",
      web({ "$deleteFromPrimitiveList/args": ["--prt=8080"] }),
      { what: 'there is no "--prt=8080" to remove', fix: "--port=8080" },
    ],
    [
      "values of a list that is not there",
      web({ "$deleteFromPrimitiveList/arg": ["a"] }),
      { what: 'there is no list "arg"', fix: 'did you mean "args"' },
    ],
    [
      "an order of what is not there",
      { spec: { template: { spec: { "$setElementOrder/containers": [{ name: "wbe" }] } } } },
      { what: "the list has no element wbe", fix: 'did you mean "web"' },
    ],
    ["another name", { metadata: { name: "other" } }, { path: "metadata.name", what: "a patch cannot turn" }],
    [
      "another namespace",
      { metadata: { namespace: "x" } },
      { path: "metadata.namespace", what: "a patch cannot turn" },
    ],
    ["no metadata", { metadata: null }, { path: "metadata.name", what: "a patch cannot turn" }],
    ["no object", [], { what: "got a list", expected: "an object with the fields to change" }],
    [
      "a prototype",
      JSON.parse('{"spec": {"__proto__": {"$patch": "replace"}}}'),
      { path: "spec.__proto__", what: 'the field "__proto__" does not exist' },
    ],
  ];
  test.each(refused)("%s is refused", (_name, body, { path, what, fix = "", expected }) => {
    const problems = problemsOf({ patches: [strategicMerge(deployment, body)] });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(what);
    expect(problems[0]?.fix).toContain(fix);
    expect(problems[0]).toMatchObject({
      object: "Deployment/shop",
      ...(path && { path }),
      ...(expected && { expected }),
    });
  });

  test("disagrees with other patches of its layer, whatever their form", () => {
    const two = patch(deployment, { spec: { replicas: 2 } });
    const three = strategicMerge(deployment, { spec: { replicas: 3 } });
    expect(problemsOf({ patches: [two, three] })[0]).toMatchObject({
      path: "spec.replicas",
      what: "two patches of this layer disagree: 2 and 3",
    });
    const image = patch(deployment, {
      spec: { template: { spec: { containers: { web: { image: "a" } } } } },
    });
    expect(
      problemsOf({ patches: [image, pod({ containers: [{ name: "web", image: "b" }] })] })[0]?.what,
    ).toContain("disagree");
    const winner = strategicMerge(deployment, { spec: { replicas: 3 } }, { override: true });
    expect(only(compose(overlay({ base: shop, patches: [winner, two] })), "Deployment").spec?.replicas).toBe(
      3,
    );
    const gone = pod({ containers: [{ name: "proxy", $patch: "delete" }] });
    expect(
      names(podOf(gone, pod({ containers: [{ name: "proxy", $patch: "delete" }] }))?.containers),
    ).toEqual(["web"]);
  });

  test("of a custom kind replaces lists, or merges them by the keys of its CRD", () => {
    const custom = {
      apiVersion: "example.com/v1",
      kind: "Bar",
      metadata: { name: "a" },
      spec: { list: [{ id: "a", size: 1 }, { id: "b" }] },
    };
    const change = strategicMerge(custom, { spec: { list: [{ id: "b", size: 2 }] } });
    const [replaced] = compose(base({ resources: [custom], patches: [change] }));
    expect(replaced).toHaveProperty("spec.list", [{ id: "b", size: 2 }]);
    const items = { type: "object", properties: { id: { type: "string" }, size: { type: "integer" } } };
    const list = {
      type: "array",
      items,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["id"],
    };
    const schema = {
      openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties: { list } } } },
    };
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "bars.example.com" },
      spec: { group: "example.com", names: { kind: "Bar" }, versions: [{ name: "v1", schema }] },
    };
    const [merged] = compose(base({ resources: [custom], crds: [crd], patches: [change] }));
    expect(merged).toHaveProperty("spec.list", [
      { id: "b", size: 2 },
      { id: "a", size: 1 },
    ]);
  });
});
