/*
 * YAML as renderers write it, read fast: blocks of fields and lists, scalars on one line, literal text, JSON. It knows a part
 * of the language alone, and says of all other text that it does not know it, which `yaml` reads then. That library takes
 * most of the time in which five hundred objects are checked, as it keeps the place of every token.
 *
 * Source: https://yaml.org/spec/1.2.2/; a test holds it to what `yaml` reads.
 */

/** What a document holds, as JSON can say it. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [field: string]: PlainValue };

/** Text that this reader does not know. */
const unknown = Symbol("unknown");

interface Lines {
  readonly lines: readonly string[];
  /** The line that is read next. */
  next: number;
}

/** Deeper than any manifest goes. */
const deepest = 100;

/** Control characters, and those that YAML takes for breaks or marks: nothing that a renderer writes unescaped. */
const odd = /[^\n\u0020-\u007e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/**
 * What the lines of one document hold; undefined where they are none that this reader knows.
 *
 * @param lines without the mark that a document begins with.
 */
export function readPlain(lines: readonly string[]): { readonly value: PlainValue } | undefined {
  if (lines.some((line) => odd.test(line))) return undefined;
  const reader: Lines = { lines, next: 0 };
  const first = peek(reader);
  if (first === undefined) return { value: null };
  const value = first.startsWith("{") || first.startsWith("[") ? json(reader) : block(reader, 0, 0);
  return value === unknown || peek(reader) !== undefined ? undefined : { value };
}

type Read = PlainValue | typeof unknown;

/** The next line that says something. */
function peek(reader: Lines): string | undefined {
  for (; reader.next < reader.lines.length; reader.next++) {
    const line = reader.lines[reader.next] ?? "";
    if (!/^ *(?:#|$)/.test(line)) return line;
  }
  return undefined;
}

const indentOf = (line: string): number => {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent++;
  return indent;
};

/** JSON as a program writes it: what it is printed as again is the same text, so that no key is there twice. */
function json(reader: Lines): Read {
  const text = reader.lines.slice(reader.next).join("\n").trimEnd();
  if (text.includes("#") && /^ *#/m.test(text)) return unknown;
  let value: PlainValue;
  try {
    value = JSON.parse(text);
  } catch {
    return unknown;
  }
  const isWhole =
    JSON.stringify(value) === text || [2, 4].some((indent) => JSON.stringify(value, null, indent) === text);
  if (!isWhole || !isSimple(value, 0)) return unknown;
  reader.next = reader.lines.length;
  return value;
}

/** Whether the numbers in a value are exact, its keys short, and it is not too deep. */
function isSimple(value: PlainValue, depth: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value === "string") return !/[\ud800-\udfff]/.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.every((each) => isSimple(each, depth + 1));
  return Object.keys(value).every(
    (key) => key.length < 500 && key !== "<<" && isSimple(value[key] ?? null, depth + 1),
  );
}

/** The fields or the list that begins at an indent. */
function block(reader: Lines, indent: number, depth: number): Read {
  const line = peek(reader);
  if (line === undefined || indentOf(line) !== indent || depth > deepest) return unknown;
  return isItem(line, indent) ? list(reader, indent, depth) : fields(reader, indent, depth);
}

const isItem = (line: string, indent: number): boolean =>
  line.charCodeAt(indent) === 45 && (line.length === indent + 1 || line.charCodeAt(indent + 1) === 32);

function list(reader: Lines, indent: number, depth: number): Read {
  const items: PlainValue[] = [];
  for (let line = peek(reader); line !== undefined; line = peek(reader)) {
    const own = indentOf(line);
    if (own < indent || (own === indent && !isItem(line, indent))) break;
    if (own > indent) return unknown;
    const item = itemOf(reader, line, indent, depth);
    if (item === unknown) return unknown;
    items.push(item);
  }
  return items;
}

function itemOf(reader: Lines, line: string, indent: number, depth: number): Read {
  const rest = line.slice(indent + 1);
  const inner = indentOf(rest);
  if (inner === rest.length) {
    reader.next++;
    return below(reader, indent + 1, depth);
  }
  const at = indent + 1 + inner;
  if (isItem(line, at)) return unknown;
  if (!key.test(line.slice(at))) {
    reader.next++;
    return scalar(reader, line.slice(at), indent);
  }
  // Fields that begin on the line of the dash stand where they would without it.
  (reader.lines as string[])[reader.next] = `${" ".repeat(at)}${line.slice(at)}`;
  return fields(reader, at, depth + 1);
}

/** A name as renderers write it, quoted or not, and the colon behind it. */
const key = /^(?:([\w./$][\w./$-]*)|"([\w./$ :-]*)"|'([\w./$ :-]*)'):(?= |$)/;

function fields(reader: Lines, indent: number, depth: number): Read {
  const object: { [field: string]: PlainValue } = {};
  for (let line = peek(reader); line !== undefined; line = peek(reader)) {
    const own = indentOf(line);
    if (own < indent) break;
    const [whole, plain, double, single] = key.exec(line.slice(indent)) ?? [];
    const name = plain ?? double ?? single;
    if (own > indent || whole === undefined || name === undefined || isOddName(plain, name, object))
      return unknown;
    reader.next++;
    const rest = line.slice(indent + whole.length).trimStart();
    const value = rest === "" ? valueBelow(reader, indent, depth) : scalar(reader, rest, indent);
    if (value === unknown) return unknown;
    object[name] = value;
  }
  return object;
}

/** A name that is there already, that means something to YAML or to JavaScript, or that is too long for `yaml`. */
const isOddName = (plain: string | undefined, name: string, object: object): boolean =>
  Object.hasOwn(object, name) ||
  name === "__proto__" ||
  name.length > 500 ||
  (plain !== undefined &&
    (isSpecial(plain) || /^(?:null|true|false|\d.*)$/i.test(plain)) &&
    !isNumber(plain));

/** What a field has on the lines below it: of a list, the dashes may stand under the field itself. */
function valueBelow(reader: Lines, indent: number, depth: number): Read {
  const line = peek(reader);
  if (line !== undefined && indentOf(line) === indent && isItem(line, indent))
    return list(reader, indent, depth + 1);
  return below(reader, indent + 1, depth);
}

/** What stands on the lines below, at an indent or deeper; null where nothing does. */
function below(reader: Lines, least: number, depth: number): Read {
  const line = peek(reader);
  const indent = line === undefined ? -1 : indentOf(line);
  return indent < least ? null : block(reader, indent, depth + 1);
}

/** A scalar that begins behind a field or a dash of this indent, and ends on its line, or is literal text. */
function scalar(reader: Lines, text: string, indent: number): Read {
  const first = text.charCodeAt(0);
  if (first === 124) return literal(reader, text.trimEnd(), indent);
  const rest = text.trimEnd();
  const value = first === 34 ? doubleQuoted(rest) : first === 39 ? singleQuoted(rest) : plainOrEmpty(rest);
  if (value === unknown) return unknown;
  // What goes on deeper goes on with the scalar.
  const line = peek(reader);
  return line !== undefined && indentOf(line) > indent ? unknown : value;
}

function doubleQuoted(text: string): Read {
  if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[\da-fA-F]{4})*"$/.test(text)) return unknown;
  return String(JSON.parse(text));
}

const singleQuoted = (text: string): Read =>
  /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : unknown;

function plainOrEmpty(text: string): Read {
  if (text === "{}") return {};
  if (text === "[]") return [];
  // A dash is a dash of text where no space follows.
  if (!/^(?:[\w/.$(+;<=^~\\\u00a1-\uffff]|-[^ ])/.test(text) || / #|: |:$/.test(text)) return unknown;
  return resolved(text);
}

/** What is a number in a spelling that few use, or a word or a date to some reader: the tags of each dialect know. */
const special =
  /^(?:[-+]?(?:[\d._]+|0[xob][\da-f_]*|[\d._]+e[-+]?[\d_]*|\.inf|\.nan)|y|yes|on|n|no|off|\d{4}-\d{1,2}-\d{1,2}(?:[t ].*)?)$/i;
const isSpecial = (text: string): boolean => special.test(text) && !/^\d+(?:\.\d+){2,}$/.test(text);

/** Whether a text is a number that is written as it is printed. */
const isNumber = (text: string): boolean => /^(?:0|-?[1-9]\d{0,14})$/.test(text);

function resolved(text: string): Read {
  if (isNumber(text)) return Number(text);
  if (/^(?:true|false|null|~)$/i.test(text)) {
    if (/^(?:true|True|TRUE)$/.test(text)) return true;
    if (/^(?:false|False|FALSE)$/.test(text)) return false;
    return /^(?:null|Null|NULL|~)$/.test(text) ? null : text;
  }
  return isSpecial(text) ? unknown : text;
}

/** Literal text, whose indent is that of its first line. */
function literal(reader: Lines, header: string, indent: number): Read {
  const chomping = header.slice(1);
  if (chomping !== "" && chomping !== "-" && chomping !== "+") return unknown;
  const taken: string[] = [];
  let own = -1;
  for (; reader.next < reader.lines.length; reader.next++) {
    const line = reader.lines[reader.next] ?? "";
    const deep = indentOf(line);
    if (deep === line.length) {
      // Before the first line, spaces could be more than its indent.
      if (own < 0 && deep > 0) return unknown;
      taken.push(own < 0 ? "" : line.slice(own));
      continue;
    }
    if (own < 0) own = deep;
    if (own <= indent || (deep < own && deep > indent)) return unknown;
    if (deep < own) break;
    taken.push(line.slice(own));
  }
  if (own < 0) return unknown;
  let end = taken.length;
  while (end > 0 && taken[end - 1] === "") end--;
  const text = taken.slice(0, end).join("\n");
  if (chomping === "-") return text;
  return chomping === "+" ? `${text}\n${"\n".repeat(taken.length - end)}` : `${text}\n`;
}
