// What generating types costs and what they cost their users, beside the peers on npm.
//
//   pnpm exec nx run crd-codegen:bench
//
// The peers are installed into a temporary folder, at the versions below. Exit code 1 when a bound is broken.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { measure, shellWords, ratio, ratioTable, type Commands } from "@atlas/measure";
import { parse } from "yaml";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const types = path("../../../packages/crd-types");
const folder = mkdtempSync(join(tmpdir(), "crd-codegen-bench-"));
const broken: string[] = [];

function bound(what: string, value: number, most: number): void {
  console.log(`${what}: ${value.toFixed(2)}, at most ${most}`);
  if (!(value <= most)) broken.push(what);
}

/** Installs one peer in a folder of its own and gives the path of its command. */
function install(name: string, version: string, command: string): string {
  const home = join(folder, "peers", name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }');
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", ...options, `${name}@${version}`], {
    cwd: home,
    stdio: "inherit",
  });
  if (status !== 0)
    throw new Error(`${name}@${version} could not be installed; npm and a registry are needed`);
  return join(home, "node_modules/.bin", command);
}

const manifests = globSync("manifests/*.yaml", { cwd: types }).map((file) => join(types, file));

/** The ten CRDs of the Prometheus operator as one file, out of its Go module. */
function prometheusCrds(): string {
  const module = "github.com/prometheus-operator/prometheus-operator@v0.85.0";
  const { stdout, status } = spawnSync("go", ["mod", "download", "-json", module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${module} could not be downloaded; Go is needed`);
  const home = join(JSON.parse(stdout).Dir, "example/prometheus-operator-crd");
  const texts = globSync("*.yaml", { cwd: home }).map((file) => readFileSync(join(home, file), "utf8"));
  const file = join(folder, "prometheus.yaml");
  writeFileSync(file, texts.join("\n---\n"));
  return file;
}

/** From CRDs to what a program imports; what Node has compiled is kept, as of a package that is installed. */
function wholeWay(crds: string, cdk8s: string, home: string): Commands {
  const cached = `NODE_COMPILE_CACHE=${shellWords(join(folder, "compiled"))}`;
  const source = "--conditions=@atlas/source";
  return {
    "crd-codegen": `${cached} ${shellWords(process.execPath, source, path("one-step.ts"), crds, home)}`,
    "cdk8s import": `${cached} ${shellWords(cdk8s, "import", crds, "-l", "typescript", "-o", output("cdk8s-ten"))}`,
  };
}

const reader = (module: string): string =>
  `import type { Prometheus } from "./src/generated/${module}.ts";\nexport type Its = Prometheus["spec"];\n`;

/** A program with a value of one kind of the package in the folder, and one that is empty. */
function readers(compiler: string, home: string): Commands {
  const project = (name: string, text: string): string => {
    writeFileSync(join(home, `${name}.ts`), text);
    const options = { noEmit: true, strict: true, module: "nodenext", target: "es2023", types: [] };
    const config = {
      compilerOptions: { ...options, allowImportingTsExtensions: true },
      files: [`${name}.ts`],
    };
    writeFileSync(join(home, `${name}.json`), JSON.stringify(config));
    return shellWords(process.execPath, compiler, "-p", join(home, `${name}.json`));
  };
  return {
    "its module": project("module", reader("prometheus-v1")),
    "the package": project("package", reader("types")),
    "an empty file": project("empty", "export {};\n"),
  };
}

const output = (name: string): string => {
  mkdirSync(join(folder, "out", name), { recursive: true });
  return join(folder, "out", name);
};

function generation(cdk8s: string): Commands {
  const source = output("crd-codegen");
  cpSync(join(types, "crds"), join(source, "crds"), { recursive: true });
  const models = install("@kubernetes-models/crd-generate", "5.1.0", "crd-generate");
  const fluent = install("kubernetes-fluent-client", "3.11.6", "kubernetes-fluent-client");
  const each = (command: (manifest: string) => string): string => manifests.map(command).join("; ");
  return {
    "crd-codegen generate": shellWords(
      process.execPath,
      "--conditions=@atlas/source",
      path("../src/main.ts"),
      "generate",
      "--package",
      source,
    ),
    "cdk8s import": each((file) =>
      shellWords(cdk8s, "import", file, "-l", "typescript", "-o", output("cdk8s")),
    ),
    "crd-generate": shellWords(
      models,
      ...manifests.flatMap((file) => ["--input", file]),
      "--output",
      output("models"),
    ),
    "kubernetes-fluent-client crd": each((file) => shellWords(fluent, "crd", file, output("fluent"))),
    "json-schema-to-typescript, raw": shellWords(process.execPath, rawScript(), ...manifests),
  };
}

/** json-schema-to-typescript on the schemas as they are. */
function rawScript(): string {
  const script = join(folder, "raw.mjs");
  const library = import.meta.resolve("json-schema-to-typescript");
  const yaml = import.meta.resolve("yaml");
  writeFileSync(
    script,
    `import { compile } from ${JSON.stringify(library)};
import { parse } from ${JSON.stringify(yaml)};
import { readFileSync } from "node:fs";
for (const file of process.argv.slice(2)) {
  const crd = parse(readFileSync(file, "utf8"));
  console.log(await compile(crd.spec.versions[0].schema.openAPIV3Schema, crd.spec.names.kind));
}
`,
  );
  return script;
}

/** A project that authors one object of each kind, and one that is empty. */
function consumers(compiler: string): Commands {
  const project = (name: string, text: string): string => {
    const home = output(name);
    writeFileSync(join(home, "index.ts"), text);
    writeFileSync(join(home, "package.json"), '{ "type": "module" }');
    const options = {
      noEmit: true,
      strict: true,
      module: "nodenext",
      target: "es2023",
      types: [],
      skipLibCheck: false,
    };
    writeFileSync(
      join(home, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["index.ts"] }),
    );
    mkdirSync(join(home, "node_modules/@atlas"), { recursive: true });
    symlinkSync(types, join(home, "node_modules/@atlas/crd-types"));
    return shellWords(process.execPath, compiler, "-p", home);
  };
  return {
    "a file that authors two objects": project(`authoring-${broken.length}-${Math.random()}`, authoring),
    "an empty file": project(`empty-${Math.random()}`, "export {};\n"),
  };
}

const authoring = `import { secretKey, type AtlasMigration, type AtlasSchema } from "@atlas/crd-types";
export const schema: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: { urlFrom: secretKey("shop", "url"), schema: { sql: "CREATE TABLE a (b int);" } },
};
export const migration: AtlasMigration = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasMigration",
  metadata: { name: "shop" },
  spec: { urlFrom: secretKey("shop", "url"), dir: { configMapRef: { name: "migrations" } } },
};
`;

/** Milliseconds that one validation takes once the code is warm. */
async function validation(): Promise<number> {
  const { atlasSchema }: { atlasSchema: { validate(value: unknown): readonly unknown[] } } = await import(
    pathToFileURL(join(types, "dist/validators.js")).href
  );
  const pod = { containers: [{ name: "db", image: "postgres:17", ports: [{ containerPort: 5432 }] }] };
  const spec = {
    urlFrom: { secretKeyRef: { name: "shop", key: "url" } },
    schema: { sql: "" },
    devURL: "postgres://a",
    devDB: { spec: pod },
  };
  const object = {
    apiVersion: "db.atlasgo.io/v1alpha1",
    kind: "AtlasSchema",
    metadata: { name: "shop" },
    spec,
  };
  const times = 5000;
  for (let warm = 0; warm < times; warm++) atlasSchema.validate(object);
  const start = process.cpuUsage();
  for (let count = 0; count < times; count++) atlasSchema.validate(object);
  return process.cpuUsage(start).user / 1000 / times;
}

function compilerOf(name: string): string {
  const from = createRequire(name === "typescript" ? path("../../../package.json") : import.meta.url);
  const file = from.resolve(`${name}/package.json`);
  const { bin }: { bin: { tsc: string } } = JSON.parse(readFileSync(file, "utf8"));
  return join(dirname(file), bin.tsc);
}

try {
  console.log(
    `Generating the types of ${manifests.map((file) => parse(readFileSync(file, "utf8")).spec.names.kind).join(" and ")}\n`,
  );
  const cdk8s = install("cdk8s-cli", "2.207.60", "cdk8s");
  const generated = measure(generation(cdk8s), 5);
  console.log(ratioTable(generated, "cdk8s import"));
  const peers = ["cdk8s import", "crd-generate", "kubernetes-fluent-client crd"];
  const fastest = Math.max(...peers.map((name) => ratio(generated, "crd-codegen generate", name)));
  bound("generation, to the fastest of the three", fastest, 0.5);
  const ten = output("ten");
  const whole = measure(wholeWay(prometheusCrds(), cdk8s, ten), 9);
  console.log(`\nThe ten CRDs of the Prometheus operator\n\n${ratioTable(whole, "cdk8s import")}`);
  bound("all of it, to cdk8s import", ratio(whole, "crd-codegen", "cdk8s import"), 1);
  const read = measure(readers(compilerOf("typescript"), ten), 9, 3);
  console.log(
    `\nA type check with the largest kind of the ten from …\n\n${ratioTable(read, "an empty file")}`,
  );
  bound("one kind, to an empty file", ratio(read, "its module", "an empty file"), 1.3);
  for (const [name, title] of [
    ["typescript-5", "TypeScript 5.9"],
    ["typescript", "TypeScript 7"],
  ] as const) {
    const checked = measure(consumers(compilerOf(name)), 9, 3);
    console.log(`\nA consumer's type check, ${title}\n\n${ratioTable(checked, "an empty file")}`);
    bound(`type check, ${title}`, ratio(checked, "a file that authors two objects", "an empty file"), 1.15);
  }
  bound("\nvalidating an AtlasSchema, ms", await validation(), 0.5);
  const bytes = globSync("dist/**/*.d.ts", { cwd: types }).map((file) => statSync(join(types, file)).size);
  bound("declarations, KB", bytes.reduce((sum, size) => sum + size, 0) / 1000, 250);
} finally {
  rmSync(folder, { recursive: true });
}
if (broken.length > 0) console.error(`\nbroken: ${broken.join(", ")}`);
process.exitCode = broken.length > 0 ? 1 : 0;
