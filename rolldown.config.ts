import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

// Bundles the package in the current folder, so that a command that is started cold reads few files: each entry point
// is one, and all that several of them share is one more. Node takes a millisecond to find a package that is imported, so
// those of ours that are pure code are bundled, too; others stay imports. An engine may therefore be there twice: layers
// and problems are told by what they hold, never by their class.
const { exports = {} }: { exports?: Record<string, string | { "@atlas/source"?: string }> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === "object" ? (entry["@atlas/source"] ?? []) : [],
);
const files = [
  ...entries,
  ...globSync("src/main.ts"),
  ...globSync("src/base/index.ts"),
  ...globSync("src/overlays/*/index.ts"),
];

export default defineConfig({
  input: Object.fromEntries(files.map((file) => [file.replace(/^(?:\.\/)?src\/(.*)\.ts$/, "$1"), file])),
  external: /^(?![./]|@atlas\/(?:compose|istio)(?:\/|$))/,
  resolve: { conditionNames: ["@atlas/source"] },
  platform: "neutral",
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
  },
});
