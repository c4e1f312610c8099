import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FluxHealthCheck, Observed } from "@atlas/manifests/health";
import { buildProgram } from "../workspace/go-modules.ts";

/** Where go.mod states the versions of those who judge, and the code is that asks them. */
const healthHome = fileURLToPath(new URL("../../health", import.meta.url));

/** What each is asked with. */
export interface HealthChecks {
  readonly lua: string;
  readonly flux: FluxHealthCheck;
  /** The option `--for`. */
  readonly wait: string;
}

/** What each says of an object. */
export interface Judgement {
  readonly ArgoCD: string;
  readonly Flux: string;
  readonly Kstatus: string;
  /** Whether `kubectl wait` would end. */
  readonly Waits: boolean;
}

export type Judges = (checks: HealthChecks, objects: readonly Observed[]) => readonly Judgement[];

/**
 * Builds the program that asks Argo CD's Lua, Flux's CEL, kstatus and kubectl.
 *
 * @param folder an empty folder.
 * @throws Error with what Go said.
 */
export async function buildJudges(folder: string): Promise<Judges> {
  const program = join(folder, "health");
  await buildProgram(healthHome, program);
  return (checks, objects) => {
    const input = [checks, ...objects].map((line) => `${JSON.stringify(line)}\n`).join("");
    // Nobody's own kubeconfig is read.
    const env = { ...process.env, KUBECONFIG: join(folder, "none") };
    return execFileSync(program, { input, encoding: "utf8", maxBuffer: 1 << 28, env })
      .trim()
      .split("\n")
      .map((line): Judgement => JSON.parse(line));
  };
}
