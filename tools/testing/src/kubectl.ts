import { spawnSync } from "node:child_process";

/**
 * Why a comparison with the real Kustomize is skipped; undefined where kubectl is at hand.
 *
 * @example
 * test.skipIf(withoutKubectl)("as Kustomize has it", () => …);
 */
export const withoutKubectl: string | undefined = spawnSync("kubectl", ["version", "--client"]).error
  ? "kubectl is not installed"
  : undefined;
