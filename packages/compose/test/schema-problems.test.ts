import { schemaProblems } from "@atlas/compose/validation";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const object = (apiVersion: string, kind: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name: "shop", namespace: "shop" },
  ...rest,
});
const pod = (spec: object) => object("v1", "Pod", { spec: { containers: [{ name: "shop" }], ...spec } });
const lease = (spec: object) => object("coordination.k8s.io/v1", "Lease", { spec });
const secret = (data: object) => object("v1", "Secret", { data });

describe("an object is held against all that the schema of its kind says", () => {
  const table: readonly (readonly [
    title: string,
    given: ReturnType<typeof object>,
    want: readonly string[],
  ])[] = [
    ["a right one", pod({}), []],
    [
      "a field that does not exist",
      object("v1", "ConfigMap", { dta: {} }),
      ['dta: the field "dta" does not exist'],
    ],
    [
      "a field that is missing",
      pod({ containers: undefined }),
      ['spec.containers: the field "containers" is missing'],
    ],
    [
      "a null that is as good as missing",
      pod({ containers: null }),
      ['spec.containers: the field "containers" is missing'],
    ],
    ["a null in a Secret's data, which is stored as empty", secret({ a: null }), []],
    [
      "nulls in labels, limits and texts, which are taken for empty ones",
      pod({
        nodeSelector: { disk: null },
        containers: [{ name: "shop", args: [null], resources: { limits: { memory: null } } }],
      }),
      [],
    ],
    [
      "a null in a list of objects",
      pod({ containers: [{ name: "shop" }, null] }),
      ["spec.containers[1]: got null"],
    ],
    [
      "a field that is missing in an element",
      object("v1", "Service", { spec: { ports: [{ port: 1 }, { name: "http" }] } }),
      ['spec.ports[1].port: the field "port" is missing'],
    ],
    ["a field that the API server does without", object("storage.k8s.io/v1", "CSIDriver", {}), []],
    ["another type", pod({ hostNetwork: "yes" }), ['spec.hostNetwork: got "yes"']],
    [
      "none of an enumeration",
      pod({ restartPolicy: "Alway" }),
      ['spec.restartPolicy: the value "Alway" does not exist'],
    ],
    ["an integer of more than 32 bits", pod({ priority: 2 ** 31 }), ["spec.priority: got 2147483648"]],
    ["the largest of 32 bits", pod({ priority: 2 ** 31 - 1 }), []],
    ["one of 64 bits where those are taken", pod({ activeDeadlineSeconds: 2 ** 40 }), []],
    ["a fraction", pod({ priority: 1.5 }), ["spec.priority: got 1.5"]],
    ["no time", lease({ renewTime: "2026-01-31" }), ['spec.renewTime: got "2026-01-31"']],
    [
      "a day that there is not",
      lease({ renewTime: "2026-13-01T00:00:00Z" }),
      ['spec.renewTime: got "2026-13-01T00:00:00Z"'],
    ],
    ["a time", lease({ renewTime: "2026-01-31T12:00:00.123456+01:00" }), []],
    ["no base64, which is not shown", secret({ a: "%%" }), ["data.a: the text is not base64"]],
    ["base64 without its padding", secret({ a: "YQ" }), ["data.a: the text is not base64"]],
    ["base64 in lines", secret({ a: "YWFh\nYQ==\n" }), []],
  ];
  test.each(table)("%s", (_title, given, want) => {
    expect(schemaProblems(given)?.problems.map(({ path, what }) => `${path}: ${what}`)).toEqual(want);
  });

  test("of the custom kinds, nothing is known", () => {
    expect(schemaProblems(object("example.com/v1", "Shop", { spec: 1 }))).toBeUndefined();
  });
});

describe("a field behind a feature gate is worth knowing where the gate is off", () => {
  const image = pod({ volumes: [{ name: "data", image: { reference: "data" } }] });
  const stop = pod({
    containers: [{ name: "shop", lifecycle: { stopSignal: "SIGUSR1" } }],
    os: { name: "linux" },
  });
  test.each([
    [
      "1.32",
      image,
      "spec.volumes[0].image: image is behind the feature gate ImageVolume, which is alpha and off",
    ],
    [
      "1.34",
      image,
      "spec.volumes[0].image: image is behind the feature gate ImageVolume, which is beta and off",
    ],
    ["1.35", image, undefined],
    [
      "1.37",
      stop,
      "spec.containers[0].lifecycle.stopSignal: stopSignal is behind the feature gate ContainerStopSignals",
    ],
    ["1.34", pod({ volumes: [{ name: "data", image: null }] }), undefined],
  ])("in %s", (version, given, want) => {
    const { problems = [], notes = [] } = schemaProblems(given, version) ?? {};
    expect(problems).toEqual([]);
    expect(notes.map(({ path, what }) => `${path}: ${what}`)).toEqual(
      want === undefined ? [] : [expect.stringContaining(want)],
    );
  });
});

