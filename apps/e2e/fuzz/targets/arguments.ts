import { fileURLToPath } from "node:url";
import { parseCommandLine } from "../../../render/src/cli/command-line.ts";
import { hold } from "../contract.ts";
import { findings } from "../findings.ts";

const environments = fileURLToPath(new URL("../../../render/template/environments", import.meta.url));
/** The commands that write nothing. */
const readers = new Set(["list", "explain"]);

/** A command line, one argument a line. What only reads is run, on the environment of a new repository. */
export async function fuzz(data: Buffer): Promise<void> {
  const args = data.toString().split("\n");
  await hold(async () => {
    const run = parseCommandLine(args);
    if (!readers.has(args[0] ?? "") || args.includes("--")) return typeof run;
    const output = await parseCommandLine([...args, "--environments", environments])();
    return typeof output === "string" ? output : [...output];
  }, findings);
}
