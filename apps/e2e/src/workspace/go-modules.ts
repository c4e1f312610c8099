import { execa } from "execa";

/** A module of Go at a version, with the hash of its content as go.sum has it. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
  readonly sum: string;
}

/**
 * The folder of a module in Go's cache, downloaded where it is not there.
 *
 * @throws Error with what Go said, or where the content is another than was pinned.
 */
export async function downloadModule({ path, version, sum }: GoModule): Promise<string> {
  const { Dir, Sum }: { Dir: string; Sum: string } = JSON.parse(
    await go(["mod", "download", "-json", `${path}@${version}`]),
  );
  if (Sum !== sum) throw new Error(`${path}@${version} is ${Sum}: expected ${sum}`);
  return Dir;
}

/** How Go is run. */
export interface GoRun {
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** The exit codes that are no failure: 0, unless it is said. */
  readonly codes?: readonly number[];
}

/**
 * Runs Go, and returns what it printed.
 *
 * @throws Error with what Go said, or that it is not installed.
 */
export async function go(
  args: readonly string[],
  { cwd, variables = {}, codes = [0] }: GoRun = {},
): Promise<string> {
  const { stdout, stderr, exitCode, code, shortMessage } = await execa("go", args, {
    ...(cwd !== undefined && { cwd }),
    // Settings of another project (a vendor folder, a workspace) lead nowhere here; cgo would need a C compiler.
    env: { GOFLAGS: "-buildvcs=false", GOWORK: "off", CGO_ENABLED: "0", ...variables },
    reject: false,
    maxBuffer: 1 << 28,
  });
  if (exitCode !== undefined && codes.includes(exitCode)) return stdout;
  if (code === "ENOENT") throw new Error("Go is not installed (no go on the PATH)");
  throw new Error(`${shortMessage}\n${[stdout, stderr].join("\n").trim()}`);
}

/**
 * Builds the program of a folder, with flags that are the same for all, so that Go compiles once what several need.
 *
 * @param source the package of a tool, where that is what the folder's go.mod states.
 * @throws Error with what Go said.
 */
export async function buildProgram(cwd: string, program: string, source = "."): Promise<void> {
  await go(["build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", program, source], { cwd });
}
