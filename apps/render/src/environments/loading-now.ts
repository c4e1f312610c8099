/** The modules of environments that are being loaded: one whose await never settles, or that ends the process, stays. */
export const loadingNow = new Set<string>();
