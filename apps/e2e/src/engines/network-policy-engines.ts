import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KubernetesObject } from "@atlas/checks";
import { buildProgram, go } from "../workspace/go-modules.ts";

/** Where go.mod states the versions of the engines, and the code is that asks them. */
const networkPolicyHome = fileURLToPath(new URL("../../network-policy", import.meta.url));
const networkPolicyModule = "sigs.k8s.io/kube-network-policies";

/** A connection between two addresses. */
export interface Probe {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
}

/** Objects as the API server holds them, and what is asked about them. */
export interface PolicyWorld {
  readonly namespaces: readonly KubernetesObject[];
  readonly pods: readonly KubernetesObject[];
  readonly policies: readonly KubernetesObject[];
  readonly probes: readonly Probe[];
}

/** What each engine says of each probe. */
export interface EngineAnswers {
  readonly Cyclonus: readonly boolean[];
  readonly KubeNetworkPolicies: readonly boolean[];
}

/** What is there after a step of one of Cyclonus's own cases; of labels, those that are not as they were. */
export interface ScenarioStep {
  readonly description: string;
  readonly policies: readonly KubernetesObject[];
  /** By the name of the namespace. */
  readonly namespaceLabels: Readonly<Record<string, object>>;
  /** By namespace and name. */
  readonly podLabels: Readonly<Record<string, object>>;
}

/** The program that asks both engines. */
export interface Engines {
  readonly ask: (worlds: readonly PolicyWorld[]) => readonly EngineAnswers[];
  /** The cases, each of one or more steps. */
  readonly cases: () => readonly (readonly ScenarioStep[])[];
}

/**
 * Builds the program, with a copy of kube-network-policies that says what its engine decides, which it says to nobody.
 *
 * @param folder an empty folder.
 * @throws Error with what Go said.
 */
export async function buildEngines(folder: string): Promise<Engines> {
  const [engine, main, program] = ["engine", "main", "program"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const { Dir }: { Dir: string } = JSON.parse(
    await go(["mod", "download", "-json", networkPolicyModule], { cwd: networkPolicyHome }),
  );
  cpSync(Dir, engine, { recursive: true });
  makeWritable(engine);
  cpSync(join(networkPolicyHome, "engine/answer.go"), join(engine, "pkg/networkpolicy/answer.go"));
  mkdirSync(main);
  for (const file of ["go.mod", "go.sum", "main.go"]) cpSync(join(networkPolicyHome, file), join(main, file));
  await go(["mod", "edit", "-replace", `${networkPolicyModule}=${engine}`], { cwd: main });
  await buildProgram(main, program);
  const run = (args: readonly string[], input = ""): string =>
    execFileSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return {
    ask: (worlds) =>
      run([], worlds.map((world) => `${JSON.stringify(world)}\n`).join(""))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    cases: () => JSON.parse(run(["cases"])),
  };
}

/** Go lets nobody change its cache, nor a copy of it. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
}
