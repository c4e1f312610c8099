import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** What the scripts read of a release, as files. */
export interface ReleaseFiles {
  /** `api/openapi-spec/swagger.json`: the kinds and fields. */
  readonly swagger: string;
  /** `pkg/generated/openapi/zz_generated.openapi.go`: alone has the values of enumerations and the defaults. */
  readonly source: string;
}

const module = "k8s.io/kubernetes";
const cache: string = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "atlas-compose");

/**
 * The files of a release, out of the Go module `k8s.io/kubernetes`. Of a module of hundreds of megabytes the two are kept,
 * below the user's cache folder.
 *
 * @throws Error with what Go said, where the module is not to be had.
 */
export async function filesOf(release: string): Promise<ReleaseFiles> {
  const folder = join(cache, "kubernetes", release);
  const files = { swagger: join(folder, "swagger.json"), source: join(folder, "zz_generated.openapi.go") };
  if (existsSync(folder)) return files;
  mkdirSync(join(cache, "kubernetes"), { recursive: true });
  // Beside the entry, so that it is renamed as a whole.
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  const modules = mkdtempSync(join(tmpdir(), "kubernetes-module-"));
  try {
    const { Dir } = JSON.parse(await go(["mod", "download", "-json", `${module}@${release}`], modules));
    copyFileSync(join(Dir, "api/openapi-spec/swagger.json"), join(unfinished, "swagger.json"));
    copyFileSync(
      join(Dir, "pkg/generated/openapi/zz_generated.openapi.go"),
      join(unfinished, "zz_generated.openapi.go"),
    );
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    for (const each of [unfinished, modules]) rmSync(each, { recursive: true, force: true });
  }
  return files;
}

/**
 * All releases that the Go proxy has, without release candidates.
 *
 * @throws Error with what Go said, where it cannot be asked.
 */
export async function servedReleases(): Promise<readonly string[]> {
  const modules = mkdtempSync(join(tmpdir(), "kubernetes-module-"));
  try {
    const { Versions = [] }: { Versions?: readonly string[] } = JSON.parse(
      await go(["list", "-m", "-versions", "-json", module], modules),
    );
    return Versions.filter((version) => /^v1\.\d+\.\d+$/.test(version));
  } finally {
    rmSync(modules, { recursive: true, force: true });
  }
}

async function go(args: readonly string[], folder: string): Promise<string> {
  // A module of its own, so that Go asks of the module's versions and none of the settings of another project count.
  writeFileSync(join(folder, "go.mod"), "module scripts\n");
  const env = {
    ...process.env,
    GOFLAGS: "-mod=mod -modcacherw",
    GOWORK: "off",
    GOMODCACHE: join(folder, "modules"),
  };
  const { stdout } = await promisify(execFile)("go", [...args], { cwd: folder, env, maxBuffer: 2 ** 24 });
  return stdout;
}
