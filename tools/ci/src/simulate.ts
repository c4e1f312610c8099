import { parseArgs } from "node:util";
import { measureHere } from "./measure-here.ts";
import { parameters } from "./parameters.ts";
import { report } from "./simulation-report.ts";

// What 5 to 5,000 environments cost on 1 to 100 machines, with the parameters of this repository or, with --measure, of
// this machine: a clone of the last commit in a temporary folder, some minutes.
const { values } = parseArgs({ options: { measure: { type: "boolean", default: false } } });
process.stdout.write(report(values.measure ? measureHere() : parameters));
