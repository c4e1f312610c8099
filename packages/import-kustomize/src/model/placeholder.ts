const placeholder = /\$\{\w[^}]*\}|\$\(\w[^)]*\)/;

/** Whether a text has a placeholder of `envsubst` or Flux, `${NAME:-value}`, or of a variable, `$(NAME)`. */
export const isPlaceholderIn = (text: string): boolean => placeholder.test(text);

/** Whether a value, or one in it, has a placeholder. */
export function hasPlaceholder(value: unknown): boolean {
  if (typeof value === "string") return isPlaceholderIn(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, inner]) => isPlaceholderIn(name) || hasPlaceholder(inner));
}
