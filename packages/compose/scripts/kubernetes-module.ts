import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** What the scripts read of a release, as files. */
export interface ReleaseFiles {
  /** `api/openapi-spec/swagger.json`: the kinds and fields. */
  readonly swagger: string;
  /** `pkg/generated/openapi/zz_generated.openapi.go`: alone has the values of enumerations and the defaults. */
  readonly source: string;
}

/** What says of which feature gates fields of a release are. */
export interface GateFiles {
  /** `pkg/features/kube_features.go`: when gates are there, and on. */
  readonly features: string;
  /** `types.go` of each group and version, as `core.v1`: which gates fields are behind. */
  readonly types: ReadonlyMap<string, string>;
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
  const folder = await kept(`kubernetes/${release}`, `${module}@${release}`, [
    ["swagger.json", "api/openapi-spec/swagger.json"],
    ["zz_generated.openapi.go", "pkg/generated/openapi/zz_generated.openapi.go"],
  ]);
  return { swagger: join(folder, "swagger.json"), source: join(folder, "zz_generated.openapi.go") };
}

/**
 * The files of a release that tell of feature gates, out of the Go modules `k8s.io/kubernetes` and `k8s.io/api`; they are kept
 * as those of `filesOf`.
 *
 * @throws Error with what Go said, where a module is not to be had.
 */
export async function gateFilesOf(release: string): Promise<GateFiles> {
  const features = await kept(`features/${release}`, `${module}@${release}`, [
    ["kube_features.go", "pkg/features/kube_features.go"],
  ]);
  const types = await kept(`types/${release}`, `k8s.io/api@${release.replace("v1.", "v0.")}`, (folder) =>
    globSync("*/v*/types.go", { cwd: folder }).map((file) => {
      const [group, version] = file.split(/[\\/]/);
      return [`${group}.${version}`, file] as const;
    }),
  );
  return {
    features: join(features, "kube_features.go"),
    types: new Map(readdirSync(types).map((name) => [name, join(types, name)])),
  };
}

type Picked = readonly (readonly [name: string, file: string])[];

/** The folder in the cache that holds some of a module's files. */
async function kept(
  name: string,
  moduleVersion: string,
  files: Picked | ((folder: string) => Picked),
): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  // Beside the entry, so that it is renamed as a whole.
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  const modules = mkdtempSync(join(tmpdir(), "kubernetes-module-"));
  try {
    const { Dir }: { readonly Dir: string } = JSON.parse(
      await go(["mod", "download", "-json", moduleVersion], modules),
    );
    for (const [copy, file] of typeof files === "function" ? files(Dir) : files)
      copyFileSync(join(Dir, file), join(unfinished, copy));
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    for (const each of [unfinished, modules]) rmSync(each, { recursive: true, force: true });
  }
  return folder;
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
