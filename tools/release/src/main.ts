import { PlanError, readPlan } from "./plan.ts";
import { isPublished, NpmError, publish } from "./npm.ts";

const usage = `Usage: node tools/release/src/main.ts FOLDER [OPTION OF npm…]

Publishes with npm what \`changeset pack --out-dir FOLDER\` packed, a package after those it depends on. Versions that the
registry has already are left out, so that a release that broke off can be run again. Prints NAME@VERSION for each that
was published.
`;

/** It imports nothing but Node, so that the job that may publish installs no package. */
function publishFolder([folder, ...options]: readonly string[]): 0 | 2 {
  if (folder === undefined || folder.startsWith("-")) {
    process.stderr.write(usage);
    return folder === "--help" ? 0 : 2;
  }
  for (const release of readPlan(folder)) {
    const name = `${release.name}@${release.version}`;
    if (isPublished(release, options)) {
      process.stderr.write(`${name} is in the registry already\n`);
      continue;
    }
    publish(release, options);
    process.stdout.write(`${name}\n`);
  }
  return 0;
}

try {
  process.exitCode = publishFolder(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PlanError || error instanceof NpmError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
