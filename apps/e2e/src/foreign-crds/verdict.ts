import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { execa } from "execa";
import { root } from "../workspace/workspace-copy.ts";
import { compileErrors } from "./compile.ts";
import { crdsOfFile, downloadProject, yamlFiles, type WrittenCrd } from "./crds.ts";
import type { Project } from "./projects.ts";
import { samplesOf, type Sample } from "./samples.ts";
import { sampleDifferences } from "./sample-differences.ts";
import { serverVerdicts, type Server } from "./server.ts";

const generatorMain = join(root, "packages/crd-codegen/src/main.ts");

/** What was found of a project. */
export interface ProjectVerdict {
  /** What is wrong, a line each; nothing where all is as it should be. */
  readonly problems: readonly string[];
  /** How many kinds it has, and how many objects of them it publishes. */
  readonly crds: number;
  readonly samples: number;
}

/**
 * Imports a project's CRDs, generates a package of them in the folder, compiles it with TypeScript 5.9, 6 and 7, and holds
 * the CRDs that come out against those that went in. Where there is an API server, the objects that are published with
 * the project are held against it: validators, types and defaults have to say what it says.
 *
 * @param folder an empty folder.
 */
export async function verdictOf(project: Project, folder: string, server?: Server): Promise<ProjectVerdict> {
  const downloaded = await downloadProject(project);
  const { name, sources } = downloaded;
  const crds = sources.flatMap(yamlFiles).flatMap((file) => crdsOfFile(file));
  const found = (problems: readonly string[], samples: readonly Sample[] = []): ProjectVerdict => ({
    problems: problems.map((problem) => `${name}: ${problem}`),
    crds: crds.length,
    samples: samples.length,
  });
  for (const args of [["import", ...sources], ["generate"]]) {
    const { exitCode, stderr } = await runCodegen([generatorMain, ...args, "--package", folder]);
    if (exitCode !== 0) return found([`${args[0]} ends with ${exitCode}: ${stderr}`]);
  }
  const problems = [...differences(sources, folder), ...(await compileErrors(folder))];
  if (!server || problems.length > 0) return found(problems);
  const samples = samplesOf(downloaded, crds);
  return found(await sampleDifferences(folder, await serverVerdicts(server, samples)), samples);
}

const runCodegen = (args: readonly string[]) =>
  execa(process.execPath, ["--conditions=@atlas/source", ...args], { reject: false, cwd: root });

const exactCrds = (file: string): WrittenCrd[] => crdsOfFile(file, { intAsBigInt: true });

/** What is another CRD than it was, but for what an API server adds. */
function differences(sources: readonly string[], folder: string): string[] {
  const given = sources.flatMap(yamlFiles).flatMap(exactCrds);
  const made = new Map(
    yamlFiles(join(folder, "manifests"))
      .flatMap(exactCrds)
      .map((crd) => [crd.metadata.name, crd]),
  );
  if (given.length === 0) return ["no CRD was found"];
  return given.flatMap((crd) =>
    isDeepStrictEqual(writtenCrd(crd), writtenCrd(made.get(crd.metadata.name)))
      ? []
      : [`${crd.metadata.name} comes out as another one`],
  );
}

function writtenCrd(crd: WrittenCrd | undefined): unknown {
  if (!crd) return undefined;
  const { status: _status, metadata, ...rest } = crd;
  const { creationTimestamp: _created, annotations = {}, ...own } = metadata;
  return { ...rest, metadata: { ...own, annotations } };
}
