// Checks the objects in a JSON file once, and prints the CPU that it took, in milliseconds, loading left out.
//
//   node check-once.js FILE
import { readFileSync } from "node:fs";
import { check } from "@atlas/checks";

const [, , file = ""] = process.argv;
/** @type {Parameters<typeof check>[0]} */
const objects = JSON.parse(readFileSync(file, "utf8"));
const before = process.cpuUsage();
check(objects);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
