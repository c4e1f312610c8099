const kept: Buffer[] = [];

/** A reader that takes ever more memory. */
export function fuzz(data: Buffer): void {
  while (data.length > 1) kept.push(Buffer.alloc(1 << 24, 1));
}
