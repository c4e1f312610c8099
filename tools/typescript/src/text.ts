/** `__proto__: x` would set the prototype, `["__proto__"]: x` sets a field. */
export function printKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d{0,14})$/.test(name) ? name : quotedCode(name);
}

/** Text of several lines as a template, in which they stand as they are; other text in quotes. */
export function printText(value: string): string {
  const isLines = /\n[^]/.test(value) && !/[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe]/.test(value);
  if (!isLines) return quotedCode(value);
  return `\`${templateText(value)}\``;
}

/** How a value is read from a constant: `.spec.ports[0]["a/b"]`. */
export const accessors = (fields: readonly string[]): string =>
  fields
    .map((field) =>
      /^[A-Za-z_$][\w$]*$/.test(field)
        ? `.${field}`
        : /^\d+$/.test(field)
          ? `[${field}]`
          : `[${quotedCode(field)}]`,
    )
    .join("");

/** In the quotes of which the text has fewer. */
function quotedCode(value: string): string {
  const text = JSON.stringify(value).replaceAll(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const count = (mark: string): number => value.split(mark).length;
  if (count('"') <= count("'")) return text;
  return `'${text.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Text as it stands within a template. */
export const templateText = (value: string): string => value.replaceAll(/[\\`]|\$\{/g, "\\$&");
