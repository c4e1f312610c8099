import type { EnvironmentFolder } from "./environment.ts";

/** The environments whose modules are being loaded: one whose await never settles, or that ends the process, stays. */
export const loadingNow = new Set<EnvironmentFolder>();
