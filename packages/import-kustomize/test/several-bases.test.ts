import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { configMap, deployment, importOf, type Files } from "./kustomize-folders.ts";

/** Two bases that stand on one, in two namespaces. */
const regions: Files = {
  "base/kustomization.yaml":
    "resources: [web.yaml, c.yaml]\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n",
  "base/web.yaml": deployment,
  "base/c.yaml": configMap("c"),
  "eu/kustomization.yaml": "resources: [../base]\nnamespace: eu\n",
  "us/kustomization.yaml": "resources: [../base]\nnamespace: us\n",
};

const over = (text: string): Files => ({
  ...regions,
  "all/kustomization.yaml": `resources: [../eu, ../us]\n${text}`,
});

const web = (namespace: string, body: string): string =>
  `- patch: |\n    {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: ${namespace}}, ${body}}\n`;

/** What a layer over both says of one, or of each, and what of it the sources hold. */
const cases: Readonly<Record<string, { files: Files; says: RegExp }>> = {
  "a merge of the second": {
    files: over(`patches:\n${web("us", "spec: {replicas: 3}")}`),
    says: /patch\(target, \{ spec: \{ replicas: 3 \} \}, \{ in: base \}\)/,
  },
  "a merge of the first": {
    files: over(`patches:\n${web("eu", "spec: {replicas: 3}")}`),
    says: /import base from "..\/..\/eu\/index.ts"[^]*\{ in: base \}/,
  },
  "a merge of each": {
    files: over(`patches:\n${web("us", "spec: {replicas: 3}")}${web("eu", "spec: {replicas: 2}")}`),
    says: /replicas: 2[^]*\{ in: base \}/,
  },
  "two merges that disagree": {
    files: over(`patches:\n${web("us", "spec: {replicas: 3}")}${web("us", "spec: {replicas: 2}")}`),
    says: /\{ in: base, override: true \}/,
  },
  operations: {
    files: over(
      "patches:\n- target: {kind: ConfigMap, name: c, namespace: us}\n  patch: |\n    - {op: replace, path: /data/key, value: x}\n",
    ),
    says: /jsonPatch\(target, [^]*\{ in: base \}\)/,
  },
  "operations after the namespace": {
    files: over(
      "commonLabels: {a: b}\npatchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: c, namespace: us}\n  patch: |\n    - {op: replace, path: /data/key, value: x}\n",
    ),
    says: /jsonPatch\(target, [^]*\{ in: base \}\)/,
  },
  "a removal": {
    files: over(
      "patches:\n- patch: |\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: us}, $patch: delete}\n",
    ),
    says: /patch\(target, null, \{ in: base \}\)/,
  },
  "a target that selects both": {
    files: over(
      "patches:\n- target: {kind: ConfigMap, name: c}\n  patch: |\n    - {op: replace, path: /data/key, value: x}\n",
    ),
    says: /jsonPatch\(target1, body, \{ in: base1 \}\),\s*jsonPatch\(target2, body, \{ in: base2 \}\)/,
  },
  "a generated object": {
    files: over(
      "patches:\n- target: {kind: ConfigMap, name: g, namespace: us}\n  patch: |\n    - {op: replace, path: /data/a, value: x}\n",
    ),
    says: /jsonPatch\(target.object, [^]*\{ in: base \}\)/,
  },
  "a layer above": {
    files: {
      ...over("namespace: ''\n"),
      "top/kustomization.yaml": `resources: [../all]\npatches:\n${web("us", "spec: {replicas: 3}")}`,
    },
    says: /import base from "..\/..\/us\/index.ts"/,
  },
  "two layers above, beside another": {
    files: {
      ...over(""),
      "other/kustomization.yaml": "resources: [../base]\nnamespace: other\n",
      "top/kustomization.yaml": `resources: [../all, ../other]\npatches:\n${web("eu", "spec: {replicas: 3}")}`,
    },
    says: /import base from "..\/..\/eu\/index.ts"/,
  },
  "a component": {
    files: {
      ...over("components: [../piece]\n"),
      "piece/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n${web("us", "spec: {replicas: 3}")}`,
    },
    says: /import base from "..\/..\/..\/overlays\/us\/index.ts"/,
  },
  "bases that differ by a prefix": {
    files: {
      ...regions,
      "eu/kustomization.yaml": "resources: [../base]\nnamePrefix: eu-\n",
      "us/kustomization.yaml": "resources: [../base]\nnamePrefix: us-\n",
      "all/kustomization.yaml":
        "resources: [../eu, ../us]\npatches:\n- target: {kind: Deployment, name: us-web}\n  patch: |\n    - {op: replace, path: /spec/replicas, value: 3}\n",
    },
    says: /in: base,?\s*\}/,
  },
  "what Kustomize makes of one": {
    files: over(
      "replacements:\n- source: {kind: Deployment, name: web, namespace: eu, fieldPath: metadata.namespace}\n  targets:\n  - select: {kind: ConfigMap, name: c, namespace: us}\n    fieldPaths: [data.key]\n",
    ),
    says: /key: "eu" [^]*\{ in: base \}/,
  },
};

const textIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : []))
    .join("\n");

describe.skipIf(withoutKubectl)("a patch of one of several bases names the base", () => {
  test.for(Object.entries(cases))("%s", ([, { files, says }]) => {
    const { status, stderr, stdout, output } = importOf(files);
    expect({ status, stderr, stdout }).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining("theirs"),
    });
    expect(textIn(output)).toMatch(says);
  });
});
