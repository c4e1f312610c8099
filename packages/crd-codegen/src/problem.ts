import type { CodegenCode } from "./codes.ts";

/** One fault of an input: what is wrong, where, and how to fix it. */
export interface Problem {
  readonly code: CodegenCode;
  readonly file: string;
  /** 1-based; absent when the fault is about the file as a whole. */
  readonly line?: number;
  /** 1-based; only beside a line. */
  readonly column?: number;
  /** Path inside the document, for example `spec.versions[0].schema`. */
  readonly path?: string;
  readonly what: string;
  readonly fix?: string;
}

/** Bad input. Carries every problem found, so that they are fixed in one go. */
export class InputError extends Error {
  override readonly name: string = "InputError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** As many problems as a person reads at once. */
const mostProblems = 30;

/** The first of many problems, one a line, and how many more there are. */
export function formatProblems(problems: readonly Problem[]): string {
  const more = problems.length - mostProblems;
  const lines = problems.slice(0, mostProblems).map(formatProblem);
  return [...lines, ...(more > 0 ? [`and ${more} more problems`] : [])].join("\n");
}

/** `file:line:column: path: what. fix [code]`, one line whatever the texts hold. */
export function formatProblem({ code, file, line, column, path, what, fix }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const said = fix === undefined ? what : `${what}. ${fix}`;
  return withoutBreaks(`${[place, path, said].filter(Boolean).join(": ")} [${code}]`);
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/\s+/gu, " ").replaceAll(/\p{Cc}/gu, "");
}
