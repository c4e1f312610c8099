import { expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { configMap, deployment, importOf, type Files } from "./kustomize-folders.ts";

/** Features, each as lines of a kustomization by field; those of one field are put together. */
const features: readonly (readonly [field: string, ...lines: string[]])[] = [
  ["namespace", "shop"],
  ["namespace", "other"],
  ["commonLabels", "  team: shop"],
  ["commonAnnotations", "  note: 'a: b'"],
  ["labels", "- {pairs: {layer: front}, includeTemplates: true}"],
  ["labels", "- {pairs: {part: store}, includeSelectors: true}"],
  ["images", "- {name: nginx, newTag: '1.26'}"],
  ["images", "- {name: redis, newName: mirror/redis}"],
  ["images", "- {name: 'mirror/.*', newTag: '7'}"],
  ["replicas", "- {name: web, count: 3}"],
  ["configMapGenerator", "- {name: generated, behavior: merge, literals: [B=2]}"],
  ["configMapGenerator", "- {name: generated, behavior: replace, literals: [C=3]}"],
  ["secretGenerator", "- {name: LAYER-keys, literals: [a=b], type: example.com/key}"],
  ["components", "- ../component"],
  ["patches", "- {path: ../LAYER/merge.yaml}"],
  ["patches", "- {path: operations.yaml, target: {kind: Deployment}}"],
  ["patches", "- {path: annotate.yaml, target: {labelSelector: 'app in (web, x)', name: 'w.*'}}"],
  ["patches", "- {path: operations.yaml, target: {annotationSelector: 'none=here'}}"],
  ["patchesStrategicMerge", "- delete.yaml"],
  [
    "patchesJson6902",
    "- {path: operations.yaml, target: {version: v1, kind: Deployment, name: web, group: apps}}",
  ],
  ["resources", "- own.yaml"],
];

const meta = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
const filesOf = (layer: string): Files => ({
  "merge.yaml": `${meta}spec:
  replicas: ${layer.length + 3}
  template:
    metadata: {annotations: {from: ${layer}}}
    spec:
      terminationGracePeriodSeconds: ${layer.length}
      containers:
      - {name: side, env: [{name: FROM, value: ${layer}}]}
      - {name: ${layer}, image: busybox}
      volumes: [{name: tmp, emptyDir: {medium: Memory}}]
`,
  "operations.yaml": `- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: J, value: ${layer}}}
- {op: replace, path: /spec/minReadySeconds, value: ${layer.length}}
`,
  "annotate.yaml": `${meta}metadata: {name: any, annotations: {by: ${layer}}}\n`.replace(
    "metadata: {name: web}\n",
    "",
  ),
  "delete.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: doomed}\n$patch: delete\n",
  "own.yaml": configMap(`own-${layer}`),
});

/** The same numbers at every run: a linear congruential generator. */
function* numbers(): Generator<number> {
  for (let state = 20_240_607; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

function kustomizationOf(layer: string, below: string, chosen: typeof features): string {
  const fields = new Map<string, string[]>([["resources", [`- ../${below}`]]]);
  for (const [field, ...lines] of chosen) {
    if (field === "namespace") fields.set(field, lines);
    else fields.set(field, [...(fields.get(field) ?? []), ...lines]);
  }
  return [...fields]
    .map(([field, lines]) =>
      field === "namespace" ? `${field}: ${lines.join()}\n` : `${field}:\n${lines.join("\n")}\n`,
    )
    .join("")
    .replaceAll("LAYER", layer);
}

/** Overlays of some of the features, on the base or on each other. */
function matrix(count: number): Files {
  const random = numbers();
  const next = (): number => random.next().value;
  const files: Record<string, string | Uint8Array> = {
    "base/kustomization.yaml": `resources: [all.yaml]
configMapGenerator: [{name: generated, literals: [A=1]}]
`,
    "base/all.yaml": `${deployment.replace("replicas: 1", "replicas: 1\n  minReadySeconds: 1").replace("name: settings", "name: generated").replace("  annotations", "  labels: {app: web}\n  annotations")}---\n${configMap("doomed")}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}], selector: {tier: web}}
`,
    "component/kustomization.yaml":
      "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: [job.yaml]\nlabels: [{pairs: {has: job}}]\n",
    "component/job.yaml":
      "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: job}\nspec: {schedule: '@daily'}\n",
  };
  // What can be done once only must not be done again above.
  const once = new Map<string, Set<string>>([["base", new Set()]]);
  for (let index = 0; index < count; index++) {
    const layer = `l${String.fromCodePoint(97 + index)}`;
    const layers = [...once.keys()];
    const below = next() < 0.6 ? "base" : (layers[Math.floor(next() * layers.length)] ?? "base");
    const done = new Set(once.get(below));
    const chosen = features.filter(([field, line = ""]) => {
      const isOnce = line === "- ../component" || line === "- delete.yaml";
      const isChosen = next() < 0.35 && !(isOnce && done.has(line));
      if (isChosen && isOnce) done.add(line);
      return isChosen && !(field === "configMapGenerator" && line.includes("replace") && next() < 0.5);
    });
    const generator = chosen.find(([field]) => field === "configMapGenerator");
    once.set(layer, done);
    files[`${layer}/kustomization.yaml`] = kustomizationOf(
      layer,
      below,
      chosen.filter((feature) => feature[0] !== "configMapGenerator" || feature === generator),
    );
    for (const [name, content] of Object.entries(filesOf(layer))) files[`${layer}/${name}`] = content;
  }
  return files;
}

test.skipIf(withoutKubectl)(
  "overlays of any features, on each other, come to the same objects",
  () => {
    const { status, stdout, stderr } = importOf(matrix(16));
    expect(
      stdout
        .split("\n")
        .filter((line) => !/: same: \d+ objects(?: \(but for their namespace, .*\))?$/.test(line)),
      stderr,
    ).toEqual([""]);
    expect(status, stderr).toBe(0);
  },
  180_000,
);
