import { describe, expect, test } from "vitest";
import { atlasRender, environmentsOf, type Run } from "./command.ts";

const render = (modules: Record<string, string>, ...options: string[]): Run =>
  atlasRender("render", "--environments", environmentsOf(modules), "--output", "-", ...options);

const object = (apiVersion: string, kind: string, more: object): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name: "shop", namespace: "shop" }, ...more });
const container = { name: "shop", image: "shop" };
const pod = (spec: object): string => object("v1", "Pod", { spec: { containers: [container], ...spec } });
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "shop" };

/** What schemas pass and the API server refuses, with what is said of it and how to fix it. */
const table: Record<string, { object: string; says: string; fix: string }> = {
  "two-values": {
    object: pod({
      containers: [
        {
          ...container,
          env: [{ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
        },
      ],
    }),
    says: "Pod/shop: spec.containers[0].env[0].valueFrom: there is a value already",
    fix: "take one out",
  },
  "two-sources": {
    object: pod({ volumes: [{ name: "data", emptyDir: {}, hostPath: { path: "/data" } }] }),
    says: "Pod/shop: spec.volumes[0].hostPath: there is emptyDir already",
    fix: "take one out",
  },
  "missing-volume": {
    object: pod({
      containers: [{ ...container, volumeMounts: [{ name: "dat", mountPath: "/data" }] }],
      volumes: [{ name: "data", emptyDir: {} }],
    }),
    says: 'Pod/shop: spec.containers[0].volumeMounts[0].name: the pod has no volume "dat"',
    fix: 'did you mean "data"?; see https://kubernetes.io/docs/concepts/storage/volumes/',
  },
  "max-below-min": {
    object: object("autoscaling/v2", "HorizontalPodAutoscaler", {
      spec: { scaleTargetRef, minReplicas: 3, maxReplicas: 2 },
    }),
    says: "HorizontalPodAutoscaler/shop: spec.maxReplicas: maxReplicas is 2, and minReplicas is 3",
    fix: "raise maxReplicas or lower minReplicas",
  },
  misspelt: {
    object: object("v1", "Service", { spec: { type: "NodeProt", ports: [{ port: 80 }] } }),
    // The schema says so, and once is enough.
    says: 'Service/shop: spec.type: the value "NodeProt" does not exist',
    fix: 'did you mean "NodePort"?',
  },
};

describe("what no schema states is held against the API server's own rules", () => {
  const modules = Object.entries(table).map(([name, each]) => [
    name,
    `export default base({ resources: [${each.object}] });`,
  ]);
  const run = render(Object.fromEntries(modules), "--validate");

  test.each(Object.keys(table))("%s", (name) => {
    const { says = "", fix = "" } = table[name] ?? {};
    const block = run.stderr.split(/^atlas-render: /m).filter((each) => each.startsWith(`${name}: `));
    expect(block).toHaveLength(1);
    expect(block.join("")).toContain(says);
    expect(block.join("")).toContain(`fix:      ${fix}`);
  });

  test("without an option, too, and with --no-validate, nobody asks", () => {
    const module = modules[0]?.[1] ?? "";
    expect([render({ a: module }).status, render({ a: module }, "--no-validate").status]).toEqual([2, 0]);
  });
});

test("a value that a patch has set is found in the patch", () => {
  const module = `
const shop = ${object("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { scaleTargetRef, minReplicas: 3, maxReplicas: 5 } })};
export default overlay({
  base: base({ resources: [shop] }),
  patches: [patch(shop, { spec: { maxReplicas: 2 } })],
});`;
  const { status, stderr } = render({ a: module }, "--validate");
  expect(status).toBe(2);
  expect(stderr).toContain("HorizontalPodAutoscaler/shop: spec.maxReplicas: maxReplicas is 2");
  expect(stderr).toMatch(/a: +.*\/a\/index\.ts:6:\d+\n\s+6 \|.*maxReplicas: 2/);
});

test("a rule is that of the version that the layer is for", () => {
  const module = `export default base({ resources: [${pod({ containers: [{ ...container, env: [{ name: "1A", value: "" }] }] })}] });`;
  const statuses = ["1.31", "1.32"].map(
    (version) => render({ a: module }, "--validate", "--kubernetes-version", version).status,
  );
  expect(statuses).toEqual([2, 0]);
});

test("an object that is too large for client-side apply is a warning, which can be refused", () => {
  const large = object("v1", "ConfigMap", { data: { a: "a".repeat(300_000) } });
  const module = `export default base({ resources: [${large}] });`;
  const [warned, refused] = [render({ a: module }, "--validate"), render({ a: module }, "--strict")];
  expect([warned.status, refused.status]).toEqual([0, 2]);
  expect(warned.stderr).toContain("warning: the object has 300");
  expect(warned.stderr).toContain("fix:      apply it with `kubectl apply --server-side`");
});
