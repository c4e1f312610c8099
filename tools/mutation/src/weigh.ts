import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { applied, type Mutant } from "./mutants.ts";
import { withProbes } from "./probes.ts";
import { roomOf } from "./rooms.ts";
import { orderBy, prepare, runAll, runUntilFailure, type TestFile } from "./vitest.ts";

/** What became of a mutant. */
export type MutantVerdict = "caught" | "timed out" | "survived" | "not reached" | "does not compile";

/** The tests that reach each mutant, and what they take. */
interface Reach {
  /** By a mutant's number: the files of its project, by their paths in it. */
  readonly files: ReadonlyMap<number, readonly string[]>;
  /** In milliseconds, by a file's path in the workspace. */
  readonly took: ReadonlyMap<string, number>;
}

/**
 * Finds which tests reach each mutant, then puts one after the other into the copy and runs these tests until one fails.
 *
 * @param say is told of each as it is known.
 * @throws Error when tests fail with no mutant there.
 */
export async function weigh(
  copy: string,
  mutants: readonly Mutant[],
  say: (line: string) => void,
): Promise<MutantVerdict[]> {
  const reach = await reachOf(copy, mutants, say);
  const verdicts: MutantVerdict[] = [];
  for (const [number, mutant] of mutants.entries()) {
    const verdict = await verdictOnMutant(copy, mutant, reach.files.get(number) ?? [], reach.took);
    verdicts.push(verdict);
    say(`${number + 1}/${mutants.length} ${verdict}: ${mutant.file}:${mutant.line}: ${mutant.change}`);
  }
  return verdicts;
}

async function verdictOnMutant(
  copy: string,
  mutant: Mutant,
  files: readonly string[],
  took: Reach["took"],
): Promise<MutantVerdict> {
  const room = roomOf(mutant.file);
  if (!room) return "not reached";
  const path = join(copy, mutant.file);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, applied(text, mutant));
  const usual = files.reduce((sum, file) => sum + (took.get(`${room.project}/${file}`) ?? 0), 0);
  const verdict = await mutantVerdict(copy, room.project, files, 60_000 + 5 * usual);
  // The type check costs more than most tests, so that it is asked last.
  const isRefused = isUnnoticed(verdict) && !compiles(copy, room.project);
  writeFileSync(path, text);
  return isRefused ? "does not compile" : verdict;
}

async function mutantVerdict(
  copy: string,
  project: string,
  files: readonly string[],
  limit: number,
): Promise<MutantVerdict> {
  if (files.length === 0) return "not reached";
  const { hasFailed, isTimedOut } = await runUntilFailure(copy, project, files, limit);
  if (isTimedOut) return "timed out";
  return hasFailed ? "caught" : "survived";
}

function compiles(copy: string, project: string): boolean {
  const { status } = spawnSync(join(copy, "node_modules/.bin/tsc"), ["-p", "tsconfig.json"], {
    cwd: join(copy, project),
    stdio: "ignore",
  });
  return status === 0;
}

/** Whether a mutant lived. */
export const isUnnoticed = (verdict: MutantVerdict | undefined): boolean =>
  verdict === "survived" || verdict === "not reached";

async function reachOf(
  copy: string,
  mutants: readonly Mutant[],
  say: (line: string) => void,
): Promise<Reach> {
  const folder = join(copy, "mutation-reached");
  mkdirSync(folder);
  prepare(copy, folder);
  const took = new Map<string, number>();
  const texts = probeMutants(copy, mutants);
  const failed = new Map<string, string[]>();
  for (const project of new Set(mutants.flatMap(({ file }) => roomOf(file)?.project ?? []))) {
    say(`${project}: which tests reach what`);
    const files = await runAll(copy, project);
    for (const { name, took: time } of files) took.set(`${project}/${name}`, time);
    failed.set(project, failedIn(files));
  }
  for (const [file, text] of texts) writeFileSync(join(copy, file), text);
  await refuseFailures(copy, failed);
  const reached = readReached(copy, folder);
  rmSync(folder, { recursive: true });
  orderBy(copy, took);
  const files = mutants.map(({ file }, number): [number, string[]] => {
    const project = roomOf(file)?.project ?? "";
    const own = reached.filter(({ test, sites }) => sites.has(number) && test.startsWith(`${project}/`));
    return [number, own.map(({ test }) => relative(project, test))];
  });
  return { files: new Map(files), took };
}

/** A few tests look at how much code there is, or how fast it is, and fail with probes in it; without them they may not. */
async function refuseFailures(copy: string, failed: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [project, names] of failed) {
    if (names.length === 0) continue;
    const still = failedIn(await runAll(copy, project, names));
    if (still.length > 0)
      throw new Error(`tests of ${project} fail with no mutant there: ${still.join(", ")}`);
  }
}

const failedIn = (files: readonly TestFile[]): string[] =>
  files.filter(({ hasFailed }) => hasFailed).map(({ name }) => name);

/** Puts a probe at each mutant's site, and returns what the sources were. */
function probeMutants(copy: string, mutants: readonly Mutant[]): Map<string, string> {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const texts = new Map(files.map((file) => [file, readFileSync(join(copy, file), "utf8")]));
  for (const [file, text] of texts) {
    const sites = [...mutants.entries()].filter(([, mutant]) => mutant.file === file);
    writeFileSync(
      join(copy, file),
      withProbes(text, new Map(sites.map(([number, { site }]) => [number, site]))),
    );
  }
  return texts;
}

function readReached(copy: string, folder: string): { test: string; sites: ReadonlySet<number> }[] {
  return readdirSync(folder).map((name) => ({
    test: relative(copy, decodeURIComponent(name)),
    sites: new Set(readFileSync(join(folder, name), "utf8").trim().split("\n").map(Number)),
  }));
}
