import { globSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "rolldown";

// Bundles the package in the current folder, so that a command that is started cold reads few files: each entry point
// is one, and all that several of them share is one more, but for what is loaded on demand. Node takes a millisecond to
// find a package that is imported, so those of ours that are pure code are bundled, too; others stay imports. An engine
// may therefore be there twice: layers and problems are told by what they hold, never by their class.
const { exports = {} }: { exports?: Record<string, string | { "@atlas/source"?: string }> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === "object" ? (entry["@atlas/source"] ?? []) : [],
);
const files = [
  ...entries,
  ...globSync("src/{main,run}.ts"),
  ...globSync("src/base/index.ts"),
  ...globSync("src/overlays/*/index.ts"),
];

interface Graph {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Whether an entry point imports the module, directly or not, before anything is asked for. */
function isStartedWith(id: string, graph: Graph, seen: Set<string>): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const { isEntry = false, importers = [] } = graph.getModuleInfo(id) ?? {};
  return isEntry || importers.some((importer) => isStartedWith(importer, graph, seen));
}

/** Puts the tables that fleets are made of beside the built modules that name them. */
const tables: Plugin = {
  name: "tables",
  buildStart() {
    for (const file of globSync("src/overlays/*/**/*.{yaml,yml,json}"))
      this.emitFile({ type: "asset", fileName: file.slice("src/".length), source: readFileSync(file) });
  },
};

export default defineConfig({
  input: Object.fromEntries(files.map((file) => [file.replace(/^(?:\.\/)?src\/(.*)\.ts$/, "$1"), file])),
  external: /^(?![./]|@atlas\/(?:compose|istio)(?:\/|$))/,
  resolve: { conditionNames: ["@atlas/source"] },
  platform: "neutral",
  plugins: [tables],
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: {
      groups: [
        {
          name: (id, graph) => (isStartedWith(id, graph, new Set()) ? "shared" : null),
          minShareCount: 2,
        },
      ],
    },
  },
});
