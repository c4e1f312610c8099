import { join, relative } from "node:path";
import type { TestProject } from "vitest/node";
import { runFolder } from "../../src/control-plane/control-plane-folder.ts";
import { startControlPlane, type ControlPlane } from "../../src/control-plane/control-plane.ts";
import { atlasRender } from "./atlas-render.ts";

/** An environment that atlas-render knows, and where it was rendered to. */
export interface RenderedEnvironment {
  readonly name: string;
  readonly folder: string;
  readonly namespace: string;
}

declare module "vitest" {
  interface ProvidedContext {
    cluster: Omit<ControlPlane, "stop">;
    environments: readonly RenderedEnvironment[];
    /** Where test files may put theirs; it is removed with all that is in it. */
    folder: string;
  }
}

const say = (line: string): void => {
  process.stderr.write(`e2e: ${line}\n`);
};

/** One control plane, and every environment rendered by the real command, for all test files of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = runFolder();
  try {
    project.provide("folder", folder.path);
    project.provide("environments", await render(join(folder.path, "rendered")));
    const { stop, ...cluster } = await startControlPlane(folder.path, say);
    project.provide("cluster", cluster);
    return async () => {
      await stop();
      folder.remove();
    };
  } catch (error) {
    folder.remove();
    const { testFiles } = await project.globTestFiles();
    for (const file of testFiles) say(`NOT RUN: ${relative(project.config.root, file)}`);
    throw error;
  }
}

async function render(folder: string): Promise<RenderedEnvironment[]> {
  await atlasRender("render", "--output", folder);
  const listing = await atlasRender("list", "--format", "json");
  const listed: { environment: string; namespace: string }[] = JSON.parse(listing);
  return listed.map(({ environment, namespace }) => ({
    name: environment,
    folder: join(folder, environment),
    namespace,
  }));
}
