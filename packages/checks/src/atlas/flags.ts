import { at, elements, textAt, type Node } from "../objects/node.ts";
import { filledIn } from "./environment.ts";
import type { Operator } from "./operator.ts";

/** A flag that the operator is started with, and where it stands. */
export interface Flag {
  readonly name: string;
  /** What it is set to, `true` where it is stated alone. */
  readonly value: string | true;
  readonly node: Node;
  /** The word behind a flag that takes none, where it looks like a value: the parser stops there. */
  readonly stray?: Node;
}

/**
 * What a text means to Go's `strconv.ParseBool`, which flags and variables of the operator are read with; undefined where it
 * refuses the text.
 *
 * @see https://pkg.go.dev/strconv#ParseBool
 */
export function goBoolean(text: string): boolean | undefined {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
  return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined;
}

/** Those that take no word of their own behind them. */
export const booleans: ReadonlySet<string> = new Set([
  "enable-http2",
  "h",
  "help",
  "leader-elect",
  "metrics-secure",
  "zap-devel",
]);

/** Whether a shell or another program is started in the operator's place: nobody knows its flags then. */
export function isWrapped({ container }: Operator): boolean {
  const [program] = elements(at(container, "command"));
  return program !== undefined && !/(?:^|\/)manager$/.test(textAt(program) ?? "");
}

/**
 * The flags of the operator as Go's parser reads them: up to the first word that is not one. None where it is wrapped.
 *
 * @param known the flags of the release: one of these takes the next word, whatever that begins with.
 */
export function flagsOf(operator: Operator, known?: ReadonlySet<string>): readonly Flag[] {
  if (isWrapped(operator)) return [];
  const { container, environment } = operator;
  const words = [...elements(at(container, "command")).slice(1), ...elements(at(container, "args"))].map(
    (word) => ({ ...word, value: filledIn(textAt(word) ?? "", environment.variables) ?? word.value }),
  );
  const flags: Flag[] = [];
  for (let index = 0; index < words.length; index++) {
    const node = words[index];
    const [, name, value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec((node && textAt(node)) ?? "") ?? [];
    if (node === undefined || name === undefined) break;
    const next = textAt(words[index + 1] ?? { ...node, value: undefined });
    const takesNext = known?.has(name) ? !booleans.has(name) : !booleans.has(name) && !next?.startsWith("-");
    const isNextTaken = value === undefined && takesNext && next !== undefined;
    const isStray = booleans.has(name) && value === undefined && next !== undefined && isBooleanWord(next);
    const stray = isStray ? words[index + 1] : undefined;
    flags.push({ name, value: value ?? (isNextTaken ? next : true), node, ...(stray && { stray }) });
    if (isNextTaken) index++;
  }
  return flags;
}

const isBooleanWord = (text: string): boolean =>
  goBoolean(text) !== undefined || /^(?:yes|no|on|off)$/i.test(text);

/** What a flag of the operator is set to, `true` where it is stated alone; undefined where it is not stated. */
export const flagOf = (operator: Operator, name: string): string | true | undefined =>
  lastFlag(operator, name)?.value;

/** The flag that counts: of one that is stated twice, the last. */
export const lastFlag = (operator: Operator, name: string): Flag | undefined =>
  flagsOf(operator).findLast((flag) => flag.name === name);
