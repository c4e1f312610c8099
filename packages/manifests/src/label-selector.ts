/*
 * Label selectors as kubectl and flags take them: `app=shop,tier in (web,api),!canary`.
 *
 * Source: k8s.io/apimachinery/pkg/labels, whose Parse the manager reads its flag with, and
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */

const labelKeyName = /^[A-Za-z\d](?:[-\w.]{0,61}[A-Za-z\d])?$/;
const keyPrefix = /^[a-z\d](?:[-a-z\d]*[a-z\d])?(?:\.[a-z\d](?:[-a-z\d]*[a-z\d])?)*$/;

/** Whether a text is the key of a label, with or without a domain before it. */
function isKey(text: string): boolean {
  const [last = "", domain, ...more] = text.split("/").toReversed();
  const isDomain = domain === undefined || (domain.length <= 253 && keyPrefix.test(domain));
  return labelKeyName.test(last) && isDomain && more.length === 0;
}

const isValue = (text: string): boolean => text === "" || labelKeyName.test(text);

/**
 * What is wrong with a label selector; undefined for one that selects by labels, and for an empty one, which selects everything.
 *
 * @example
 * selectorProblem("team in (billing"); // "the list of values has no end: ) is missing"
 */
export function selectorProblem(text: string): string | undefined {
  const tokens = [...text.matchAll(/[!=]=|[=!(),<>]|[^\s=!(),<>]+/g)].map(([token]) => token);
  const reader: TokenReader = { tokens, position: 0 };
  if (tokens.length === 0) return undefined;
  for (;;) {
    const problem = requirementProblem(reader);
    if (problem !== undefined) return problem;
    const separator = next(reader);
    if (separator === undefined) return undefined;
    if (separator !== ",") return `${quotedToken(separator)} stands where a comma or the end is expected`;
    if (reader.tokens[reader.position] === undefined) return "there is nothing behind the last comma";
  }
}

/** Words and signs, and how many of them are read. */
interface TokenReader {
  readonly tokens: readonly string[];
  position: number;
}

const next = (reader: TokenReader): string | undefined => reader.tokens[reader.position++];
const peek = ({ tokens, position }: TokenReader): string | undefined => tokens[position];
const isWord = (token: string | undefined): token is string =>
  token !== undefined && !/^[=!(),<>]/.test(token);
const quotedToken = (token: string | undefined): string =>
  token === undefined ? "the end" : JSON.stringify(token);

function requirementProblem(reader: TokenReader): string | undefined {
  const isAbsence = peek(reader) === "!";
  if (isAbsence) next(reader);
  const key = next(reader);
  if (!isWord(key)) return `${quotedToken(key)} stands where the key of a label is expected`;
  if (!isKey(key)) return `${quotedToken(key)} is not the key of a label`;
  if (isAbsence || peek(reader) === undefined || peek(reader) === ",") return undefined;
  const operator = next(reader) ?? "";
  if (operator === "in" || operator === "notin") return listProblem(reader);
  if (operator === "<" || operator === ">") return numberProblem(reader, operator);
  if (!["=", "==", "!="].includes(operator))
    return `${quotedToken(operator)} is no operator: it is one of =, ==, !=, in, notin, < and >`;
  const value = peek(reader);
  if (value === undefined || value === ",") return undefined;
  next(reader);
  if (!isWord(value)) return `${quotedToken(value)} stands where a value is expected`;
  return isValue(value) ? undefined : `${quotedToken(value)} is not the value of a label`;
}

function numberProblem(reader: TokenReader, operator: string): string | undefined {
  const value = next(reader);
  const isNumber = isWord(value) && isValue(value) && /^\d+$/.test(value) && BigInt(value) < 1n << 63n;
  return isNumber
    ? undefined
    : `${operator} compares with a whole number, and not with ${quotedToken(value)}`;
}

/** Values in brackets. An empty one may stand between commas, and before or behind one; behind two, there has to be more. */
function listProblem(reader: TokenReader): string | undefined {
  const open = next(reader);
  if (open !== "(") return `${quotedToken(open)} stands where a list of values in brackets is expected`;
  if (peek(reader) === ")") return endOf(reader);
  for (;;) {
    const token = next(reader);
    if (token === undefined) return "the list of values has no end: ) is missing";
    if (isWord(token)) {
      if (!isValue(token)) return `${quotedToken(token)} is not the value of a label`;
      const behind = peek(reader);
      if (behind === ")") return endOf(reader);
      if (behind !== ",") return `${quotedToken(behind)} stands where a comma or ) is expected`;
    } else if (token !== ",") return `${quotedToken(token)} stands where a value is expected`;
    else if (peek(reader) === ")") return endOf(reader);
    else if (peek(reader) === ",") next(reader);
  }
}

/** Reads what ends a list, and is right. */
function endOf(reader: TokenReader): undefined {
  next(reader);
}
