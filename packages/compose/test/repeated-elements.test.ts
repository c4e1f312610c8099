import { base, external, patch, type KubernetesObject } from "@atlas/compose";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainEnv, podWith } from "./pods.ts";
import { objectOf } from "./difference.ts";
import { problemsIn, problemsOf, untyped } from "./problems.ts";

const containers = "spec.template.spec.containers";
const container = (fields: object): KubernetesObject =>
  podWith({ containers: [{ name: "web", image: "a", ...fields }] });
const port = (number: number, protocol?: string): object => ({
  containerPort: number,
  ...(protocol !== undefined && { protocol }),
});
const twoWebs = [
  { name: "web", image: "a" },
  { name: "web", image: "b" },
];
const volumes = [
  { name: "v", emptyDir: {} },
  { name: "v", emptyDir: {} },
];

const objects: [what: string, given: KubernetesObject, path?: string][] = [
  ["two containers", podWith({ containers: twoWebs }), `${containers}[1]`],
  ["two variables", container({ env: [...plainEnv, { name: "A", value: "2" }] }), `${containers}[0].env[1]`],
  ["two ports", container({ ports: [port(80), port(80, "TCP")] }), `${containers}[0].ports[1]`],
  ["a port of two protocols", container({ ports: [port(80), port(80, "UDP")] })],
  ["two volumes", podWith({ containers: [], volumes }), "spec.template.spec.volumes[1]"],
  [
    "two mounts",
    container({ volumeMounts: ["v", "w"].map((name) => ({ name, mountPath: "/a" })) }),
    `${containers}[0].volumeMounts[1]`,
  ],
  [
    "two ports of a Service",
    objectOf("v1", "Service", { spec: { ports: [{ port: 80 }, { port: 80, name: "b" }] } }),
    "spec.ports[1]",
  ],
  ["one name in two lists", podWith({ containers: [twoWebs[0]], initContainers: [twoWebs[0]] })],
  ["tolerations, which have no key", podWith({ containers: [], tolerations: [{ key: "a" }, { key: "a" }] })],
  ["elements without a key", podWith({ containers: [{ image: "a" }, { image: "b" }] })],
];

const inPod = (spec: object): object => ({ spec: { template: { spec } } });
const inWeb = (web: object): object => ({ spec: { template: { spec: { containers: { web } } } } });
describe("two elements of one key", () => {
  test.each(objects)("in an object: %s", (_what, given, path) => {
    const problems = problemsOf({ resources: [given] }, base({}));
    expect(problems.map((problem) => problem.path)).toEqual(path === undefined ? [] : [path]);
  });

  const target = container({ env: plainEnv });
  const below = base({ resources: [target] });
  const first = "/spec/template/spec/containers/0";
  const patches: [what: string, given: ReturnType<typeof untyped>, isRefused: boolean][] = [
    ["a list in $replace", untyped(target, inPod({ containers: { $replace: twoWebs } })), true],
    ["a list that is new", untyped(target, inPod({ volumes })), true],
    ["$add", untyped(target, inPod({ volumes: { $add: volumes } })), true],
    [
      "a list in a new element",
      untyped(target, inPod({ containers: { $add: [{ name: "b", env: [...plainEnv, ...plainEnv] }] } })),
      true,
    ],
    ["strategicMerge", strategicMerge(target, inPod({ volumes: [...volumes, { $patch: "merge" }] })), true],
    [
      "strategicMerge that replaces",
      strategicMerge(target, inPod({ containers: [...twoWebs, { $patch: "replace" }] })),
      true,
    ],
    [
      "an operation that adds",
      jsonPatch(target, [{ op: "add", path: `${first}/env/-`, value: { name: "A", value: "2" } }]),
      true,
    ],
    [
      "an operation that copies",
      jsonPatch(target, [{ op: "copy", from: first, path: "/spec/template/spec/containers/-" }]),
      true,
    ],
    [
      "an operation that renames",
      jsonPatch(target, [
        { op: "copy", from: first, path: "/spec/template/spec/containers/-" },
        { op: "replace", path: "/spec/template/spec/containers/1/name", value: "b" },
      ]),
      false,
    ],
    [
      "operations that put one in the place of another",
      jsonPatch(target, [
        { op: "add", path: `${first}/env/0`, value: { name: "A", value: "2" } },
        { op: "remove", path: `${first}/env/1` },
      ]),
      false,
    ],
  ];
  test.each(patches)("in a patch: %s", (_what, given, isRefused) => {
    const problems = problemsOf({ patches: [given] }, below);
    expect(problems.map(({ what }) => what)).toEqual(
      isRefused ? [expect.stringMatching(/"\w+" (already|twice)|added twice/)] : [],
    );
  });

  test("what an object in a file has is none of the operations' making", () => {
    const inFile = external(target, new URL("file:///a.yaml"));
    const given = podWith({ containers: [...twoWebs, { name: "c", image: "c" }] });
    const remove = jsonPatch(target, [{ op: "remove", path: "/spec/template/spec/containers/2" }]);
    const read = (): KubernetesObject => given;
    expect(problemsOf({ patches: [remove] }, base({ resources: [inFile] }), read)).toEqual([]);
  });

  test("a list of a custom kind that only patches go through by name may have several", () => {
    const refs = [{ name: "a" }];
    const thing = objectOf("example.com/v1", "Thing", { spec: { refs } });
    const $replace = ["x", "y"].map((namespace) => ({ name: "a", namespace }));
    const given = untyped(thing, { spec: { refs: { $replace } } });
    expect(problemsOf({ patches: [given] }, base({ resources: [thing] }))).toEqual([]);
  });
});

