// Changes files in a folder, and kills itself at the given call of the file system.
const [folder = "", step = "0", act = "write"] = process.argv.slice(2);
let left = Number(step);
const fs = process.getBuiltinModule("node:fs");
for (const name of ["mkdirSync", "openSync", "writeSync", "renameSync", "linkSync", "rmSync"] as const) {
  const inner = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (left-- === 0) process.kill(process.pid, "SIGKILL");
      return inner(...args);
    },
  });
}
const { changeFiles, replaceFiles } = await import("@atlas/files");
try {
  await changeFiles(folder, (changes) => {
    if (act === "fail") throw new Error("on purpose");
    replaceFiles(changes, [{ path: "sub/file", content: "new" }]);
  });
} catch {
  process.exitCode = 1;
}
