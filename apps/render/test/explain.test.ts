import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, ratio } from "@atlas/measure";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
import { chooseObject } from "../src/places/choose-object.ts";
import { atlasRender, commandLine, filesIn, moduleOf } from "./command.ts";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));

/** What the command prints, paths as in the workspace's root. */
function explain(...args: string[]): string {
  const { status, stdout, stderr } = atlasRender("explain", ...args);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.replaceAll(workspace, "");
}

test("what apps/render/README.md shows as help is what is printed", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`$ atlas-render --help\n${atlasRender("--help").stdout}\`\`\``);
});

const web = `export const web = define()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 1,
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [{ name: "web", image: "nginx", envFrom: [{ configMapRef: { name: "web" } }] }],
      },
    },
  },
});`;
const files = {
  "web.ts": moduleOf(web),
  "base.ts": moduleOf(`import { web } from "./web.ts";
export default base({
  resources: [web],
  generators: [configMapGenerator({ name: "web", literals: { LEVEL: "warn" } })],
  images: [{ name: "nginx", version: "1.27" }],
});`),
  "quiet.ts": moduleOf(`import { web } from "./web.ts";
const body = {
  spec: { template: { spec: { containers: { web: { args: ["-q"] } } } } },
};
export const quiet = component({ patches: [patch(web, body)] });`),
  "europe/index.ts": moduleOf(`import below from "../base.ts";
import { quiet } from "../quiet.ts";
export default overlay({
  base: below,
  components: [quiet],
  labels: [{ pairs: { region: "europe" }, templates: true }],
  replicas: [{ name: "web", count: 2 }],
});`),
  "environments/berlin/patch.yaml": `spec:
  replicas: 5
  template:
    spec:
      containers:
        - name: web
          args: null
`,
  "environments/berlin/index.ts": moduleOf(`import europe from "../../europe/index.ts";
import { web } from "../../web.ts";
const file = new URL("patch.yaml", import.meta.url);
const [change] = readYaml(readFileSync(file), fileURLToPath(file));
export default overlay({
  base: europe,
  namespace: "berlin",
  annotations: { owner: "shop" },
  patches: [strategicMerge(web, change)],
  images: [
    { name: "nginx", version: "1.28" },
  ],
});`),
};

