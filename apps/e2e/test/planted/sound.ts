/** A reader with nothing wrong. */
export function fuzz(data: Buffer): number {
  return data.length > 1 ? data.length : 0;
}
