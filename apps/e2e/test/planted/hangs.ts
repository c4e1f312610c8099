/** A reader that never comes to an end. */
export function fuzz(data: Buffer): void {
  while (data.length > 1);
}