describe("two overlays deep", () => {
  const folder = filesIn(files);
  const environments = ["--environments", join(folder, "environments")];
  const shown = (...args: string[]): string =>
    explain("berlin", ...args, ...environments)
      .replaceAll(`${folder}/`, "")
      .trimEnd();

  const table: [string, { given: string[]; want: string }][] = [
    [
      "a value that every layer sets",
      {
        given: ["Deployment/web", "spec.replicas"],
        want: `
Deployment/web in berlin

spec.replicas
  base    object    web.ts:12:5                         1
  europe  replicas  europe/index.ts:13:29               1 → 2
  berlin  patch     environments/berlin/patch.yaml:2:3  2 → 5`,
      },
    ],
    [
      "an image",
      {
        given: ["deployment.apps/web", "spec.template.spec.containers[web].image"],
        want: `
Deployment/web in berlin

spec.template.spec.containers[web].image
  base    object  web.ts:16:37                       "nginx"
  base    images  base.ts:11:12                      "nginx" → "nginx:1.27"
  berlin  images  environments/berlin/index.ts:17:5  "nginx:1.27" → "nginx:1.28"`,
      },
    ],
    [
      "what a component adds and a patch removes",
      {
        given: ["Deployment/web", "spec.template.spec.containers.web.args"],
        want: `
Deployment/web in berlin

spec.template.spec.containers[web].args[0]
  quiet   patch  quiet.ts:9:59                        "-q"
  berlin  patch  environments/berlin/patch.yaml:7:11  "-q" → (removed)`,
      },
    ],
    [
      "a list, by index",
      {
        given: ["Deployment/berlin/web", "spec.template.spec.containers[0].envFrom"],
        want: `
Deployment/web in berlin

spec.template.spec.containers[web].envFrom[0].configMapRef.name
  base  object     web.ts:16:81   "web"
  base  name hash  base.ts:10:16  "web" → "web-67794dg67c"`,
      },
    ],
    [
      "labels and annotations",
      {
        given: ["Deployment/web", "spec.template.metadata"],
        want: `
Deployment/web in berlin

spec.template.metadata.labels.region
  europe  labels       europe/index.ts:12:23               "europe"

spec.template.metadata.annotations.owner
  berlin  annotations  environments/berlin/index.ts:14:18  "shop"

1 other value is as the base declares it`,
      },
    ],
    [
      "a generated object, by the name without the hash",
      {
        given: ["ConfigMap/web"],
        want: `
ConfigMap/web-67794dg67c in berlin

metadata.name
  base    generator    base.ts:10:37                       "web"
  base    name hash    base.ts:10:16                       "web" → "web-67794dg67c"

metadata.labels.region
  europe  labels       europe/index.ts:12:23               "europe"

metadata.namespace
  berlin  namespace    environments/berlin/index.ts:13:3   "berlin"

metadata.annotations.owner
  berlin  annotations  environments/berlin/index.ts:14:18  "shop"

3 other values are as the base declares them`,
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(shown(...given)).toBe(want.trim());
  });

  test("as JSON", () => {
    expect(JSON.parse(shown("Deployment/web", "metadata.namespace", "--format", "json"))).toEqual({
      environment: "berlin",
      object: "Deployment/web",
      values: [
        {
          path: "metadata.namespace",
          value: "berlin",
          changes: [
            {
              layer: "berlin",
              by: "namespace",
              file: "environments/berlin/index.ts",
              line: 13,
              column: 3,
              after: "berlin",
            },
          ],
        },
      ],
    });
  });

  test("built, the places are those of the sources", async () => {
    const input = join(folder, "environments/berlin/index.ts");
    const bundle = await rolldown({ input, platform: "node", external: /^file:|^node:/ });
    await bundle.write({ file: join(folder, "built/berlin/index.js"), sourcemap: true });
    await bundle.close();
    // The module reads its patch from beside itself.
    writeFileSync(join(folder, "built/berlin/patch.yaml"), files["environments/berlin/patch.yaml"]);
    const { stdout } = atlasRender(
      "explain",
      "berlin",
      "Deployment/web",
      "spec.template.metadata",
      "--environments",
      join(folder, "built"),
    );
    expect(stdout.replaceAll(`${folder}/`, "").trimEnd()).toBe(
      shown("Deployment/web", "spec.template.metadata"),
    );
  });
});

const account = (namespace: string): string =>
  `{ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a", namespace: "${namespace}" } }`;

test("all values of the largest object cost hardly more than one value of a small one", () => {
  const measured = measure(
    {
      one: commandLine("explain", "dev", "Deployment/atlas-operator", "spec.replicas"),
      all: commandLine("explain", "dev", "CustomResourceDefinition/atlasschemas.db.atlasgo.io", ""),
    },
    1,
  );
  // It was 300 times as much when the file was parsed for each value.
  expect(ratio(measured, "all", "one")).toBeLessThan(12);
});

test.each([
  ["Namespace/atlas-operator", "Namespace/atlas-staging"],
  ["namespace/atlas-operator", "Namespace/atlas-staging"],
  ["Namespac/atlas-operator", "Sidecar/atlas-operator"],
  ["Sidecar/atlas-staging", "Sidecar/atlas-operator"],
])("for %s, %s is proposed, of the same kind where there is one", (given, want) => {
  const there = [
    { apiVersion: "networking.istio.io/v1", kind: "Sidecar", metadata: { name: "atlas-operator" } },
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "atlas-staging" } },
  ];
  const fix = expect.stringContaining(`did you mean "${want}"?`);
  expect(() => chooseObject(given, there)).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ fix })] }),
  );
});

