import { globSync, readFileSync } from "node:fs";
import { defineConfig, RolldownMagicString, type Plugin } from "rolldown";
import { parseSync, Visitor } from "rolldown/utils";

// Bundles the package in the current folder, so that a command that is started cold reads few files: each entry point
// is one, and all that several of them share is one more, but for what is loaded on demand. Node takes a millisecond to
// find a package that is imported, so those of ours that are pure code are bundled, too, and the CRDs with their files;
// others stay imports. An engine may therefore be there twice: layers and problems are told by what they hold, never by
// their class.
const { exports = {} }: { exports?: Record<string, string | { "@atlas/source"?: string }> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === "object" ? (entry["@atlas/source"] ?? []) : [],
);
const files = [
  ...globSync(entries),
  ...globSync("src/{main.js,run.ts}"),
  ...globSync("src/base/index.ts"),
  ...globSync("src/overlays/*/index.ts"),
];

interface Graph {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Whether a module imports another, directly or not, before anything is asked for. */
function isLoadedWith(
  id: string,
  graph: Graph,
  isMeant: (id: string) => boolean,
  seen: Set<string> = new Set(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const { importers = [] } = graph.getModuleInfo(id) ?? {};
  return isMeant(id) || importers.some((importer) => isLoadedWith(importer, graph, isMeant, seen));
}

/** What most renders load on demand, each as one chunk with all that it needs. */
const onDemand = { validation: /\/validate\/validation\.ts$/, istio: /\/validate\/istio-objects\.ts$/ };

function chunkOf(id: string, graph: Graph): string | null {
  if (isLoadedWith(id, graph, (other) => graph.getModuleInfo(other)?.isEntry === true)) return "shared";
  const found = Object.entries(onDemand).find(([, file]) => isLoadedWith(id, graph, (other) => file.test(other)));
  return found?.[0] ?? null;
}

/** Puts the tables that fleets are made of beside the built modules that name them. */
const tables: Plugin = {
  name: "tables",
  buildStart() {
    for (const file of globSync("src/overlays/*/**/*.{yaml,yml,json}"))
      this.emitFile({ type: "asset", fileName: file.slice("src/".length), source: readFileSync(file) });
  },
};

/**
 * Has V8 compile the functions of a chunk along with it, as it does where one stands in parentheses: Node's compile cache
 * holds what is compiled by then, and a cold render spends a tenth of its time on compiling the others. They move to the
 * top, as a declared function may be called in a line above it.
 */
const eager: Plugin = {
  name: "eager",
  renderChunk(code, { name, isEntry }) {
    if (!isEntry && name !== "shared" && !Object.hasOwn(onDemand, name)) return null;
    const edited = new RolldownMagicString(code);
    const enclose = ({ start, end }: Span, before = "(", after = ")"): void =>
      void edited.appendRight(start, before).prependLeft(end, after);
    const { program } = parseSync(name, code, { lang: "js" });
    for (const statement of program.body) {
      if (statement.type !== "FunctionDeclaration" || !statement.id) continue;
      enclose(statement, `const ${statement.id.name} = (`, ");\n");
      edited.move(statement.start, statement.end, 0);
    }
    new Visitor({ ArrowFunctionExpression: (node) => enclose(node) }).visit(program);
    return { code: edited.toString(), map: edited.generateMap({ hires: true }).toString() };
  },
};

/** Writes code in characters of one byte, which Node reads and V8 hashes in half the time; all others stand in texts. */
const ascii: Plugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle))
      if (output.type === "chunk") output.code = inAscii(output.code);
  },
};

const inAscii = (code: string): string =>
  code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

interface Span {
  readonly start: number;
  readonly end: number;
}

export default defineConfig({
  input: Object.fromEntries(files.map((file) => [file.replace(/^(?:\.\/)?src\/(.*)\.[jt]s$/, "$1"), file])),
  external: /^(?![./]|@atlas\/(?:checks\/api-server\/by-kind|compose|download|files|input|istio|crd-types\/crds|crd-codegen)(?:\/|$))/,
  resolve: { conditionNames: ["@atlas/source"] },
  platform: "neutral",
  plugins: [tables, eager, ascii],
  experimental: { resolveNewUrlToAsset: true },
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    // They stand in the declarations.
    comments: { jsdoc: false },
    assetFileNames: "manifests/[name][extname]",
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: {
      groups: [
        { name: (id, graph) => (chunkOf(id, graph) === "shared" ? "shared" : null), minShareCount: 2 },
        { name: (id, graph) => (chunkOf(id, graph) === "shared" ? null : chunkOf(id, graph)) },
      ],
    },
  },
});
