import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projects } from "./projects.ts";
import { verdictOf } from "./verdict.ts";

/*
 * Holds the generator against the CRDs of the projects that are named, or of all of them:
 * node --conditions=@atlas/source apps/e2e/src/foreign-crds/main.ts [NAME]…
 */
const names = process.argv.slice(2);
const unknown = names.filter((name) => !projects.some((project) => project.name === name));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(", ")}: expected ${projects.map(({ name }) => name).join(", ")}\n`);
  process.exit(2);
}
for (const project of projects.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "foreign-crds-"));
  try {
    const problems = await verdictOf(project, folder);
    process.stdout.write(
      problems.length === 0 ? `${project.name}: right\n` : problems.map((line) => `${line}\n`).join(""),
    );
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
