import { createInterface } from "node:readline";
import { InputError, type Finding } from "@atlas/input";

/** Something that a command wants to know. */
export interface CommandQuestion {
  /** The option that answers it, without dashes. */
  readonly option: string;
  readonly text: string;
  /** The answer when nothing is said; without one, something must be said. */
  readonly fallback?: string | undefined;
  /** What is wrong with an answer, if anything is. */
  readonly check: (answer: string) => Finding | undefined;
}

/** Where answers come from when no option gives them. */
export interface TerminalStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks questions one after the other. */
export interface Answers {
  /** @throws {InputError} when an option's value is wrong, or there is no answer. */
  ask(question: CommandQuestion): Promise<string>;
  /** Whether an option answers this already. */
  isGiven(option: string): boolean;
  /** Whether there is somebody to ask. */
  readonly isAsking: boolean;
  /** The fallbacks that were taken because there was nobody to ask, as options. */
  readonly taken: readonly string[];
  close(): void;
}

/** The user's terminal, where both ends of the conversation are one; stdout stays free for data. */
export const userTerminal = (): TerminalStreams | undefined =>
  process.stdin.isTTY && process.stderr.isTTY ? { input: process.stdin, output: process.stderr } : undefined;

/** Answers from options, then from a terminal, then from fallbacks. */
export function answersFrom(
  given: Readonly<Record<string, string | undefined>>,
  terminal: TerminalStreams | undefined,
): Answers {
  const taken: string[] = [];
  const lines = terminal && terminalLines(terminal);
  const ask = async (question: CommandQuestion): Promise<string> => {
    const { option, fallback } = question;
    const stated = given[option];
    if (stated === undefined && lines) return askPerson(question, lines);
    if (stated === undefined && fallback !== undefined) taken.push(`--${option} ${fallback}`);
    const answer = stated ?? fallback;
    const problem = answer === undefined ? unanswered(question) : question.check(answer);
    if (problem) throw new InputError([problem]);
    return answer ?? "";
  };
  return {
    ask,
    isGiven: (option) => given[option] !== undefined,
    isAsking: lines !== undefined,
    taken,
    close: () => lines?.close(),
  };
}

const unanswered = ({ option, text }: CommandQuestion): Finding => ({
  code: "answer-missing",
  what: `--${option} is missing, and there is no terminal to ask on`,
  expected: text,
  fix: `give --${option}`,
});

interface Lines {
  readonly output: NodeJS.WritableStream;
  /** Shows a prompt and reads a line; undefined when the input has ended. */
  next(prompt: string): Promise<string | undefined>;
  close(): void;
}

function terminalLines({ input, output }: TerminalStreams): Lines {
  const reader = createInterface({ input, output });
  const lines = reader[Symbol.asyncIterator]();
  let isOpen = true;
  reader.once("close", () => (isOpen = false));
  return {
    output,
    next: async (prompt) => {
      reader.setPrompt(prompt);
      // The last lines may be there to be read when the input has ended already.
      if (isOpen) reader.prompt();
      else output.write(prompt);
      const { done, value } = await lines.next();
      return done ? undefined : value.trim();
    },
    close: () => reader.close(),
  };
}

async function askPerson(question: CommandQuestion, lines: Lines): Promise<string> {
  const { text, fallback, check } = question;
  for (;;) {
    const line = await lines.next(`${text}${fallback === undefined ? "" : ` [${fallback}]`}: `);
    if (line === undefined) {
      throw new InputError([
        {
          code: "answer-missing",
          what: "the input ended before all was answered",
          expected: text,
          fix: "start again",
        },
      ]);
    }
    const answer = line === "" ? fallback : line;
    const problem = answer === undefined ? unanswered(question) : check(answer);
    if (answer !== undefined && !problem) return answer;
    if (line !== "" && problem) lines.output.write(`  ${problem.what}; expected ${problem.expected}\n`);
  }
}