test("of any names, those that are there before are refused, and no others", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 6 }), (names) => {
      const given = container({ env: names.map((name) => ({ name })) });
      const paths = problemsIn({ resources: [given] }, base({})).map(({ path }) => path);
      const repeated = names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
      expect(paths).toEqual(repeated.map((index) => `${containers}[0].env[${index}]`));
    }),
    { numRuns: 100 },
  );
});

describe("an element that its change calls by another name than the record", () => {
  const element = { name: "web", image: "a", env: plainEnv, ports: [port(53), port(53, "UDP"), port(80)] };
  const target = podWith({ containers: [element], volumes: [volumes[0]] });
  const subject = { kind: "ServiceAccount", name: "bot", namespace: "a" };
  const binding = objectOf("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [subject],
  });
  const thing = objectOf("example.com/v1", "Thing", { spec: { parts: [{ name: "a", size: 1 }] } });
  const table: [what: string, target: KubernetesObject, body: object, path?: string][] = [
    ["a container", target, inWeb({ name: "web2" }), `${containers}[web].name`],
    ["the same name", target, inWeb({ name: "web", image: "b" })],
    ["a variable", target, inWeb({ env: { A: { name: "B" } } }), `${containers}[web].env[A].name`],
    [
      "a port",
      target,
      inWeb({ ports: { 80: { containerPort: 81 } } }),
      `${containers}[web].ports[80].containerPort`,
    ],
    ["a protocol that no key says", target, inWeb({ ports: { 80: { protocol: "UDP" } } })],
    [
      "a protocol",
      target,
      inWeb({ ports: { "53/TCP": { protocol: "UDP" } } }),
      `${containers}[web].ports[53/TCP].protocol`,
    ],
    [
      "a volume",
      target,
      { spec: { template: { spec: { volumes: { v: { name: "w" } } } } } },
      "spec.template.spec.volumes[v].name",
    ],
    ["a subject", binding, { subjects: { bot: { name: "other" } } }, "subjects[bot].name"],
    ["a subject's namespace", binding, { subjects: { bot: { namespace: "b" } } }],
    ["an element of a custom kind", thing, { spec: { parts: { a: { name: "b" } } } }, "spec.parts[a].name"],
  ];
  test.each(table)("%s", (_what, of, body, path) => {
    const problems = problemsOf({ patches: [untyped(of, body)] }, base({ resources: [of] }));
    const wanted = {
      path,
      what: expect.stringMatching(/^the key says /),
      fix: expect.stringMatching(/\$add/),
    };
    expect(problems).toMatchObject(path === undefined ? [] : [wanted]);
  });

  test("the sentence of a container", () => {
    const given = patch(target, inWeb({ name: "web2" }) as never);
    expect(problemsOf({ patches: [given] }, base({ resources: [target] }))[0]?.what).toBe(
      'the key says "web", and name says "web2"',
    );
  });
});
