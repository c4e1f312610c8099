import { templateText } from "./text.ts";

/** An expression of TypeScript, as data. */
export type CodeExpression =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "text"; readonly value: string }
  | CodeObject
  | { readonly kind: "list"; readonly items: readonly CodeExpression[] }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly CodeExpression[] }
  | { readonly kind: "cast"; readonly inner: CodeExpression; readonly as: string };

interface CodeObject {
  readonly kind: "object";
  readonly fields: readonly CodeField[];
  /** Whether it has a line for each field though it would fit into one; by default, where its objects are deep. */
  readonly isOpen?: boolean;
}

/** A field of an object; one without a name is a shorthand, a spread, or nothing but its comment. */
export interface CodeField {
  readonly name?: string;
  readonly value?: CodeExpression;
  readonly comments?: readonly string[];
}

/** Code that stands as it is. */
export const codeWord = (text: string): CodeExpression => ({ kind: "word", text });
/** A field of an object; one whose value is the constant of its name is a shorthand. */
export const fieldCode = (name: string, value: CodeExpression): CodeField =>
  value.kind === "word" && value.text === name ? { name } : { name, value };
/** An object of the fields that have a value. */
export const objectCode = (
  fields: Readonly<Record<string, CodeExpression | undefined>>,
  layout: Pick<CodeObject, "isOpen"> = {},
): CodeExpression => ({
  kind: "object",
  fields: Object.entries(fields).flatMap(([name, value]) => (value ? [fieldCode(name, value)] : [])),
  ...layout,
});
/** A list. */
export const listCode = (...items: readonly CodeExpression[]): CodeExpression => ({ kind: "list", items });
/** A call of a function. */
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
