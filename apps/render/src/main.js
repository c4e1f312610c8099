#!/usr/bin/env node
// What any Node that has modules can parse, so that one that is too old says so: the rest is loaded after that.
const oldest = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) {
  // From the second start on, Node finds in its compile cache what V8 made of all that is imported from here on: that is a
  // tenth of a cold render. Where it is told the folder, it need not load what finds it. Bun and Deno have no such cache.
  const { TMPDIR, TMP, TEMP } = process.env;
  const temporary = process.platform === "win32" ? undefined : TMPDIR || TMP || TEMP || "/tmp";
  process
    .getBuiltinModule("node:module")
    .enableCompileCache?.(temporary && `${temporary.replace(/\/$/, "")}/node-compile-cache`);
  void import("./run.ts");
} else {
  process.stderr.write(
    `atlas-render: this is Node ${process.versions.node}, which cannot run it
  expected: Node ${oldest.join(".")} or later
  fix:      install a newer Node, or put it first on the PATH
`,
  );
  process.exitCode = 2;
}
