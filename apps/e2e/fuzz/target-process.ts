import { register } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRelinked } from "./relinked-addon.ts";

/*
 * One target in a process of its own, since a hang or a full memory ends it:
 * node target-process.ts TARGET FOLDER SECONDS [argument of libFuzzer]…
 * The folder takes the copy of the addon, where one is made; the seconds are what one input may take.
 */
const [target = "", folder = "", seconds = "", ...fuzzerOptions] = process.argv.slice(2);

loadRelinked(join(folder, "addon.node"));
register("./strip-types.ts", import.meta.url);
const { startFuzzing, OptionsManager, OptionSource } = await import("@jazzer.js/core");
const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const options = new OptionsManager(OptionSource.DefaultCLIOptions).merge(
  {
    fuzzTarget: target,
    includes: [
      ...["apps/render/src/", "packages/"].map((part) => join(workspace, part)),
      // What a grammar makes is YAML in any case; of other text the parser tells what has been reached.
      ...(target.endsWith("-tree.ts") ? [] : ["/node_modules/yaml/"]),
      basename(target),
    ],
    excludes: ["/src/generated/"],
    // A base may lie anywhere; the targets themselves see to it that no file is read there.
    disableBugDetectors: ["path-traversal"],
    timeout: Number(seconds) * 1000,
    fuzzerOptions,
  },
  OptionSource.CommandLineArguments,
);
const { returnCode } = await startFuzzing(options);
process.exit(returnCode);
