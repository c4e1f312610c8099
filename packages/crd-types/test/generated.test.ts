import { globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "@atlas/crd-codegen";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, "utf8");

// Looks at the committed files alone; nothing is generated for it.
test("what is committed is what the sources give", async () => {
  const sources = readdirSync(`${root}/crds`).map((name) => ({ file: name, text: read(`crds/${name}`) }));
  const files = await generate(sources);
  const fix = "stale: fix it with `pnpm exec nx run crd-types:generate`";
  for (const { path, content } of files) expect(read(path) === content, `${path} is ${fix}`).toBe(true);
  const committed = globSync(["api/*", "manifests/*", "schemas/*", "src/generated/**/*.ts"], {
    cwd: root,
  }).map((path) => path.replaceAll("\\", "/"));
  expect(committed.toSorted(), fix).toEqual(files.map(({ path }) => path));
});

test.each(readdirSync(`${root}/manifests`))("%s is small enough for client-side apply", (name) => {
  expect(Buffer.byteLength(JSON.stringify(parse(read(`manifests/${name}`))))).toBeLessThan(262_144);
});

interface Node {
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Node };
  readonly items?: Node;
}

test.each(["atlasschemas", "atlasmigrations"])("every field of %s is described", (name) => {
  const missing = (node: Node, path: string): string[] => [
    ...Object.entries(node.properties ?? {}).flatMap(([field, inner]) => [
      ...(inner.description === undefined ? [`${path}.${field}`] : []),
      ...missing(inner, `${path}.${field}`),
    ]),
    ...(node.items ? missing(node.items, `${path}[]`) : []),
  ];
  const {
    apiVersion: _a,
    kind: _k,
    metadata: _m,
    ...properties
  } = parse(read(`crds/${name}.yaml`)).spec.versions[0].schema.openAPIV3Schema.properties;
  expect(missing({ properties }, "")).toEqual([]);
});
