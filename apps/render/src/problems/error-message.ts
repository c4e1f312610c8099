/** An error in a line, also one that is none: anything can be thrown. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${JSON.stringify(error)}`;
