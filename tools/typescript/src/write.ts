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

/** A declaration at the top of a module. */
export interface CodeStatement {
  /** `export const web =`, or `export default`. */
  readonly head: string;
  readonly value: CodeExpression;
  readonly comments?: readonly string[];
}

export interface Import {
  readonly from: string;
  readonly names?: readonly string[];
  readonly defaultName?: string;
  readonly isType?: boolean;
}

export interface Module {
  readonly imports: readonly Import[];
  readonly statements: readonly CodeStatement[];
}

const codeWidth = 110;

export const codeWord = (text: string): CodeExpression => ({ kind: "word", text });
export const call = (callee: string, ...args: readonly CodeExpression[]): CodeExpression => ({
  kind: "call",
  callee,
  args,
});

/** Plain data as an expression; `cast` says of which values, by path, the type is set aside. */
/**
 * Data as code.
 *
 * @param cast whether the value at a path is none that its type allows.
 * @param other code that says the value at a path in other words.
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

/** A module as text, in the layout of this repository's formatter. */
export function printModule({ imports, statements }: Module): string {
  const head = imports.toSorted(byOrigin).map(printImport);
  const body = statements.map(printStatement);
  return [...(head.length > 0 ? [head.join("")] : []), ...body].join("\n");
}

/** Packages stand before files, and both in the order of their names. */
const byOrigin = (a: Import, b: Import): number => (rankOf(a) < rankOf(b) ? -1 : 1);
const rankOf = ({ from, isType }: Import): string =>
  `${from.startsWith(".") ? 1 : 0}${from} ${isType ? 1 : 0}`;

function printImport({ from, names = [], defaultName, isType }: Import): string {
  const start = `import ${isType ? "type " : ""}`;
  const lead = defaultName === undefined ? "" : names.length > 0 ? `${defaultName}, ` : defaultName;
  const sorted = names.toSorted();
  const list = sorted.length > 0 ? `{ ${sorted.join(", ")} }` : "";
  const line = `${start}${lead}${list} from ${JSON.stringify(from)};\n`;
  if (line.length <= codeWidth + 1 || sorted.length < 2) return line;
  return `${start}${lead}{\n${sorted.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};\n`;
}

function printStatement({ head, value, comments }: CodeStatement): string {
  const text = print(value, { indent: "", column: head.length + 1, after: 1 });
  return `${commentLines(comments, "")}${head} ${text};\n`;
}

/** Where an expression is printed: what its further lines are indented by, and what stands before and after it. */
interface PrintPlace {
  readonly indent: string;
  readonly column: number;
  /** How many characters follow on its last line. */
  readonly after: number;
}

function print(code: CodeExpression, place: PrintPlace): string {
  const flat = flatText(code);
  if (flat !== undefined && place.column + flat.length + place.after <= codeWidth) return flat;
  switch (code.kind) {
    case "word":
      return code.text;
    case "text":
      return printText(code.value);
    case "cast":
      return `${print(code.inner, { ...place, after: place.after + code.as.length + 4 })} as ${code.as}`;
    case "object":
      return printObject(code.fields, place.indent);
    case "list":
      return printList(code.items, place.indent);
    default:
      return printCall(code, place);
  }
}

const furtherIn = (indent: string): string => `${indent}  `;

function printObject(fields: readonly CodeField[], indent: string): string {
  const deeper = furtherIn(indent);
  return `{\n${fields.map((field) => printField(field, deeper)).join("")}${indent}}`;
}

function printField({ name, value, comments }: CodeField, indent: string): string {
  const above = commentLines(comments, indent);
  if (name === undefined || value === undefined) {
    const alone = name ?? (value && print(value, { indent, column: indent.length, after: 1 }));
    return alone === undefined ? above : `${above}${indent}${alone},\n`;
  }
  const key = printKey(name);
  const text = print(value, { indent, column: indent.length + key.length + 2, after: 1 });
  // A string that is too long stands below its key, unless the key is so short that nothing is won.
  const isLong = value.kind === "text" && indent.length + key.length + 3 + text.length > codeWidth;
  const isBelow = isLong && !text.startsWith("`") && key.length >= 5;
  return `${above}${indent}${key}:${isBelow ? `\n${furtherIn(indent)}` : " "}${text},\n`;
}

