import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dictionaryFile } from "./dictionaries.ts";
import { readInputs } from "./inputs.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { startTarget } from "./target.ts";

const folderOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const own = folderOf("targets");

/** The names of the targets. */
export const targets: readonly string[] = readdirSync(own).map((file) => file.replace(/\.ts$/, ""));

/** How long a target is fuzzed: by the clock, or on a number of inputs, which are the same each time. */
export type Extent = { readonly seconds: number } | { readonly inputs: number };

/** How a target is fuzzed; all but the extent is for tests. */
export interface Fuzzing {
  readonly extent: Extent;
  /** The folder of the targets. */
  readonly targets?: string;
  readonly work?: string;
  /** The seconds that one input may take. */
  readonly timeout?: number;
  /** Further arguments of Node. */
  readonly node?: readonly string[];
}

/** Fuzzes a target in a process of its own: the inputs that are committed, and what is made of them. */
export async function fuzzTarget(name: string, fuzzing: Fuzzing): Promise<Outcome> {
  const { extent, targets: modules = own, work = folderOf("../dist/fuzz"), ...limits } = fuzzing;
  const folder = join(work, name);
  const committed = fill(folder, name);
  const args = [
    join(folder, "new"),
    join(folder, "inputs"),
    `-dict=${join(folder, "dictionary")}`,
    `-artifact_prefix=${join(folder, "findings")}/`,
    ...("seconds" in extent ? [`-max_total_time=${extent.seconds}`] : [`-runs=${extent.inputs}`, "-seed=1"]),
  ];
  const exitCode = await startTarget({
    module: join(modules, `${name}.ts`),
    folder,
    log: "log",
    args,
    ...limits,
  });
  return outcomeOf({ name, folder, exitCode, committed, log: readFileSync(join(folder, "log"), "utf8") });
}

/** Makes the folder of a run anew; how many inputs are committed. */
function fill(folder: string, name: string): number {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["inputs", "new", "findings"]) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, "dictionary"), dictionaryFile(name));
  const inputs = readInputs(name);
  for (const [index, input] of inputs.entries()) writeFileSync(join(folder, "inputs", String(index)), input);
  return inputs.length;
}

/**
 * The smallest inputs of a run that together reach every edge that it reached.
 *
 * libFuzzer's `-merge=1` starts itself anew, in which Jazzer.js crashes; this is its inner half, by the file that both
 * halves share: https://github.com/llvm/llvm-project/blob/main/compiler-rt/lib/fuzzer/FuzzerMerge.h
 */
export async function mergedInputs(name: string, folder: string): Promise<readonly Buffer[]> {
  const files = ["inputs", "new"].flatMap((part) =>
    readdirSync(join(folder, part)).map((file) => join(folder, part, file)),
  );
  const inputs = files
    .map((file) => ({ file, content: readFileSync(file) }))
    .toSorted((a, b) => a.content.length - b.content.length);
  const control = join(folder, "merge");
  writeFileSync(control, [inputs.length, 0, ...inputs.map(({ file }) => file), ""].join("\n"));
  const args = ["-merge_inner=1", `-merge_control_file=${control}`];
  const exitCode = await startTarget({ module: join(own, `${name}.ts`), folder, log: "merge.log", args });
  if (exitCode !== 0) throw new Error(`the inputs of ${name} were not merged: see ${folder}/merge.log`);
  // A line has the edges that no input before it reached.
  const further = [...readFileSync(control, "utf8").matchAll(/^COV (\d+) \d/gm)];
  return further.flatMap(([, index]) => inputs[Number(index)]?.content ?? []);
}
