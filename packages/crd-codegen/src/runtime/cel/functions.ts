/** Functions, by their signatures. */
export interface Library {
  readonly [signature: string]: (...args: never[]) => unknown;
}

/**
 * The value, where there is one.
 *
 * @throws Error with the message.
 */
export function required<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}
