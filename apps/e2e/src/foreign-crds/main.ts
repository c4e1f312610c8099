import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startControlPlane } from "../control-plane/control-plane.ts";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { projects } from "./projects.ts";
import { verdictOf } from "./verdict.ts";

/*
 * Holds the generator against the CRDs and the published samples of the projects that are named, or of all of them:
 * node --conditions=@atlas/source apps/e2e/src/foreign-crds/main.ts [NAME]…
 */
const names = process.argv.slice(2);
const unknownProjects = names.filter((name) => !projects.some((project) => project.name === name));
if (unknownProjects.length > 0) {
  process.stderr.write(
    `${unknownProjects.join(", ")}: expected ${projects.map(({ name }) => name).join(", ")}\n`,
  );
  process.exit(2);
}
const foreignCrdsFolder = runFolder();
try {
  const server = await startControlPlane(foreignCrdsFolder.path, (line) => process.stderr.write(`${line}\n`));
  try {
    for (const project of projects.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const home = join(foreignCrdsFolder.path, project.name);
      mkdirSync(home);
      const { problems, crds, samples } = await verdictOf(project, home, server);
      process.stdout.write(
        problems.length === 0
          ? `${project.name}: right, ${crds} CRDs and ${samples} samples\n`
          : problems.map((line) => `${line}\n`).join(""),
      );
      if (problems.length > 0) process.exitCode = 1;
    }
  } finally {
    await server.stop();
  }
} finally {
  foreignCrdsFolder.remove();
}
