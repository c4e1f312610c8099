import { sayAsItIs } from "./say.ts";

/** A line on stderr that says how far a long command is. */
export interface Progress {
  /** Says that one more is done. */
  step(): void;
  /** Takes the line away. */
  clear(): void;
}

/**
 * Shows `<done> of <total> <what>` when it takes more than a second and stderr is a terminal.
 *
 * To look whether it is one loads what Node needs for terminals, so a short command does not.
 */
export function progressOf(what: string, total: number): Progress {
  let done = 0;
  let last = performance.now() + 900;
  let isShown = false;
  return {
    step() {
      done++;
      const now = performance.now();
      if (now - last < 100 || !process.stderr.isTTY) return;
      last = now;
      isShown = true;
      sayAsItIs(`\ratlas-render: ${done} of ${total} ${what}`);
    },
    clear() {
      if (isShown) sayAsItIs("\r\u001b[K");
    },
  };
}
