import { accessSync, constants, mkdtempSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { commandPath } from "../workspace/commands.ts";
import type { LineLog } from "../control-plane/control-plane-binaries.ts";
import type { PodProcess } from "./pod-process.ts";
import { machineRoot, type RootFileSystem } from "./sandbox.ts";

/** A way to come by the operator; it throws why it leads nowhere. */
type OperatorWay = (pod: PodProcess, folder: string) => Promise<RootFileSystem>;

const ways: readonly (readonly [name: string, way: OperatorWay])[] = [
  ["ATLAS_OPERATOR_BIN", fromBinary],
  ["the rendered image", fromImage],
];

/**
 * A root in which the Deployment's command is the Atlas Operator, by the first way that works.
 *
 * @param folder where its files may lie.
 * @throws Error that says why each way failed and what to do.
 */
export async function operatorRoot(pod: PodProcess, folder: string, log: LineLog): Promise<RootFileSystem> {
  const failures: string[] = [];
  for (const [name, way] of ways) {
    try {
      const root = await way(pod, folder);
      log(`the operator: ${name}`);
      return root;
    } catch (error) {
      const why = `${name}: ${error instanceof Error ? error.message : String(error)}`;
      log(`the operator: not from ${why}`);
      failures.push(why);
    }
  }
  throw new Error(failures.join("; "));
}

/**
 * The operator from ATLAS_OPERATOR_BIN, with the command atlas, which it runs, from ATLAS_BIN: the program, or a folder with
 * it and what it needs beside it, as a wrapper does.
 */
async function fromBinary({ argv }: PodProcess, folder: string): Promise<RootFileSystem> {
  const operator = executable("ATLAS_OPERATOR_BIN", binaryVariable("ATLAS_OPERATOR_BIN"));
  const given = binaryVariable("ATLAS_BIN");
  const isFolder = statSync(given).isDirectory();
  await refuseCommunityBuild(executable("ATLAS_BIN", isFolder ? join(given, "atlas") : given));
  const root = machineRoot(join(mkdtempSync(join(folder, "operator-")), "root"), [
    { source: operator, path: argv[0] },
    { source: given, path: isFolder ? "/atlas" : "/atlas/atlas" },
  ]);
  return { ...root, env: { ...root.env, PATH: `/atlas:${root.env["PATH"]}` } };
}

function binaryVariable(name: string): string {
  const file = process.env[name];
  if (!file) throw new Error(`${name} is not set`);
  return resolve(file);
}

function executable(name: string, file: string): string {
  accessSync(file, constants.X_OK);
  if (!statSync(file).isFile()) throw new Error(`${name}: ${file} is not a program`);
  return file;
}

/** The operator asks who is logged in, and for hashes that the community build does not print. */
async function refuseCommunityBuild(atlas: string): Promise<void> {
  const { stdout, stderr } = await execa(atlas, ["whoami", "--help"], { reject: false, timeout: 10_000 });
  if (/\batlas whoami\b/.test(`${stdout}\n${stderr}`)) return;
  throw new Error(
    `ATLAS_BIN: ${atlas} has no command whoami, as the community build: take the official one (https://atlasgo.io/getting-started)`,
  );
}

/** The files and variables of the image that the Deployment names, by whichever container tool is there. */
async function fromImage({ image }: PodProcess, folder: string): Promise<RootFileSystem> {
  const tool = ["docker", "podman", "nerdctl"].find((name) => commandPath(name));
  if (tool === undefined) throw new Error("no docker, podman or nerdctl is on the PATH");
  const target = join(mkdtempSync(join(folder, "image-")), "root");
  const run = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await execa(tool, args, { reject: false, timeout: 300_000 });
    if (exitCode !== 0) throw new Error(`${tool} ${args[0]}: ${stderr.trim().split("\n").at(-1)}`);
    return stdout;
  };
  const container = (await run("create", image)).trim();
  try {
    await run("cp", `${container}:/`, target);
    const variables: string[] = JSON.parse(
      await run("inspect", "--format", "{{json .Config.Env}}", container),
    );
    const env = variables.map((line) => [
      line.slice(0, line.indexOf("=")),
      line.slice(line.indexOf("=") + 1),
    ]);
    return { folder: target, binds: [], env: { HOME: "/", ...Object.fromEntries(env) } };
  } finally {
    await run("rm", container);
  }
}
