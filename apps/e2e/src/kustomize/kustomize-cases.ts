import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { go } from "../workspace/go-modules.ts";

/** Where go.mod states the version of Kustomize, and the code is that records its tests. */
const kustomizeHome = fileURLToPath(new URL("../../kustomize", import.meta.url));
const kustomizeModule = "sigs.k8s.io/kustomize/api";

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
export async function recordCases(folder: string): Promise<KustomizeCase[]> {
  const [copy, main, cases] = ["api", "main", "cases"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await copyModule(copy);
  mkdirSync(main);
  mkdirSync(cases);
  for (const file of ["go.mod", "go.sum"]) cpSync(join(kustomizeHome, file), join(main, file));
  await go(["mod", "edit", "-replace", `${kustomizeModule}=${copy}`], { cwd: main });
  const said = await go(["test", "-count=1", `${kustomizeModule}/krusty`], {
    cwd: main,
    variables: { KUSTOMIZE_CASES: cases },
    codes: [0, 1],
  });
  const names = readdirSync(cases).toSorted();
  if (names.length === 0) throw new Error(`Kustomize's tests built nothing:\n${said}`);
  return names.map((name) => {
    const { path }: { path: string } = JSON.parse(readFileSync(join(cases, name, "case.json"), "utf8"));
    return { name, folder: join(cases, name, "files", path) };
  });
}

/** A copy of the module in which `Run` records, since Go lets nobody change its cache. */
async function copyModule(copy: string): Promise<void> {
  const { Dir }: { Dir: string } = JSON.parse(
    await go(["mod", "download", "-json", kustomizeModule], { cwd: kustomizeHome }),
  );
  cpSync(Dir, copy, { recursive: true });
  const inner = readdirSync(copy, { recursive: true, withFileTypes: true });
  for (const entry of inner)
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  chmodSync(copy, 0o755);
  cpSync(join(kustomizeHome, "record.go"), join(copy, "krusty/record.go"));
  const file = join(copy, "krusty/kustomizer.go");
  const text = readFileSync(file, "utf8");
  const start = "\tresmapFactory := resmap.NewFactory(b.depProvider";
  if (!text.includes(start)) throw new Error(`${kustomizeModule}'s Kustomizer.Run does not start as it did`);
  writeFileSync(file, text.replace(start, `\trecord(fSys, path)\n${start}`));
}
