import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { atlasRender, atlasRenderIn, environmentsOf, temporaryFolder, type Run } from "./command.ts";

const endpoints = {
  type: "array",
  items: {
    type: "object",
    properties: { port: { type: "string" }, interval: { type: "string", pattern: "^[0-9]+s$" } },
  },
};
const spec = {
  type: "object",
  required: ["endpoints"],
  properties: { endpoints },
  "x-kubernetes-validations": [{ rule: "size(self.endpoints) > 0", message: "state an endpoint" }],
};
/** A definition of ServiceMonitors, with other fields of its version. */
const crdWith = (version: object): string =>
  JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "servicemonitors.monitoring.example.com" },
    spec: {
      group: "monitoring.example.com",
      scope: "Namespaced",
      names: { kind: "ServiceMonitor", plural: "servicemonitors" },
      versions: [{ name: "v1", served: true, storage: true, ...version }],
    },
  });
const schemaOf = (properties: object): object => ({
  schema: { openAPIV3Schema: { type: "object", properties } },
});
const crd = crdWith(schemaOf({ spec }));
const right = { endpoints: [{ port: "http", interval: "30s" }] };
/** A ServiceMonitor, with other fields. */
const monitor = (own: object, rest: object = {}): string =>
  JSON.stringify({
    apiVersion: "monitoring.example.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "shop" },
    spec: own,
    ...rest,
  });
const layer = (resource: string, rest = ""): string =>
  `export default base({ resources: [${resource}], ${rest} });`;

const render = (modules: Record<string, string>, ...options: string[]): Run =>
  atlasRender("render", "--environments", environmentsOf(modules), "--output", "-", ...options);
const linesOf = ({ stderr }: Run): string[] => stderr.match(/^atlas-render: .*$/gm) ?? [];

describe("objects of custom kinds are held against the definition that their layer knows", () => {
  const wrong = monitor({ endpoints: [{ port: "http", interval: "30" }] });
  const places: Record<string, string> = {
    rendered: layer(`${wrong}, ${crd}`),
    stated: layer(wrong, `crds: [${crd}]`),
    below: `export default overlay({ base: base({ crds: [${crd}] }), resources: [${wrong}] });`,
    above: `export default overlay({ base: base({ resources: [${wrong}] }), crds: [${crd}] });`,
    file: layer(wrong, `crds: [external(${crd}, new URL("crd.json", import.meta.url))]`),
  };
  test("wherever it stands", () => {
    const folder = environmentsOf(places);
    writeFileSync(join(folder, "file/crd.json"), crd);
    const run = atlasRender("render", "--environments", folder, "--output", "-", "--validate");
    expect([run.status, run.stdout]).toEqual([2, ""]);
    for (const place of Object.keys(places).toSorted()) {
      const own = linesOf(run).filter((line) => line.startsWith(`atlas-render: ${place}: `));
      expect(own.map((line) => line.replace(`atlas-render: ${place}: `, ""))).toEqual([
        expect.stringMatching(/^ServiceMonitor\/shop: spec\.endpoints\[0\]\.interval: /),
      ]);
    }
  });

  /** A rule that compares a text with a number. */
  const mistyped = {
    type: "object",
    properties: { size: { type: "string" } },
    "x-kubernetes-validations": [{ rule: "self.size > 3" }],
  };
  const table: Record<string, { module: string; says?: string; fix?: string }> = {
    right: { module: layer(monitor(right), `crds: [${crd}]`) },
    rule: {
      module: layer(monitor({ endpoints: [] }), `crds: [${crd}]`),
      says: "ServiceMonitor/shop: spec: state an endpoint",
    },
    required: {
      module: layer(monitor({}), `crds: [${crd}]`),
      says: 'ServiceMonitor/shop: spec.endpoints: the field "endpoints" is required',
    },
    version: {
      module: layer(monitor(right, { apiVersion: "monitoring.example.com/v2" }), `crds: [${crd}]`),
      says: "ServiceMonitor/shop: apiVersion: ",
      fix: 'did you mean "monitoring.example.com/v1"?',
    },
    unserved: {
      module: layer(monitor(right), `crds: [${crdWith({ ...schemaOf({ spec }), served: false })}]`),
      says: 'serves no version "v1"',
    },
    definition: {
      module: layer(monitor(right), `crds: [${crdWith(schemaOf({ spec: { properties: { a: {} } } }))}]`),
      says: "CustomResourceDefinition/servicemonitors.monitoring.example.com: spec.versions[0].schema",
    },
    alone: {
      module: layer(crdWith(schemaOf({ spec: mistyped }))),
      says: "CustomResourceDefinition/servicemonitors.monitoring.example.com: spec.versions[0].schema",
    },
  };
  const run = render(
    Object.fromEntries(Object.entries(table).map(([name, { module }]) => [name, module])),
    "--strict",
  );
  test.each(Object.keys(table))("%s", (name) => {
    const { says, fix = "" } = table[name] ?? {};
    const block = run.stderr.split(/^atlas-render: /m).filter((each) => each.startsWith(`${name}: `));
    if (says === undefined) expect(block).toEqual([]);
    else expect(block.join("")).toContain(says);
    expect(block.join("")).toContain(fix);
  });
});

