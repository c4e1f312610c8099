#!/usr/bin/env node
// What any Node that has modules can parse, so that one that is too old says so: the rest is loaded after that.
const oldest = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) void import("./main.ts");
else {
  process.stderr.write(
    `crd-codegen: this is Node ${process.versions.node}, which cannot run it. Install Node ${oldest.join(".")} or later\n`,
  );
  process.exitCode = 2;
}
