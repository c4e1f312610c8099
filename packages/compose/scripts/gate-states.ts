import { readFileSync } from "node:fs";

/** What a gate is from a minor version on. */
export interface GateState {
  readonly since: number;
  readonly isOn: boolean;
  /** `Alpha`, `Beta`, `GA`, `Deprecated`. */
  readonly stage: string;
}

/** Reads `pkg/features/kube_features.go`: the states of each gate, the oldest first. */
export function gateStates(file: string): ReadonlyMap<string, readonly GateState[]> {
  const text = readFileSync(file, "utf8");
  const blocks = text.matchAll(/^\t([\w.]+): \{\n((?:\t\t\{.*\n)+)\t\},/gm);
  return new Map(
    [...blocks].map(([, name = "", states = ""]) => [
      name.split(".").at(-1) ?? name,
      [...states.matchAll(/MustParse\("1\.(\d+)"\), Default: (\w+),.*?PreRelease: featuregate\.(\w+)/g)].map(
        ([, since, isOn, stage = ""]) => ({ since: Number(since), isOn: isOn === "true", stage }),
      ),
    ]),
  );
}
