import type { CodeExpression, CodeField } from "./expression.ts";
import { printKey, printText } from "./text.ts";

export const codeWidth = 110;

/** Where an expression is printed: what its further lines are indented by, and what stands before and after it. */
interface PrintPlace {
  readonly indent: string;
  readonly column: number;
  /** How many characters follow on its last line. */
  readonly after: number;
}

/** An expression as text. */
export function print(code: CodeExpression, place: PrintPlace): string {
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
      return (code.isOpen ?? depthOf(code) > deepestInLine) ? undefined : flatObject(code.fields);
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

/** Comments as lines of their own. */
export function commentLines(comments: readonly string[] = [], indent: string): string {
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
