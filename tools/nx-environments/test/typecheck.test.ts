import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("../src/typecheck.ts", import.meta.url));
const workspace = mkdtempSync(join(tmpdir(), "workspace-"));
afterAll(() => rmSync(workspace, { recursive: true }));
symlinkSync(
  fileURLToPath(new URL("../../../node_modules", import.meta.url)),
  join(workspace, "node_modules"),
);
const project = join(workspace, "packages/manifests");
for (const [path, text] of Object.entries({
  "package.json": '{ "type": "module" }',
  "tsconfig.json":
    '{ "compilerOptions": { "strict": true, "noEmit": true, "module": "nodenext" }, "include": ["src"] }',
  "src/count.ts": "export const count = 1;",
  "src/overlays/dev/index.ts": 'import { count } from "../../count.js"; export default count + 1;',
  "src/overlays/wrong/index.ts": 'const count: number = "many"; export default count;',
  "src/overlays/above/index.ts": 'import count from "../wrong/index.js"; export default count + 1;',
  "src/overlays/strict/index.ts": "export default (count) => count;",
})) {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

test.each([
  ["dev", 0, ""],
  ["wrong", 1, "src/overlays/wrong/index.ts(1,7): error TS2322"],
  ["above", 1, "src/overlays/wrong/index.ts(1,7): error TS2322"],
  ["strict", 1, "src/overlays/strict/index.ts(1,17): error TS7006"],
  ["missing", 1, "src/overlays/missing/index.ts"],
])("of %s, what it imports is looked at alone, by the project's options", (name, status, said) => {
  const run = spawnSync(process.execPath, [script, `src/overlays/${name}/index.ts`], {
    cwd: project,
    encoding: "utf8",
    // In colours, the compiler says it over several lines.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" },
  });
  expect([run.status === 0 ? 0 : 1, run.stderr]).toEqual([status, ""]);
  expect(run.stdout).toContain(said);
  expect(run.stdout.match(/error TS/g)?.length ?? 0).toBe(status);
});
