import { at, elements, textAt, type Node } from "../objects/node.ts";
import type { Operator } from "./operator.ts";

/** A flag that the operator is started with, and where it stands. */
export interface Flag {
  readonly name: string;
  /** What it is set to, `true` where it is stated alone. */
  readonly value: string | true;
  readonly node: Node;
}

/** Those that take no word of their own behind them. */
const booleans = new Set(["enable-http2", "h", "help", "leader-elect", "metrics-secure", "zap-devel"]);

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
  const { container } = operator;
  const words = [...elements(at(container, "command")).slice(1), ...elements(at(container, "args"))];
  const flags: Flag[] = [];
  for (let index = 0; index < words.length; index++) {
    const node = words[index];
    const [, name, value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec((node && textAt(node)) ?? "") ?? [];
    if (node === undefined || name === undefined) break;
    const next = textAt(words[index + 1] ?? { ...node, value: undefined });
    const takesNext = known?.has(name) ? !booleans.has(name) : !booleans.has(name) && !next?.startsWith("-");
    const isNextTaken = value === undefined && takesNext && next !== undefined;
    flags.push({ name, value: value ?? (isNextTaken ? next : true), node });
    if (isNextTaken) index++;
  }
  return flags;
}

/** What a flag of the operator is set to, `true` where it is stated alone; undefined where it is not stated. */
export const flagOf = (operator: Operator, name: string): string | true | undefined =>
  flagsOf(operator).find((flag) => flag.name === name)?.value;
