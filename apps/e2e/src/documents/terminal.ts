import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";

/** A command that was typed, and what it printed, on stdout and stderr alike. */
export interface Typed {
  readonly command: string;
  readonly status: number;
  readonly output: string;
}

/** A file as it was saved in an editor. */
export interface Saved {
  readonly file: string;
  readonly text: string;
}

/** What was done at a terminal, in order. */
export type Transcript = readonly (Typed | Saved)[];

/** A shell, and an editor beside it, that remember what is done in them. */
export interface Terminal {
  readonly transcript: Transcript;
  /**
   * Runs a line of shell, which may change the folder for those after it.
   *
   * @throws Error with what it printed when it ends with another status, 0 where none is given.
   */
  readonly type: (command: string, status?: number) => Promise<void>;
  /** Saves a file, with its folder. */
  readonly save: (file: string, text: string) => void;
  /**
   * Changes one place in a file.
   *
   * @throws Error when there is no such place, or more than one.
   */
  readonly edit: (file: string, from: string, to: string) => void;
}

/** What a terminal starts with. */
export interface TerminalOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** What is remembered in place of text that is another in each run: temporary folders, ports. */
  readonly shown: Readonly<Record<string, string>>;
  /** Takes what is done, as it is done, as a person would copy it out of the terminal. */
  readonly print: (text: string) => void;
  /** Ends the command that runs, with all that it started. */
  readonly signal: AbortSignal;
}

/** Opens a terminal. */
export function openTerminal({ folder, env, shown, print, signal }: TerminalOptions): Terminal {
  const transcript: (Typed | Saved)[] = [];
  let cwd = folder;
  const asShown = (text: string): string =>
    Object.entries(shown).reduce((current, [real, name]) => current.replaceAll(real, name), text);
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(resolve(cwd, file)), { recursive: true });
    writeFileSync(resolve(cwd, file), text);
    transcript.push({ file, text });
  };
  return {
    transcript,
    type: async (command, expected = 0) => {
      print(`$ ${asShown(command)}\n`);
      const { status, printed, folder: next } = await runInShell(command, { cwd, env, signal });
      cwd = next;
      const output = asShown(printed);
      print(output);
      transcript.push({ command: asShown(command), status, output });
      if (status !== expected) throw new Error(`"${command}" ended with ${status}, not with ${expected}`);
    },
    save: (file, text) => {
      put(file, text);
      print(`# ${file}:\n${text}`);
    },
    edit: (file, from, to) => {
      const parts = readFileSync(resolve(cwd, file), "utf8").split(from);
      if (parts.length !== 2)
        throw new Error(`${file}: has ${parts.length - 1} places, not one, with: ${from}`);
      put(file, parts.join(to));
      print(`# ${file}, in place of:\n${from.trimEnd()}\n# this:\n${to.trimEnd()}\n`);
    },
  };
}

interface ShellSurroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Runs a command in a shell; its folder is what the command left the shell in. */
async function runInShell(
  command: string,
  { cwd, env, signal }: ShellSurroundings,
): Promise<{ status: number; printed: string; folder: string }> {
  signal.throwIfAborted();
  const script = `exec 2>&1\n${command}\nstatus=$?\npwd >&3\nexit $status`;
  const shell = execa("sh", ["-c", script], {
    cwd,
    env,
    extendEnv: false,
    // A group of its own, so that what the command started can be ended with it.
    detached: true,
    stdio: ["ignore", "pipe", "inherit", "pipe"],
    stripFinalNewline: false,
    reject: false,
  });
  const end = (): boolean => shell.pid !== undefined && process.kill(-shell.pid, "SIGTERM");
  signal.addEventListener("abort", end);
  const { exitCode, stdout, stdio } = await shell;
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  if (exitCode === undefined) throw new Error(`"${command}" did not end by itself`);
  return { status: exitCode, printed: stripVTControlCharacters(stdout), folder: stdio[3].trim() };
}
