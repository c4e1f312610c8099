/** How large a text, a list or a map is at least and at most. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

/** Of what nothing is known. */
export const unknownSize: SizeRange = { least: 0, most: Infinity };

/** The product, in which nothing of what is endless is nothing. */
export const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

export const plusSize = (a: SizeRange, b: SizeRange): SizeRange => ({
  least: a.least + b.least,
  most: a.most + b.most,
});

export const timesSize = (a: SizeRange, b: SizeRange): SizeRange => ({
  least: product(a.least, b.least),
  most: product(a.most, b.most),
});

export const unitedSize = (a: SizeRange, b: SizeRange): SizeRange => ({
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
});
