// Changes files in a folder, and at the given call of the file system kills itself, or sees another process clear up beside it.
import { dirname } from "node:path";

const [folder = "", step = "0", act = "write"] = process.argv.slice(2);
let left = Number(step);
// What loads modules calls the file system as well.
let isLoaded = false;
const fs = process.getBuiltinModule("node:fs");
for (const name of ["mkdirSync", "openSync", "writeSync", "renameSync", "linkSync", "rmSync"] as const) {
  const inner = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (isLoaded && left-- === 0) interfere();
      return inner(...args);
    },
  });
}
const { changeFiles, replaceFiles } = await import("@atlas/files");
const { clearNewRoots } = await import("../src/new-root.ts");
isLoaded = true;

function interfere(): void {
  if (act !== "cleared") return void process.kill(process.pid, "SIGKILL");
  clearNewRoots(dirname(dirname(folder)), { journal: "", header: "", aside: "", beat: () => {} });
}

try {
  await changeFiles(folder, (changes) => {
    if (act === "fail") throw new Error("on purpose");
    replaceFiles(changes, [{ path: "sub/file", content: "new" }]);
  });
} catch (error) {
  process.stderr.write(String(error));
  process.exitCode = 1;
}
