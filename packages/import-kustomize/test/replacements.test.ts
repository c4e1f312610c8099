import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { composed, importOf } from "./kustomize-folders.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const objects = `apiVersion: v1
kind: Service
metadata: {name: webhook-service, namespace: system}
spec: {ports: [{port: 443, targetPort: 9443}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {host: "db.example.com:5432", tag: tag-one, "my.key": key-one, port: "0"}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: serving-cert, namespace: system}
spec: {dnsNames: [SERVICE_NAME.SERVICE_NAMESPACE.svc, SERVICE_NAME.SERVICE_NAMESPACE.svc.cluster.local], secretName: x, issuerRef: {name: a, kind: Issuer}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: vwc}
webhooks: [{name: a.b.c, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {service: {name: webhook-service, namespace: system, path: /x}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec:
      containers:
      - {name: web, image: "nginx:old", env: [{name: HOST, value: ""}, {name: PORT, value: "0"}], ports: [{containerPort: 80}]}
      - {name: side, image: "nginx:old"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
spec:
  replicas: 1
  selector: {matchLabels: {app: y}}
  template:
    metadata: {labels: {app: y}}
    spec: {containers: [{name: web, image: "redis:old", env: [{name: HOST, value: ""}, {name: PORT, value: ""}]}]}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, names: {kind: Widget, plural: widgets}, scope: Cluster, versions: []}
`;
/** Whatever takes a value as it is. */
const annotated = (name: string): string =>
  `  targets: [{select: {kind: ConfigMap, name: settings}, fieldPaths: ["metadata.annotations.${name}"], options: {create: true}}]
`;
const kustomization = `resources: [../base]
namespace: prod-system
namePrefix: prod-
configMapGenerator:
- {name: regions, behavior: merge, literals: [zone=zone-one]}
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {example.com/owner: team-one, owner: group-one}}
    spec: {revisionHistoryLimit: 4711}
replacements:
- source: {kind: ConfigMap, name: regions, fieldPath: data.region}
${annotated("region")}
- source: {kind: ConfigMap, name: regions, fieldPath: data.region, options: {delimiter: "-", index: 1}}
${annotated("part")}
- source: {kind: ConfigMap, name: regions, fieldPath: "data.zone"}
${annotated("zone")}
- source: {kind: Deployment, name: web, fieldPath: "metadata.annotations.[example.com/owner]"}
${annotated("owner")}
- source: {kind: Deployment, name: web, fieldPath: metadata.annotations.owner}
${annotated("group")}
- source: {kind: Deployment, name: web, fieldPath: spec.revisionHistoryLimit}
${annotated("limit")}
- source: {kind: CustomResourceDefinition, fieldPath: metadata.name}
${annotated("crd")}
- source: {kind: ConfigMap, name: settings, fieldPath: data.host, options: {delimiter: ":"}}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=HOST].value"]
- source: {kind: ConfigMap, name: settings, fieldPath: data.host, options: {delimiter: ":", index: 1}}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=PORT].value"]
- source: {kind: ConfigMap, name: settings, fieldPath: data.tag}
  targets:
  - select: {kind: Deployment}
    reject: [{name: other}]
    fieldPaths: ["spec.template.spec.containers.*.image"]
    options: {delimiter: ":", index: 1}
- source: {kind: Service, name: webhook-service, fieldPath: metadata.name}
  targets:
  - select: {kind: Certificate}
    fieldPaths: [spec.dnsNames.0, spec.dnsNames.1]
    options: {delimiter: '.', index: 0, create: true}
- source: {kind: Service, name: webhook-service, fieldPath: metadata.namespace}
  targets:
  - select: {kind: Certificate}
    fieldPaths: [spec.dnsNames.0, spec.dnsNames.1]
    options: {delimiter: '.', index: 1, create: true}
- source: {kind: Certificate, fieldPath: .metadata.namespace}
  targets:
  - select: {kind: ValidatingWebhookConfiguration}
    fieldPaths: [".metadata.annotations.[cert-manager.io/inject-ca-from]"]
    options: {delimiter: '/', index: 0, create: true}
- source: {kind: Certificate, fieldPath: .metadata.name}
  targets:
  - select: {kind: ValidatingWebhookConfiguration}
    fieldPaths: [".metadata.annotations.[cert-manager.io/inject-ca-from]"]
    options: {delimiter: '/', index: 1, create: true}
- source: {kind: ConfigMap, name: settings, fieldPath: "data.my\\\\.key"}
  targets:
  - select: {kind: Deployment}
    fieldPaths: [metadata.annotations.key]
    options: {create: true}
- source: {kind: Deployment, name: web, fieldPath: spec.replicas}
  targets:
  - select: {kind: Deployment, name: other}
    fieldPaths: [spec.replicas]
- source: {kind: Service, name: webhook-service, fieldPath: spec.ports.0.port}
  targets:
  - select: {kind: ConfigMap, name: settings}
    fieldPaths: [data.port]
`;

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const objectsIn = (yaml: string): unknown[] =>
  parseAllDocuments(yaml)
    .map((document) => document.toJS() as Named)
    .map((object) => [`${object.kind}/${object.metadata.name}`, object] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const built = (folder: string): string =>
  execFileSync("kubectl", ["kustomize", folder], { encoding: "utf8" });

/** Puts one text for another into all files of a folder. */
function change(folder: string, from: string, to: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const changed = files.map(({ parentPath, name }) => {
    const file = join(parentPath, name);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll(from, to));
    return text.split(from).length - 1;
  });
  return changed.reduce((sum, count) => sum + count, 0);
}

describe.skipIf(withoutKubectl)("values that replacements take from other objects", () => {
  let run: ReturnType<typeof importOf>;
  beforeAll(() => {
    run = importOf({
      "base/kustomization.yaml":
        "resources: [all.yaml]\nconfigMapGenerator: [{name: regions, literals: [region=eu-one, zone=none]}]\n",
      "base/all.yaml": objects,
      "prod/kustomization.yaml": kustomization,
    });
  }, 120_000);
  const module = (): string => join(run.output, "overlays/prod/index.ts");

  test("come to the same objects, and need no note", () => {
    expect(run.stdout.trimEnd().split("\n").toSorted()).toEqual([
      "base: same: 8 objects",
      "overlays/prod: same: 8 objects",
    ]);
    expect(run.stderr).toBe("written\n");
    expect(run.status).toBe(0);
  });

  test("compile under strict, and the formatter and the linter are content", () => {
    const copy = mkdtempSync(join(root, "packages/import-kustomize/import-"));
    try {
      cpSync(run.output, copy, { recursive: true });
      const tsconfig = { extends: "../../../tsconfig.base.json", include: ["**/*.ts"] };
      writeFileSync(join(copy, "tsconfig.json"), JSON.stringify(tsconfig));
      const bin = (name: string): string => join(root, "node_modules/.bin", name);
      const checks: [string, string[]][] = [
        [bin("tsc"), ["-p", copy]],
        [bin("oxfmt"), ["--check", copy, "!**/*.{yaml,json,md}"]],
        [bin("oxlint"), ["--type-aware", copy]],
      ];
      for (const [program, args] of checks) {
        const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
        expect(status, `${program}:\n${stdout}${stderr}`).toBe(0);
      }
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  const sources: [what: string, from: string, to: string][] = [
    ["a part of a text", "db.example.com:5432", "db2.example.org:6543"],
    ["a text that is put into another", "tag-one", "tag-two"],
    ["a key with a dot", "key-one", "key-two"],
    ["a number", "replicas: 3", "replicas: 5"],
    ["a number in a text", "port: 443", "port: 444"],
    ["a name", "webhook-service", "hook"],
    ["the name of a custom object", "serving-cert", "other-cert"],
    ["a literal of a generator", "eu-one", "us-two"],
    ["a literal that a layer has merged in", "zone-one", "zone-two"],
    ["a value of a patch", "team-one", "team-two"],
    ["another of the same name", "group-one", "group-two"],
    ["a number of a patch", "4711", "4712"],
    ["the layer's namespace", "prod-system", "live-system"],
    ["the layer's prefix", "prod-", "live-"],
  ];
  test.each(sources)("follow their source: %s", (_what, from, to) => {
    expect(change(run.source, from, to)).toBeGreaterThan(0);
    expect(change(run.output, from, to)).toBeGreaterThan(0);
    const { stdout, stderr } = composed(module());
    expect(stderr).toBe("");
    expect(objectsIn(stdout)).toEqual(objectsIn(built(join(run.source, "prod"))));
  });

  test("are read from what names a file, too", () => {
    const text = readFileSync(join(run.output, "overlays/prod/patches/settings.ts"), "utf8");
    expect(text).toContain("crd: widgetCrd.metadata.name");
  });

  test("stand nowhere else", () => {
    const stated = [
      "db2.example.org",
      "tag-two",
      "key-two",
      "other-cert",
      "live-system",
      '"live-"',
      "us-two",
    ];
    for (const text of stated) expect([text, change(run.output, text, text)]).toEqual([text, 1]);
  });
});
