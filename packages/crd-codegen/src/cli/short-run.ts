import { setFlagsFromString } from "node:v8";

/**
 * Has V8 wait before it optimizes at most what is called often: of a run of two seconds, a fifth goes into code that is
 * hardly called after that. What is called a hundred thousand times is optimized as ever.
 */
export function expectShortRun(): void {
  setFlagsFromString("--invocation-count-for-turbofan=100000");
  setFlagsFromString("--invocation-count-for-osr=20000");
}
