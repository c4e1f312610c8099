import { base, compose, external, imageReference, overlay, patch, type Patch } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { deployment, only, service, serviceAccount, shop } from "./fixtures.ts";
import { problemsOf, untyped } from "./problems.ts";

const pod = (body: unknown): Patch => untyped(deployment, { spec: { template: { spec: body } } });
const patched = (...patches: Patch[]) =>
  only(compose(overlay({ base: shop, patches })), "Deployment").spec?.template.spec;

const kindsOf = (layer: typeof shop) => compose(layer).map(({ kind }) => kind);

/** Freezes all that can be reached. */
function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

describe("patches", () => {
  test("merge fields, change elements by key, add and remove them", () => {
    const spec = patched(
      patch(deployment, {
        spec: {
          template: {
            spec: {
              containers: {
                web: {
                  args: ["--port=80"],
                  ports: { 8080: { name: "web" }, "53/UDP": null, $add: [{ containerPort: 9090 }] },
                  env: { MODE: { value: "test" } },
                },
                proxy: null,
              },
              volumes: { tmp: { emptyDir: { sizeLimit: "64Mi" } } },
              dnsConfig: { options: [{ name: "ndots", value: "1" }] },
            },
          },
        },
      }),
    );
    expect(spec?.containers).toEqual([
      {
        name: "web",
        image: "example/shop",
        args: ["--port=80"],
        ports: [
          { name: "web", containerPort: 8080 },
          { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
          { containerPort: 9090 },
        ],
        env: [{ name: "MODE", value: "test" }],
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ]);
    expect(spec?.volumes).toEqual([{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }]);
    expect(spec?.dnsConfig).toEqual({ options: [{ name: "ndots", value: "1" }] });
  });

  test("labels that base fields share are patched one by one", () => {
    const change = patch(deployment, { spec: { template: { metadata: { labels: { tier: "web" } } } } });
    const { spec } = only(compose(overlay({ base: shop, patches: [change] })), "Deployment");
    expect(spec?.template.metadata?.labels).toEqual({ app: "shop", tier: "web" });
    expect(spec?.selector.matchLabels).toEqual({ app: "shop" });
  });

  test("a whole list takes the place of the other", () => {
    expect(patched(pod({ initContainers: { $replace: [] } }))?.initContainers).toEqual([]);
  });

  test("an overlay may patch what it declares itself, and a second overlay what the first has changed", () => {
    const middle = overlay({ base: shop, patches: [patch(deployment, { spec: { replicas: 2 } })] });
    const top = overlay({ base: middle, patches: [patch(deployment, { spec: { replicas: 3 } })] });
    expect(only(compose(top), "Deployment").spec?.replicas).toBe(3);
  });

  const refused: [string, { given: unknown; what: string; path: string; fix?: string; expected?: string }][] =
    [
      [
        "a misspelt field",
        {
          given: { spec: { replicaz: 2 } },
          path: "spec.replicaz",
          what: 'the field "replicaz" does not exist',
          fix: 'did you mean "replicas"',
        },
      ],
      [
        "a misspelt container",
        {
          given: { spec: { template: { spec: { containers: { wbe: { image: "x" } } } } } },
          path: "spec.template.spec.containers[wbe]",
          what: 'the list has no element "wbe"',
          expected: "one of: web, proxy",
          fix: 'did you mean "web"',
        },
      ],
      [
        "a misspelt field of a container",
        {
          given: { spec: { template: { spec: { containers: { web: { imag: "x" } } } } } },
          path: "spec.template.spec.containers[web].imag",
          what: 'the field "imag" does not exist',
          fix: 'did you mean "image"',
        },
      ],
      [
        "a misspelt field deep in a value that is new",
        {
          given: { spec: { template: { spec: { affinity: { nodeAffinity: { preferred: [] } } } } } },
          path: "spec.template.spec.affinity.nodeAffinity.preferred",
          what: 'the field "preferred" does not exist',
        },
      ],
      [
        "a misspelt field in an atomic list",
        {
          given: { spec: { template: { spec: { dnsConfig: { options: [{ nmae: "ndots" }] } } } } },
          path: "spec.template.spec.dnsConfig.options[0].nmae",
          what: 'the field "nmae" does not exist',
          fix: 'did you mean "name"',
        },
      ],
      [
        "a new element that is not new",
        {
          given: { spec: { template: { spec: { volumes: { $add: [{ name: "tmp", emptyDir: {} }] } } } } },
          path: "spec.template.spec.volumes.$add",
          what: 'the list has an element "tmp" already',
        },
      ],
      [
        "a new element without its key",
        {
          given: { spec: { template: { spec: { containers: { $add: [{ image: "x" }] } } } } },
          path: "spec.template.spec.containers.$add[0]",
          what: 'the element has no "name"',
        },
      ],
      [
        "a key that stands for two elements",
        {
          given: { spec: { template: { spec: { containers: { web: { ports: { 53: { name: "x" } } } } } } } },
          path: "spec.template.spec.containers[web].ports[53]",
          what: '"53" stands for 2 elements',
          expected: "one of: 53/UDP, 53/TCP",
        },
      ],
      [
        "a keyed list given as a list",
        {
          given: { spec: { template: { spec: { containers: [{ name: "web" }] } } } },
          path: "spec.template.spec.containers",
          what: "got a whole list, in place of changes of the elements there are",
        },
      ],
      ["a value for an object", { given: { spec: 1 }, path: "spec", what: "got 1", expected: "an object" }],
      [
        "the removal of what is not there",
        {
          given: { spec: { paused: null } },
          path: "spec.paused",
          what: 'there is no "paused" to remove',
        },
      ],
      [
        "another name",
        {
          given: { metadata: { name: "shopp" } },
          path: "metadata.name",
          what: "a patch cannot turn Deployment/shop into another object",
        },
      ],
      [
        "a prototype",
        {
          given: JSON.parse('{"__proto__": {"polluted": true}}'),
          path: "__proto__",
          what: 'the field "__proto__" does not exist',
        },
      ],
    ];
  test.each(refused)("%s is refused", (_name, { given, fix, ...rest }) => {
    const problems = problemsOf({ patches: [untyped(deployment, given)] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ object: "Deployment/shop", ...rest });
    if (fix) expect(problems[0]?.fix).toContain(fix);
  });

  test("labels may be called anything, a prototype's name included", () => {
    const change = untyped(
      deployment,
      JSON.parse('{"metadata": {"labels": {"__proto__": "a", "constructor": "b"}}}'),
    );
    const { metadata } = only(compose(overlay({ base: shop, patches: [change] })), "Deployment");
    expect(Object.entries(metadata?.labels ?? {})).toEqual([
      ["app", "shop"],
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("an object that the layer does not have is named with those that it has", () => {
    const stranger = { ...deployment, metadata: { name: "shpo" } };
    const [problem, ...others] = problemsOf({ patches: [untyped(stranger, { spec: { replicas: 2 } })] });
    expect(others).toEqual([]);
    expect(problem?.what).toBe("a patch is for Deployment/shpo, which is not there to be patched");
    expect(problem?.fix).toContain('did you mean "Deployment/shop"?');
  });

  test("two patches that disagree are refused, unless one is the override", () => {
    const two = patch(deployment, { spec: { replicas: 2 } });
    const three = patch(deployment, { spec: { replicas: 3 } });
    expect(problemsOf({ patches: [two, three] })[0]).toMatchObject({
      path: "spec.replicas",
      what: "two patches of this layer disagree: 2 and 3",
    });
    const winner = patch(deployment, { spec: { replicas: 3 } }, { override: true });
    for (const patches of [
      [two, winner],
      [winner, two],
    ]) {
      const composed = compose(overlay({ base: shop, patches }));
      expect(only(composed, "Deployment").spec?.replicas).toBe(3);
    }
    expect(problemsOf({ patches: [two, patch(deployment, { spec: { replicas: 2 } })] })).toEqual([]);
  });

  test.each<[string, object[], { what: string; places: string[] }]>([
    [
      "two patches",
      [{ $add: [{ name: "new" }] }, { $add: [{ name: "new", emptyDir: {} }] }],
      { what: 'two patches of this layer add an element "new"', places: ["patch", "patch"] },
    ],
    [
      "a patch, after another has replaced the list by one that has it",
      [{ $replace: [{ name: "new" }] }, { $add: [{ name: "new", emptyDir: {} }] }],
      { what: 'two patches of this layer add an element "new"', places: ["patch", "patch"] },
    ],
    [
      "one patch twice",
      [{ $add: [{ name: "new" }, { name: "new", emptyDir: {} }] }],
      { what: 'the element "new" is added twice', places: ["patch", "base"] },
    ],
    [
      "a patch, although the base has it, and another patch changes it",
      [{ tmp: { emptyDir: { medium: "Memory" } } }, { $add: [{ name: "tmp" }] }],
      { what: 'the list has an element "tmp" already', places: ["patch", "base"] },
    ],
  ])("an element that is added by %s is refused, with the rival", (_name, changes, { what, places }) => {
    const patches = changes.map((volumes) =>
      patch(deployment, { spec: { template: { spec: { volumes } } } }),
    );
    const problems = problemsOf({ patches });
    expect(problems).toMatchObject([{ path: "spec.template.spec.volumes.$add", what }]);
    expect(problems[0]?.places?.map(({ label }) => label)).toEqual(places);
  });

  test("everything that is wrong is said at once", () => {
    const problems = problemsOf({
      patches: [
        untyped(deployment, { spec: { replicaz: 2, paused: null } }),
        untyped(service, { spec: { prots: [] } }),
      ],
      images: [{ name: "example/shopp", version: "1" }],
      resources: [serviceAccount],
    });
    expect(problems.map(({ object, path }) => [object, path])).toEqual([
      ["Deployment/shop", "spec.replicaz"],
      ["Deployment/shop", "spec.paused"],
      ["Service/shop", "spec.prots"],
      [undefined, "images[0]"],
      ["ServiceAccount/shop", undefined],
    ]);
  });
});

describe("images", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  test("are set in every container of the repository, by name or by mirror", () => {
    const record = { name: "example/shop", mirror: "mirror.example.com/shop", version: "1.0", digest };
    const once = overlay({ base: shop, images: [record] });
    const containers = (layer: typeof once) => {
      const { spec } = only(compose(layer), "Deployment");
      return [...(spec?.template.spec?.initContainers ?? []), ...(spec?.template.spec?.containers ?? [])].map(
        ({ image }) => image,
      );
    };
    const first = `mirror.example.com/shop:1.0@${digest}`;
    expect(containers(once)).toEqual([first, first, "registry.example.com:5000/proxy:1.0"]);
    const again = overlay({ base: once, images: [{ ...record, version: "1.1" }] });
    const second = `mirror.example.com/shop:1.1@${digest}`;
    expect(containers(again)).toEqual([second, second, "registry.example.com:5000/proxy:1.0"]);
  });

  test("a port of the registry is not a tag", () => {
    const images = [{ name: "registry.example.com:5000/proxy", version: "2.0" }];
    const { spec } = only(compose(overlay({ base: shop, images })), "Deployment");
    expect(spec?.template.spec?.containers.at(-1)?.image).toBe("registry.example.com:5000/proxy:2.0");
  });

  test("a container without an image has no repository", () => {
    const bare = { ...serviceAccount, kind: "Pod", spec: { containers: [{ name: "a" }, { image: "a:1" }] } };
    const [composed] = compose(base({ resources: [bare], images: [{ name: "a", version: "2" }] }));
    expect(composed).toHaveProperty("spec.containers", [{ name: "a" }, { image: "a:2" }]);
  });

  test.each([
    ["matches nothing", { name: "example/shpo", version: "1" }, 'did you mean "example/shop"?'],
    ["has no tag", { name: "example/shop", version: "" }, "state version and digest"],
    [
      "has a short digest",
      { name: "example/shop", version: "1", digest: "sha256:12" },
      "state version and digest",
    ],
  ])("one that %s is refused", (_name, record, fix) => {
    const problems = problemsOf({ images: [record] });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.fix).toContain(fix);
  });

  test.each([
    [{ name: "a/b", version: "1" }, "a/b:1"],
    [{ name: "a/b", mirror: "c/d", version: "1" }, "c/d:1"],
    [{ name: "a/b", version: "1", digest }, `a/b:1@${digest}`],
  ])("%j is written %s", (given, want) => expect(imageReference(given)).toBe(want));
});

describe("the namespace", () => {
  test("moves objects and the accounts that go along", () => {
    const objects = compose(overlay({ base: shop, namespace: "prod" }));
    expect(objects.map(({ metadata }) => "namespace" in metadata && metadata.namespace)).toEqual(
      Array(5).fill("prod"),
    );
    expect(only(objects, "RoleBinding").subjects).toEqual([
      { kind: "ServiceAccount", name: "shop", namespace: "prod" },
      { kind: "ServiceAccount", name: "other", namespace: "elsewhere" },
      { kind: "User", name: "shop" },
    ]);
    const again = compose(overlay({ base: overlay({ base: shop, namespace: "prod" }), namespace: "test" }));
    expect(only(again, "RoleBinding").subjects?.[0]).toMatchObject({
      namespace: "test",
    });
  });

  test("that moves nothing is refused", () => {
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "a" } };
    expect(problemsOf({ namespace: "prod" }, base({ resources: [role] }))[0]?.what).toBe(
      'the namespace "prod" applies to no object',
    );
  });

  test("can be called by 63 letters", () => {
    expect(problemsOf({ namespace: "a".repeat(63) })).toEqual([]);
  });

  test.each(["Prod", "a_b", "-a", "a-", "a".repeat(64), ""])("cannot be called %j", (namespace) => {
    expect(problemsOf({ namespace })[0]?.what).toBe(
      `${JSON.stringify(namespace)} is not the name of a namespace`,
    );
  });
});

describe("external objects", () => {
  const crd = external(
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "shops.example.com" },
    },
    new URL("file:///shops.yaml"),
  );
  const layer = base({ namespace: "prod", resources: [serviceAccount, crd] });

  test("come out as they are when nothing changes them", () => {
    expect(compose(layer)).toContain(crd);
  });

  test("are read when a patch changes them", () => {
    const change = untyped(crd, { metadata: { labels: { a: "b" } } });
    const read = () => ({
      ...crd,
      source: undefined,
      metadata: { name: "shops.example.com", annotations: { c: "d" } },
    });
    const objects = compose(overlay({ base: layer, patches: [change] }), read);
    expect(only(objects, "CustomResourceDefinition").metadata).toEqual({
      name: "shops.example.com",
      annotations: { c: "d" },
      labels: { a: "b" },
    });
  });
});

