import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expectShortRun } from "../src/cli/short-run.ts";
import { generateFrom } from "../src/generate.ts";
import { compactCrds, compactFiles } from "../src/import-crds.ts";
import { modelOf } from "../src/read/model.ts";

/* From CRDs to a package in one process, as the command makes it: node bench/one-step.ts CRDS.yaml FOLDER */
expectShortRun();
const [file = "", folder = ""] = process.argv.slice(2);
const compact = compactCrds([{ file, text: readFileSync(file, "utf8") }], { crds: [], definitions: {} });
const sources = compactFiles(compact).map(({ path, content }) => ({ path: join("crds", path), content }));
const generated = await generateFrom(modelOf(compact.crds, compact.definitions));
for (const { path, content } of [...sources, ...generated]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
