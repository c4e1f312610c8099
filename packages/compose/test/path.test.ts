import fc from "fast-check";
import { follow, namesIn, printedSteps, stepsIn, type Step } from "@atlas/compose/places";
import { describe, expect, test } from "vitest";

describe("the names in a path", () => {
  const table: [string, readonly string[] | undefined][] = [
    ["", []],
    ["spec.replicas", ["spec", "replicas"]],
    [
      "spec.template.spec.containers[manager].image",
      ["spec", "template", "spec", "containers", "manager", "image"],
    ],
    ['metadata.labels["app.kubernetes.io/name"]', ["metadata", "labels", "app.kubernetes.io/name"]],
    ['metadata.labels["a\\"b]"].c', ["metadata", "labels", 'a"b]', "c"]],
    ["volumeMounts[/tmp].readOnly", ["volumeMounts", "/tmp", "readOnly"]],
    ["ports[53/UDP]", ["ports", "53/UDP"]],
    ["args[0]", ["args", "0"]],
    ["containers.$add[0]", ["containers", "$add", "0"]],
    ["spec..replicas", undefined],
    ["spec[replicas", undefined],
    ['spec["replicas]', ["spec", '"replicas']],
    ['spec["\\x"]', undefined],
    [".", undefined],
    ["spec.", undefined],
    ["spec]", undefined],
  ];
  test.each(table)("%s", (path, want) => {
    expect(namesIn(path)).toEqual(want);
  });
});

describe("a path as it is printed", () => {
  const table: [readonly Step[], string][] = [
    [[], ""],
    [["spec", "ports", 0, "name"], "spec.ports[0].name"],
    [[0, "name"], "[0].name"],
    [["data", "0"], "data.0"],
    [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
    [["data", ""], 'data[""]'],
    [["data", 'a"b\\'], 'data["a\\"b\\\\"]'],
  ];
  test.each(table)("%j", (steps, want) => {
    expect(printedSteps(steps)).toBe(want);
  });

  test("is read back as the steps that it was made of", () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.nat(99),
      fc.string({ unit: "binary" }),
      fc.constantFrom("a.b", "x[0]", '"', "\\", "$add"),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        expect(stepsIn(printedSteps(steps))).toEqual(steps);
        expect(namesIn(printedSteps(steps))).toEqual(steps.map(String));
      }),
    );
  });
});

describe("following names through a value", () => {
  const value = {
    labels: { "app.kubernetes.io/name": "shop", app: "shop" },
    args: ["-a", "1"],
    containers: [
      { name: "web", ports: [{ containerPort: 53 }, { containerPort: 53, protocol: "UDP" }] },
      {
        name: "side",
        image: "proxy",
        ports: [{ containerPort: 53, protocol: "UDP" }, { containerPort: 53 }],
      },
      { name: "proxy", volumeMounts: [{ mountPath: "/tmp", name: "tmp" }] },
    ],
    volumes: {
      tmp: { emptyDir: {} },
      $before: { tmp: [{ name: "older", emptyDir: {} }] },
      $add: [{ name: "new", emptyDir: {} }],
    },
    hosts: { $replace: [{ ip: "10.0.0.1" }] },
  };
  const table: [string, string[]][] = [
    ["labels.app", ["labels", "app"]],
    ["labels.app.kubernetes.io/name", ["labels", "app.kubernetes.io/name"]],
    ["args[1]", ["args", "1"]],
    ['args["-a"]', ["args", "0"]],
    ["containers[proxy].volumeMounts[/tmp].name", ["containers", "2", "volumeMounts", "0", "name"]],
    ["containers.1.name", ["containers", "1", "name"]],
    ["containers[proxy].name", ["containers", "2", "name"]],
    ["containers[web].ports[53/UDP]", ["containers", "0", "ports", "1"]],
    ["containers[web].ports[53/TCP]", ["containers", "0", "ports", "0"]],
    ["containers[side].ports[53/TCP]", ["containers", "1", "ports", "1"]],
    ["volumes[tmp].emptyDir", ["volumes", "tmp", "emptyDir"]],
    ["volumes[new].emptyDir", ["volumes", "$add", "0", "emptyDir"]],
    ["volumes[older].emptyDir", ["volumes", "$before", "tmp", "0", "emptyDir"]],
    ["hosts[10.0.0.1].ip", ["hosts", "$replace", "0", "ip"]],
    ["containers[wbe].image", ["containers"]],
    ["labels.app.more", ["labels", "app"]],
    ["constructor", []],
  ];
  test.each(table)("%s", (path, want) => {
    expect(follow(value, namesIn(path) ?? [])).toEqual(want);
  });
});
