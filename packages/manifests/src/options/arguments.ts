import type { Patch } from "@atlas/compose";
import { jsonPatch } from "@atlas/compose/patches";
import { deployment } from "../base/deployment.ts";

const managerContainer = "/spec/template/spec/containers/0";

/**
 * Adds arguments of the manager to those that are there. A strategic merge takes `args` as a whole, so that two options
 * would exclude each other.
 */
export const addArguments = (args: readonly string[]): Patch =>
  jsonPatch(deployment, [
    { op: "test", path: `${managerContainer}/name`, value: "manager" },
    ...args.map((value) => ({ op: "add", path: `${managerContainer}/args/-`, value }) as const),
  ]);