test("what SOPS has encrypted is passed on, with a warning", () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s" },
    data: { key: "ENC[AES256_GCM]" },
    sops: { mac: "ENC[AES256_GCM]", version: "3.9.0" },
  };
  const folder = temporaryFolder();
  writeFileSync(join(folder, "s.yaml"), JSON.stringify(secret));
  const file = JSON.stringify(pathToFileURL(join(folder, "s.yaml")).href);
  const head = '{ apiVersion: "v1", kind: "Secret", metadata: { name: "s" } }';
  const run = render({ a: layer(`external(${head}, new URL(${file}))`) });
  expect(linesOf(run)).toEqual([expect.stringContaining("Secret/s: warning: SOPS has encrypted the object")]);
  expect(run.status).toBe(0);
  expect(run.stdout).toContain('"sops":');
});

describe("a kind without a schema", () => {
  const two = `${monitor(right)}, ${monitor(right, { metadata: { name: "zoo" } })}`;
  const what = "no schema is known for monitoring.example.com/v1 ServiceMonitor";

  test("is said once, as a warning", () => {
    const run = render({ a: layer(two), b: layer(two) }, "--validate");
    expect(linesOf(run)).toEqual([
      `atlas-render: a, b: ServiceMonitor/shop: warning: ${what}, so nobody has looked at its fields`,
    ]);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain("kind: ServiceMonitor");
  });

  test("is refused when that is asked for", () => {
    const run = render({ a: layer(two) }, "--strict");
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(linesOf(run)).toEqual([expect.stringContaining(`ServiceMonitor/shop: ${what}`)]);
  });

  test("whose definition says nothing of the version's fields is one", () => {
    const run = render({ a: layer(monitor(right), `crds: [${crdWith({})}]`) }, "--validate");
    expect([run.status, linesOf(run)]).toEqual([0, [expect.stringContaining(`warning: ${what}`)]]);
  });

  test("is told the near kind of its group", () => {
    const misspelt = monitor(right, { kind: "ServiceMonitr" });
    expect(render({ a: layer(misspelt, `crds: [${crd}]`) }, "--validate").stderr).toContain(
      'did you mean "ServiceMonitor"?',
    );
  });

  test.each([
    ["networking.istio.io/v1", "Sidecarr", 'did you mean "Sidecar"?'],
    ["networking.istio.io/v7", "Sidecar", "correct apiVersion or kind"],
  ])("is none that Istio would have: %s %s is refused", (apiVersion, kind, fix) => {
    const object = JSON.stringify({ apiVersion, kind, metadata: { name: "a" } });
    const run = render({ a: layer(object) }, "--validate");
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(`no schema is known for ${apiVersion} ${kind}`);
    expect(run.stderr).toContain(fix);
  });
});

test.each([
  ["", 2],
  ["--validate", 2],
  ["--no-validate", 0],
])("what every object has to have is asked for, unless somebody says %s", (option, status) => {
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "shop" }, spec: {} };
  const run = render({ a: layer(JSON.stringify(pod)) }, ...(option === "" ? [] : [option]));
  expect(run.status).toBe(status);
  expect(linesOf(run)).toEqual(
    status === 0 ? [] : ['atlas-render: a: Pod/shop: spec.containers: the field "containers" is missing'],
  );
});

test("a misspelt field is refused by default", () => {
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shop" }, dta: { a: "b" } };
  const run = render({ a: layer(JSON.stringify(map)) });
  expect([run.status, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toContain('ConfigMap/shop: dta: the field "dta" does not exist');
  expect(run.stderr).toContain('did you mean "data"?');
});

test.each(["--validate", "--strict"])("--no-validate and %s contradict each other", (option) => {
  const run = render({}, "--no-validate", option);
  expect([run.status, linesOf(run)]).toEqual([
    2,
    [`atlas-render: --no-validate and ${option} contradict each other`],
  ]);
});

test("a repository that init has started renders with a ServiceMonitor", () => {
  const folder = temporaryFolder();
  expect(atlasRender("init", folder).status).toBe(0);
  const module = join(folder, "environments/dev/service-monitor.ts");
  writeFileSync(module, `export const monitor = ${monitor(right)};\n`);
  const index = join(folder, "environments/monitored");
  expect(atlasRenderIn(folder, "new", "monitored").status).toBe(0);
  writeFileSync(
    join(index, "index.ts"),
    `import { overlay } from "@atlas/compose";
import dev from "../dev/index.ts";
import { monitor } from "../dev/service-monitor.ts";
export default overlay({ base: dev, resources: [monitor] });
`,
  );
  const { status, stderr } = atlasRenderIn(folder, "render", "--validate");
  expect([status, stderr.match(/^atlas-render: .*$/gm)]).toEqual([
    0,
    [expect.stringContaining("monitored: ServiceMonitor/shop: warning: no schema is known")],
  ]);
});
