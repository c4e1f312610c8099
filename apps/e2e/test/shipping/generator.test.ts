import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  createConsumer,
  type CommandRun,
  type Consumer,
  type Toolchain,
} from "../../src/documents/consumer.ts";
import { startRegistry, type NpmRegistry } from "../../src/documents/registry.ts";
import { environment } from "../../src/workspace/environment.ts";

// The generator as strangers have it: out of a registry, by npx or pnpm dlx, as its README says; and the package that it
// makes, under every compiler and runtime that they may have. What takes long is the network's and the machine's affair.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const command = (name: string): string => join(root, "apps/e2e/node_modules/.bin", name);
const readme = readFileSync(join(root, "packages/crd-codegen/README.md"), "utf8");
const block = (language: string, index = 0): string =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))][index]?.[1] ?? "";
const program = block("typescript");
/** What the comments at the end of the program say that it prints. */
const said = [...program.matchAll(/^\/\/ (.*\n)/gm)].map(([, line = ""]) => line).join("");

/** A CRD of which each library is needed: it has a rule, and a pattern that JavaScript has no linear way to match. */
const ruled = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: stalls.example.com }
spec:
  group: example.com
  names: { kind: Stall, plural: stalls }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                code: { type: string, pattern: '^(a+)+$' }
                size: { type: integer, default: 1 }
              x-kubernetes-validations:
                - { rule: self.size < 10, message: is too large for a market }
`;

const ruledProgram = `import { validator, type Stall } from "shop-types/example.com/stall-v1";
import { validators } from "shop-types";
import { crds } from "shop-types/crds";

const stall: Stall = { apiVersion: "example.com/v1", kind: "Stall", metadata: { name: "a" }, spec: { code: "aaa" } };
const size: number | undefined = validator.complete(stall).spec?.size;
console.log(size, validator.validate(stall).length, validators["example.com/v1/Stall"] === validator, crds.length);
for (const spec of [{ code: "b" }, { size: 11 }])
  for (const { path, message } of validator.validate({ ...stall, spec })) console.log(path, message);
// @ts-expect-error The code is a text.
export const refused: Stall = { ...stall, spec: { code: 1 } };
`;
const ruledSaid = "1 0 true 2\nspec.code the text does not match\nspec is too large for a market\n";

const compilers = { "typescript-5": "~5.9.3", "typescript-6": "~6.0.2", "typescript-7": "~7.0.2" };
const toolchains: readonly Pick<Toolchain, "manager" | "node">[] = [
  { manager: "npm", node: "node-22" },
  { manager: "pnpm", node: "node" },
];

function good({ status, stdout, stderr }: CommandRun): string {
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

function run(name: string, args: readonly string[], cwd: string): CommandRun {
  const { status, stdout, stderr } = spawnSync(name, args, { cwd, env: environment(), encoding: "utf8" });
  return { status, stdout, stderr };
}

let registry: NpmRegistry;
beforeAll(async () => {
  registry = await startRegistry();
  const packed = temporaryFolder();
  for (const room of ["packages/compose", "packages/crd-codegen"])
    good(run(command("pnpm"), ["pack", "--pack-destination", packed], join(root, room)));
  // The registry is named outright: whatever this machine is set to, nothing may be published anywhere else.
  const options = ["--no-provenance", `--@atlas:registry=${registry.url}`, `--registry=${registry.url}`];
  for (const file of readdirSync(packed))
    good(
      run(
        "npm",
        ["publish", join(packed, file), ...options, "--userconfig", join(registry.home, ".npmrc")],
        packed,
      ),
    );
});
afterAll(() => registry?.stop());

describe.each(toolchains)("with $manager on $node", (toolchain) => {
  let consumer: Consumer;
  const generator = (...args: string[]): CommandRun =>
    toolchain.manager === "npm"
      ? consumer.manage("exec", "--yes", "--", "@atlas/crd-codegen", ...args)
      : consumer.manage("dlx", "@atlas/crd-codegen", ...args);

  beforeAll(() => {
    consumer = createConsumer(registry, { ...toolchain, typescript: compilers["typescript-7"] });
    const aliases = Object.entries(compilers).map(([name, range]) => [name, `npm:typescript@${range}`]);
    consumer.write({
      "package.json": JSON.stringify({ private: true, devDependencies: Object.fromEntries(aliases) }),
      "crds.yaml": `${block("yaml")}---\n${ruled}`,
      "shop.yaml": block("yaml", 1),
      "corner.mts": program,
      "stall.mts": ruledProgram,
    });
  });
  afterAll(() => consumer?.remove());

  test("one step makes a package, which installs with what it needs", () => {
    const { status, stderr } = generator("crds.yaml", "--output", "shop-types");
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/wrote \d+ files and removed 0 in shop-types\n/),
    ]);
    const [add, from] =
      toolchain.manager === "npm" ? ["install", "./shop-types"] : ["add", "file:./shop-types"];
    good(consumer.manage(add, from));
  });

  test.each(Object.keys(compilers))("%s takes it, library declarations and all", (compiler) => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2023",
      lib: ["es2023", "dom"],
      types: [],
    };
    consumer.write({
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["corner.mts", "stall.mts"] }),
    });
    const { bin } = JSON.parse(
      readFileSync(join(consumer.folder, "node_modules", compiler, "package.json"), "utf8"),
    );
    expect(good(consumer.node(join("node_modules", compiler, bin.tsc), "-p", "."))).toBe("");
  });

  test("Node and Bun run it", () => {
    expect(good(consumer.node("corner.mts"))).toBe(said);
    expect(good(consumer.node("stall.mts"))).toBe(ruledSaid);
    for (const [file, output] of [
      ["corner.mts", said],
      ["stall.mts", ruledSaid],
    ] as const)
      expect(good(run(command("bun"), [file], consumer.folder))).toBe(output);
  });

  test("the command says of files and fields what its README says", () => {
    const judged = generator("validate", "shop.yaml", "--crds", "shop-types");
    expect(judged.status).toBe(1);
    expect(readme).toContain(judged.stdout);
    expect(readme).toContain(
      good(generator("explain", "shop", "spec.size", "--crds", "shop-types")).trimEnd(),
    );
    expect(good(generator("check", "shop-types"))).toBe("");
  });

  test("what it makes is right by publint and attw", () => {
    const packed = join(consumer.folder, "packed");
    mkdirSync(packed);
    good(run("npm", ["pack", "--pack-destination", packed], join(consumer.folder, "shop-types")));
    const [tarball = ""] = readdirSync(packed);
    const linted = good(run(command("publint"), ["run", join(packed, tarball), "--strict"], packed));
    expect(linted).not.toMatch(/Suggestions|Warnings|Errors/);
    good(run(command("attw"), [join(packed, tarball), "--profile", "esm-only"], packed));
  });
});