test("a number that JavaScript cannot hold is one of 64 bits, or too large", () => {
  const wholes = fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n });
  const property = fc.property(wholes, (number) => {
    const found = schemaProblems(pod({ activeDeadlineSeconds: number }));
    expect(found?.problems).toHaveLength(BigInt.asIntN(64, number) === number ? 0 : 1);
  });
  fc.assert(property, { seed: 1 });
});

test("all bytes are taken as Node encodes them", () => {
  const property = fc.property(fc.uint8Array(), (bytes) => {
    expect(schemaProblems(secret({ a: Buffer.from(bytes).toString("base64") }))?.problems).toEqual([]);
  });
  fc.assert(property, { seed: 1 });
});

describe("a kind that is not served by default is worth knowing", () => {
  const policy = (apiVersion: string): ReturnType<typeof object> =>
    object(apiVersion, "MutatingAdmissionPolicy", { spec: { reinvocationPolicy: "Never" } });
  const trust = object("certificates.k8s.io/v1beta1", "ClusterTrustBundle", { spec: { trustBundle: "a" } });
  const flow = object("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", {});
  const table: [string, ReturnType<typeof object>, string | undefined][] = [
    ["1.33", policy("admissionregistration.k8s.io/v1alpha1"), "is alpha: take the object out, or see to it"],
    [
      "1.37",
      policy("admissionregistration.k8s.io/v1beta1"),
      "is beta: state apiVersion: admissionregistration.k8s.io/v1",
    ],
    ["1.37", policy("admissionregistration.k8s.io/v1"), undefined],
    ["1.34", trust, "is beta: take the object out"],
    // It does not have it at all, which is said elsewhere.
    ["1.32", trust, undefined],
    ["1.31", flow, undefined],
  ];
  test.each(table)("in %s: %j", (version, given, want) => {
    const { problems = [], notes = [] } = schemaProblems(given, version) ?? {};
    expect(problems).toEqual([]);
    expect(notes.map(({ code, what, fix }) => `${code}: ${what.split(",")[0]}: ${fix}`)).toEqual(
      want === undefined ? [] : [expect.stringMatching(new RegExp(`^kind-off-by-default: .* ${want}`))],
    );
  });
});

const paths = (some: readonly { readonly path?: string }[]): unknown[] => some.map(({ path }) => path);

describe("what is wrong where a version does not look is worth knowing alone", () => {
  const claims = pod({ resourceClaims: [{}] });
  const imaged = pod({ volumes: [{ name: "a", image: {}, rbd: {} }] });
  const stateful = object("apps/v1", "StatefulSet", {
    spec: { selector: {}, template: { spec: { containers: [{ image: "a" }] } } },
  });
  const owned = object("apps/v1", "Deployment", {
    spec: { selector: {}, template: { metadata: { ownerReferences: [{ kind: "A" }] } } },
  });
  const table: [string, string, ReturnType<typeof object>, string | undefined, string | undefined][] = [
    ["a field behind a gate", "1.33", claims, undefined, "spec.resourceClaims[0].name"],
    ["one whose gate is on", "1.34", claims, "spec.resourceClaims[0].name", undefined],
    ["a volume that is an image", "1.34", imaged, undefined, "spec.volumes[0].rbd.image"],
    ["a template of a StatefulSet", "1.33", stateful, undefined, "spec.template.spec.containers[0].name"],
    ["one from 1.34 on", "1.34", stateful, "spec.template.spec.containers[0].name", undefined],
    ["the owner of pods to come", "1.37", owned, undefined, "spec.template.metadata.ownerReferences[0].uid"],
    [
      "what it cannot read all the same",
      "1.33",
      pod({ resourceClaims: [{ name: 1 }] }),
      "spec.resourceClaims[0].name",
      undefined,
    ],
  ];
  test.each(table)("%s in %s", (_title, version, given, problem, note) => {
    const { problems = [], notes = [] } = schemaProblems(given, version) ?? {};
    expect(paths(problems)).toEqual(problem === undefined ? [] : [problem]);
    const found = paths(notes).filter(
      (path) => path !== "spec.resourceClaims" && path !== "spec.volumes[0].image",
    );
    expect(found).toEqual(note === undefined ? [] : expect.arrayContaining([note]));
  });
});
