import { printable } from "./printable.ts";
import { writeDescriptor } from "./write-descriptor.ts";

/**
 * Writes to stderr. That nobody reads there any more, or that its disk is full, changes nothing of what a command does.
 * What a terminal would obey is shown as an escape.
 */
export const say = (text: string): void => sayAsItIs(printable(text));

/** Writes to stderr what a terminal shall obey. */
export function sayAsItIs(text: string): void {
  try {
    writeDescriptor(2, Buffer.from(text));
  } catch {
    // There is nowhere left to say it; the exit code does.
  }
}
