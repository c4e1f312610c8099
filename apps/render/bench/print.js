// Prints the objects in a JSON file as YAML, with the printer that is named: what each costs, loading included.
//
//   node print.js ours|yaml FILE
import { readFileSync } from "node:fs";

const [printer, file = ""] = process.argv.slice(2);
/** @type {object[]} */
const objects = JSON.parse(readFileSync(file, "utf8"));
if (printer === "yaml") {
  const { stringify } = await import("yaml");
  for (const object of objects)
    process.stdout.write(stringify(object, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false }));
} else {
  const { toYaml } = await import("@atlas/compose/yaml");
  for (const object of objects) process.stdout.write(toYaml(object));
}
