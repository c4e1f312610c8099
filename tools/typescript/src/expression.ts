import { templateText } from "./text.ts";

/** An expression of TypeScript, as data. */
export type CodeExpression =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "object"; readonly fields: readonly CodeField[]; readonly isOpen?: boolean }
  | { readonly kind: "list"; readonly items: readonly CodeExpression[] }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly CodeExpression[] }
  | { readonly kind: "cast"; readonly inner: CodeExpression; readonly as: string };

/** A field of an object; one without a name is a shorthand, a spread, or nothing but its comment. */
export interface CodeField {
  readonly name?: string;
  readonly value?: CodeExpression;
  readonly comments?: readonly string[];
}

export const codeWord = (text: string): CodeExpression => ({ kind: "word", text });
export const call = (callee: string, ...args: readonly CodeExpression[]): CodeExpression => ({
  kind: "call",
  callee,
  args,
});

/**
 * Plain data as an expression.
 *
 * @param cast whether the value at a path is none that its type allows.
 * @param other code that says the value at a path in other words.
 * @example
 * dataCode({ a: [1] }); // prints as { a: [1] }
 */
export function dataCode(
  value: unknown,
  cast: (path: string) => boolean = () => false,
  other: (path: string) => CodeExpression | undefined = () => undefined,
  path = "",
): CodeExpression {
  const code = other(path) ?? uncast(value, cast, other, path);
  return cast(path) ? { kind: "cast", inner: enclosed(code), as: "never" } : code;
}

/** `as` binds closer than `??`. */
const enclosed = (code: CodeExpression): CodeExpression =>
  code.kind === "word" && code.text.includes(" ?? ") ? codeWord(`(${code.text})`) : code;

function uncast(
  value: unknown,
  cast: (path: string) => boolean,
  other: (path: string) => CodeExpression | undefined,
  path: string,
): CodeExpression {
  if (typeof value === "string") return { kind: "text", value };
  if (value instanceof Uint8Array)
    return call("Buffer.from", dataCode(Buffer.from(value).toString("base64")), dataCode("base64"));
  if (Array.isArray(value))
    return {
      kind: "list",
      items: value.map((item, index) => dataCode(item, cast, other, `${path}/${index}`)),
    };
  if (typeof value !== "object" || value === null)
    return codeWord(Object.is(value, -0) ? "0" : (JSON.stringify(value) ?? "undefined"));
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return {
    kind: "object",
    fields: fields.map(([name, inner]) => ({ name, value: dataCode(inner, cast, other, `${path}/${name}`) })),
  };
}

/** A text put together from texts and expressions: `${a}.${b}`. */
export const template = (parts: readonly (string | { readonly word: string })[]): CodeExpression =>
  codeWord(
    `\`${parts.map((part) => (typeof part === "string" ? templateText(part) : `\${${part.word}}`)).join("")}\``,
  );