test("inputs stay as they are, even frozen, and the result is the same each time", () => {
  const layer = freeze(
    overlay({
      base: shop,
      namespace: "prod",
      patches: [
        pod({ containers: { web: { image: "example/shop:1", env: { $add: [{ name: "A", value: "b" }] } } } }),
      ],
      images: [{ name: "example/shop", version: "2" }],
    }),
  );
  expect(JSON.stringify(compose(layer))).toBe(JSON.stringify(compose(layer)));
});

test("the order is one in which the objects can be applied, whoever declared them first", () => {
  const want = ["ServiceAccount", "RoleBinding", "ConfigMap", "Service", "Deployment"];
  expect(kindsOf(shop)).toEqual(want);
  expect(kindsOf({ ...shop, resources: shop.resources.toReversed() })).toEqual(want);
});

test.each([
  undefined,
  {},
  { apiVersion: "v1", kind: "Secret" },
  { apiVersion: "v1", kind: "Secret", metadata: {} },
])("%j is not an object", (given) => {
  const problems = problemsOf({ resources: [given as unknown as typeof serviceAccount] });
  expect(problems).toHaveLength(1);
  expect(problems[0]?.what).toMatch(
    /^not a Kubernetes object: it has no .*metadata\.name|^got undefined, not a Kubernetes object$/,
  );
});