describe("what is not there", () => {
  const table: [string[], string[]][] = [
    [
      ["dve", "Deployment/atlas-operator"],
      ['there is no environment "dve"', 'did you mean "dev"?'],
    ],
    [
      ["dev", "Deployment/atlas-opertor"],
      [
        "atlas-render: dev: there is no object Deployment/atlas-opertor",
        'did you mean "Deployment/atlas-operator"?',
      ],
    ],
    [["dev", "role/atlas-operatr"], ['did you mean "Role/atlas-operator"?']],
    [["dev", "Telemetry/atlas-operator"], ['did you mean "Telemetry/otel-atlas-operator"?']],
    [["dev", "DaemonSet/atlas-operator"], ["name it as Kind/name"]],
    [
      ["dev", "Deployment/atlas-operator", "spec.replicaz"],
      ['there is no "replicaz" in spec', 'did you mean "spec.replicas"?'],
    ],
    [
      ["dev", "Deployment/atlas-operator", "spec.template.spec.containers[managr].image"],
      [
        'there is no "managr" in spec.template.spec.containers',
        'did you mean "spec.template.spec.containers[manager].image"?',
      ],
    ],
    [["dev"], ["explain needs an environment and an object"]],
    [["dev", "a", "b", "c"], ['explain takes no "c"']],
  ];
  test.each(table)("%j", (args, says) => {
    const { status, stdout, stderr } = atlasRender("explain", ...args);
    expect([status, stdout]).toEqual([2, ""]);
    for (const text of says) expect(stderr).toContain(text);
  });

  test("objects of one name are told apart by namespace", () => {
    const folder = filesIn({
      "two/index.ts": moduleOf(`export default base({ resources: [${account("x")}, ${account("y")}] });`),
    });
    const { status, stderr } = atlasRender("explain", "two", "ServiceAccount/a", "--environments", folder);
    expect(status).toBe(2);
    expect(stderr).toContain("2 objects are ServiceAccount/a");
    expect(stderr).toContain("one of: ServiceAccount/x/a, ServiceAccount/y/a");
    expect(explain("two", "ServiceAccount/y/a", "kind", "--environments", folder)).toContain(
      '"ServiceAccount"',
    );
  });
});

test("an object that a layer has removed: who did, and where", () => {
  const folder = filesIn({
    "web.ts": moduleOf(web.replace(', envFrom: [{ configMapRef: { name: "web" } }]', "")),
    "qa/index.ts": moduleOf(`import { web } from "../web.ts";
export default overlay({ base: base({ resources: [web] }), patches: [patch(web, null)] });`),
  });
  const args = ["explain", "qa", "Deployment/web", "--environments", folder];
  const { status, stdout, stderr } = atlasRender(...args);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^Deployment\/web in qa: removed\n\n {2}qa {2}patch {2}\S+qa\/index\.ts:\d+:\d+ {2}\(removed\)\n/,
  );
  expect(JSON.parse(atlasRender(...args, "--format", "json").stdout)).toMatchObject({
    object: "Deployment/web",
    removal: { layer: "qa", by: "patch", line: expect.any(Number) },
  });
  expect(atlasRender("explain", "qa", "Deployment/wbe", "--environments", folder).status).toBe(2);
});

test("of a Secret who has set a value is shown, and not the value", () => {
  const folder = filesIn({
    "base/index.ts": moduleOf("export default base({ resources: [] });"),
    "overlays/dev/index.ts": moduleOf(`const db = define()({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "db" },
  stringData: { url: "postgres://hidden" },
});
export default overlay({
  base: base({ resources: [db], generators: [secretGenerator({ name: "key", literals: { token: "hidden" } })] }),
  patches: [patch(db, { stringData: { url: "postgres://hidden-2", more: "hidden" } })],
});`),
  });
  const environments = `${folder}/overlays`;
  for (const asked of [["Secret/db"], ["Secret/key", "data"]])
    for (const more of [[], ["--format", "json"]]) {
      const said = explain("dev", ...asked, "--environments", environments, ...more);
      expect(said).not.toMatch(/hidden|aGlkZGVu/);
      expect(said).toContain("(not shown)");
    }
  expect(explain("dev", "Secret/db", "stringData.url", "--environments", environments)).toMatch(
    /"\(not shown\)" → "\(not shown\)"/,
  );
});

test("nothing of a name, a value or a path ends a line or reaches the terminal as a command", () => {
  const nasty = "a\nb\u001b[2J\u0085\u2028\u202e";
  const folder = filesIn({
    "package.json": '{ "name": "example", "type": "module" }',
    "dev/s\nub/layer.ts": moduleOf(
      `export default overlay({ base: base({ resources: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { [${JSON.stringify(nasty)}]: ${JSON.stringify(nasty)} } }] }), annotations: { note: ${JSON.stringify(nasty)} } });`,
    ),
    "dev/index.ts": 'export { default } from "./s%0Aub/layer.ts";',
  });
  for (const path of ["", "data", "metadata.annotations"]) {
    const text = explain("dev", "ConfigMap/a", path, "--environments", folder);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u202e]/u);
    // A row is indented, a path is not: no line starts with what follows a line break of a name.
    expect(text).not.toMatch(/^(?:b|ub)/m);
  }
});
