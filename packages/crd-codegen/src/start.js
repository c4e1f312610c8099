#!/usr/bin/env node
// What any Node that has modules can parse, so that one that is too old says so: the rest is loaded after that.
const oldest = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);
const isNew = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
if (!isNew)
  refuse(
    `this is Node ${process.versions.node}, which cannot run it. Install Node ${oldest.join(".")} or later`,
  );
else if (isFolderThere()) void import("./main.ts");
else refuse("the current folder is not there any more. Change into one: cd");

// A library asks for it while it is loaded, where nobody could catch what it throws.
function isFolderThere() {
  try {
    return process.cwd() !== "";
  } catch {
    return false;
  }
}

function refuse(why) {
  process.stderr.write(`crd-codegen: ${why}\n`);
  process.exitCode = 2;
}
