/** A reader that throws what it does not report. */
export function fuzz(data: Buffer): void {
  if (data.length > 1) throw new TypeError("planted");
}
