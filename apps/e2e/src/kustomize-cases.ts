import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where go.mod states the version of Kustomize, and the code is that records its tests. */
const home = fileURLToPath(new URL("../kustomize", import.meta.url));
const module = "sigs.k8s.io/kustomize/api";

/** What one of Kustomize's own tests builds. */
export interface KustomizeCase {
  /** The number of the build, and the test: `005-TestResourceHasAnchor`. */
  readonly name: string;
  /** The folder that it builds. */
  readonly folder: string;
}

/**
 * Runs the tests of Kustomize's `krusty` package, out of the Go module, and records what each is about to build. Tests that
 * need a container engine or the network fail, and are recorded nevertheless.
 *
 * @param folder an empty folder.
 * @throws Error with what Go said.
 */
export function recordCases(folder: string): KustomizeCase[] {
  const [copy, main, cases] = ["api", "main", "cases"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  copyModule(copy);
  mkdirSync(main);
  mkdirSync(cases);
  for (const file of ["go.mod", "go.sum"]) cpSync(join(home, file), join(main, file));
  go(["mod", "edit", "-replace", `${module}=${copy}`], main);
  const said = go(["test", "-count=1", `${module}/krusty`], main, { KUSTOMIZE_CASES: cases }, [0, 1]);
  const names = readdirSync(cases).toSorted();
  if (names.length === 0) throw new Error(`Kustomize's tests built nothing:\n${said}`);
  return names.map((name) => {
    const { path }: { path: string } = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8"));
    return { name, folder: join(cases, name, "files", path) };
  });
}

/** A copy of the module in which `Run` records, since Go lets nobody change its cache. */
function copyModule(copy: string): void {
  const { Dir }: { Dir: string } = JSON.parse(go(["mod", "download", "-json", module], home));
  cpSync(Dir, copy, { recursive: true });
  const inner = readdirSync(copy, { recursive: true, withFileTypes: true });
  for (const entry of inner)
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  chmodSync(copy, 0o755);
  cpSync(join(home, "record.go"), join(copy, "krusty/record.go"));
  const file = join(copy, "krusty/kustomizer.go");
  const text = readFileSync(file, "utf8");
  const start = "\tresmapFactory := resmap.NewFactory(b.depProvider";
  if (!text.includes(start)) throw new Error(`${module}'s Kustomizer.Run does not start as it did`);
  writeFileSync(file, text.replace(start, `\trecord(fSys, path)\n${start}`));
}

function go(args: string[], cwd: string, variables: Record<string, string> = {}, codes = [0]): string {
  const env = { ...process.env, GOFLAGS: "-buildvcs=false", GOWORK: "off", CGO_ENABLED: "0", ...variables };
  const { status, error, stdout, stderr } = spawnSync("go", args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status === null || !codes.includes(status)) throw new Error(`go ${args.join(" ")}\n${stderr}`);
  return stdout;
}
