import type { Code } from "@atlas/checks";
import type { ComposeError, Problem, ProblemCode } from "@atlas/compose";
import type { FindingCode } from "./codes.ts";

/** What a finding may be, of the lists of composing, of files and command lines, and of checks. */
type AnyProblemCode = ProblemCode | FindingCode | Code;

/**
 * A problem and the environment it was found in.
 *
 * @typeParam C what its code may be; whoever shows findings takes any.
 */
export interface Finding<C extends string = AnyProblemCode> extends Problem<C> {
  readonly environment?: string;
  /** What another program has said of it, in as many lines as it took. */
  readonly said?: string;
}

/** Something that the user can fix: wrong usage, wrong input, an output that can't be written. Ends with exit code 2. */
export class InputError extends Error {
  readonly findings: readonly Finding[];
  /** What they mean together, as which of many environments they are of, and what became of the others. */
  readonly outcome: string | undefined;

  constructor(findings: readonly Finding[], outcome?: string) {
    super(findings.map(({ what }) => what).join("\n"));
    this.name = "InputError";
    this.findings = findings;
    this.outcome = outcome;
  }
}

/** The findings of an error that the user can fix, or undefined for a fault of ours. */
export function findingsOf(error: unknown, environment?: string): readonly Finding[] | undefined {
  const problems = isInputError(error) ? error.findings : isOfPackages(error) ? error.problems : undefined;
  return problems?.map((problem) => ({ ...(environment !== undefined && { environment }), ...problem }));
}

/** Each package that is built holds a copy of this one: the name tells. */
const isInputError = (error: unknown): error is InputError =>
  error instanceof Error && error.name === "InputError" && "findings" in error;

/** A user's own repository may hold another copy of compose or istio than the one that renders: the name tells. */
const isOfPackages = (error: unknown): error is Pick<ComposeError, "problems"> =>
  error instanceof Error && ["ComposeError", "IstioError"].includes(error.name);

/** 2 for what the user can fix, 3 for a fault of ours. */
export function exitCodeOf(error: unknown): 2 | 3 {
  return findingsOf(error) || systemFindings(error) ? 2 : 3;
}

/** What the system refuses is nothing that is wrong in this program: a folder that is gone, a disk that is full, a package. */
export function systemFindings(error: unknown): readonly Finding[] | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, missing, file] = /^Cannot find package '(.+?)' imported from (.+)$/m.exec(error.message) ?? [];
  if (missing !== undefined && file !== undefined)
    return [
      {
        file,
        code: "package-missing",
        what: `the package "${missing}" is not installed`,
        expected: "what is imported to be there: what is generated of CRDs may need a library",
        fix: "add it to the package whose file this is: pnpm --dir FOLDER add PACKAGE",
      },
    ];
  if (!("syscall" in error)) return undefined;
  if (error.syscall === "uv_cwd")
    return [
      {
        code: "folder-missing",
        what: "the current folder is not there any more",
        expected: "a folder to work in",
        fix: "change into one: cd",
      },
    ];
  return [
    {
      code: "system-refusal",
      what: `the system refuses: ${error.message}`,
      expected: "files that can be read, and written where it is asked for",
      fix: "check the path, its permissions, and the room on the disk",
    },
  ];
}
