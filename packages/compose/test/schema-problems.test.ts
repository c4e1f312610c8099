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
