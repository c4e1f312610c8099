import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { commandsIn } from "./document-commands.ts";
import type { WorkspaceCopy } from "../workspace/workspace-copy.ts";

/** What is given to a command beyond what the document shows. */
export interface Given {
  /** What stands for words of the document: for its placeholders, or to keep out of the world. */
  readonly words?: Readonly<Record<string, string>>;
  /** Arguments beside. */
  readonly more?: string;
  /** Where it runs; the workspace's root unless said otherwise. */
  readonly folder?: string;
  readonly input?: string;
}

/** A document of the workspace's root, whose commands are run as it shows them. */
export interface DocumentWalk {
  readonly text: string;
  /**
   * Runs a command.
   *
   * @throws Error when the document does not show it, or it does not end with 0.
   */
  follow(shown: string, given?: Given): Promise<{ stdout: string; stderr: string }>;
  /**
   * Takes a command for one that a test elsewhere runs.
   *
   * @param file a file of the workspace, in which the command's words stand one after the other.
   * @throws Error when the document does not show the command, or the file does not run it.
   */
  followedIn(file: string, shown: string): void;
  /** A line for each command that neither was called for. */
  left(): string[];
}

/** Starts to follow a document in a copy of the workspace. */
export function walkDocument(name: string, { root, env }: Pick<WorkspaceCopy, "root" | "env">): DocumentWalk {
  const text = readFileSync(join(root, name), "utf8");
  const commands = commandsIn(text);
  const followed = new Set<string>();
  const take = (shown: string): void => {
    followed.add(shown);
    if (commands.every((command) => command.text !== shown))
      throw new Error(`${name} does not show this command, which a test runs: ${shown}`);
  };
  return {
    text,
    follow: async (shown, { words = {}, more = "", folder = root, input = "" } = {}) => {
      take(shown);
      const command = `${withWords(shown, words)} ${more}`;
      const run = { shell: true, cwd: folder, env, extendEnv: false, reject: false, input } as const;
      const { exitCode, stdout, stderr } = await execa(command, run);
      if (exitCode !== 0) throw new Error(`${command}\nended with ${exitCode}:\n${stdout}\n${stderr}`);
      return { stdout, stderr };
    },
    followedIn: (file, shown) => {
      take(shown);
      const words = readFileSync(join(root, file), "utf8").replaceAll(/["',\s]+/g, " ");
      if (!words.includes(` ${shown} `)) throw new Error(`${file} does not run this command: ${shown}`);
    },
    left: () =>
      commands
        .filter((command) => !followed.has(command.text))
        .map((command) => `${name}:${command.line}: no test runs \`${command.text}\``),
  };
}

function withWords(shown: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce((text, [word, given]) => {
    if (!text.includes(word)) throw new Error(`there is no ${word} in: ${shown}`);
    return text.replaceAll(word, given);
  }, shown);
}