function printList(items: readonly CodeExpression[], indent: string): string {
  const deeper = furtherIn(indent);
  if (items.length > 0 && items.every((item) => /^-?[\d.]+$/.test(item.kind === "word" ? item.text : "")))
    return `[\n${fillLines(
      items.map((item) => flatText(item) ?? ""),
      deeper,
    )}${indent}]`;
  const lines = items.map(
    (item) => `${deeper}${print(item, { indent: deeper, column: deeper.length, after: 1 })},\n`,
  );
  return `[\n${lines.join("")}${indent}]`;
}

/** Numbers stand as many on a line as fit. */
function fillLines(items: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${item},`.length <= codeWidth)
      lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`${indent}${item},`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The last argument of a call goes on in its line, where the others stay in theirs. */
function printCall({ callee, args }: CodeExpression & { kind: "call" }, place: PrintPlace): string {
  const others = args.slice(0, -1).map(flatText);
  const last = args.at(-1);
  const start = `${callee}(${others.map((text) => `${text}, `).join("")}`;
  const isHugged = last && (last.kind === "object" || last.kind === "list") && !others.includes(undefined);
  if (isHugged && place.column + start.length + 1 <= codeWidth) {
    const column = place.column + start.length;
    return `${start}${print(last, { indent: place.indent, column, after: place.after + 1 })})`;
  }
  const deeper = furtherIn(place.indent);
  const lines = args.map(
    (arg) => `${deeper}${print(arg, { indent: deeper, column: deeper.length, after: 1 })},\n`,
  );
  return `${callee}(\n${lines.join("")}${place.indent})`;
}

/** How many objects may stand within one another in a line. */
const deepestInLine = 2;

/** An expression in one line; undefined where it is better read in several. */
function flatText(code: CodeExpression): string | undefined {
  switch (code.kind) {
    case "word":
      return code.text;
    case "text": {
      const text = printText(code.value);
      return text.startsWith("`") ? undefined : text;
    }
    case "cast": {
      const text = flatText(code.inner);
      return text === undefined ? undefined : `${text} as ${code.as}`;
    }
    case "object":
      return code.isOpen || depthOf(code) > deepestInLine ? undefined : flatObject(code.fields);
    case "list":
      return flatList(code.items);
    default: {
      const args = code.args.map(flatText);
      return args.includes(undefined) ? undefined : `${code.callee}(${args.join(", ")})`;
    }
  }
}

function flatObject(fields: readonly CodeField[]): string | undefined {
  if (fields.length === 0) return "{}";
  const parts = fields.map(({ name, value, comments }) => {
    const text = value && flatText(value);
    if (comments?.length || (value && text === undefined)) return undefined;
    return name === undefined ? text : value ? `${printKey(name)}: ${text}` : name;
  });
  return parts.includes(undefined) ? undefined : `{ ${parts.join(", ")} }`;
}

function flatList(items: readonly CodeExpression[]): string | undefined {
  const isTable =
    items.length > 1 &&
    (items.every((item) => item.kind === "object" && item.fields.length > 1) ||
      items.every((item) => item.kind === "list" && item.items.length > 1));
  const parts = isTable ? [undefined] : items.map(flatText);
  return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
}

function depthOf(code: CodeExpression): number {
  if (code.kind === "list") return Math.max(0, ...code.items.map(depthOf));
  if (code.kind !== "object") return 0;
  return 1 + Math.max(0, ...code.fields.map(({ value }) => (value ? depthOf(value) : 0)));
}

function commentLines(comments: readonly string[] = [], indent: string): string {
  return comments
    .flatMap((comment) => wrapText(comment, codeWidth - indent.length - 3))
    .map((line) => `${indent}// ${line}\n`)
    .join("");
}

function wrapText(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length < length) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines;
}

/** `__proto__: x` would set the prototype, `["__proto__"]: x` sets a field. */
function printKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d{0,14})$/.test(name) ? name : quotedCode(name);
}

/** Text of several lines as a template, in which they stand as they are; other text in quotes. */
function printText(value: string): string {
  const isLines = /\n[^]/.test(value) && !/[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe]/.test(value);
  if (!isLines) return quotedCode(value);
  return `\`${value.replaceAll(/[\\`]|\$\{/g, "\\$&")}\``;
}

/** A text put together from texts and expressions: `${a}.${b}`. */
export const template = (parts: readonly (string | { readonly word: string })[]): CodeExpression =>
  codeWord(
    `\`${parts.map((part) => (typeof part === "string" ? part.replaceAll(/[\\`]|\$\{/g, "\\$&") : `\${${part.word}}`)).join("")}\``,
  );

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
