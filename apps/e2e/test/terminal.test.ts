import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTerminal, type Terminal } from "../src/documents/terminal.ts";

let folder = "";
let interruption: AbortController;
let terminal: Terminal;
let printed = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "atlas-terminal-")));
  interruption = new AbortController();
  printed = "";
  terminal = openTerminal({
    folder,
    env: { PATH: process.env["PATH"] },
    shown: { [folder]: "~" },
    print: (text) => (printed += text),
    signal: interruption.signal,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is typed is remembered with what it prints, on both streams, in order", async () => {
  await terminal.type("mkdir inner && cd inner");
  await terminal.type("pwd; echo to stderr >&2; printf '\\033[31mred\\033[0m\\n'; false", 1);
  expect(terminal.transcript).toEqual([
    { command: "mkdir inner && cd inner", status: 0, output: "" },
    {
      command: "pwd; echo to stderr >&2; printf '\\033[31mred\\033[0m\\n'; false",
      status: 1,
      output: "~/inner\nto stderr\nred\n",
    },
  ]);
  expect(printed).toMatch(/^\$ mkdir inner && cd inner\n\$ pwd;.*\n~\/inner\nto stderr\nred\n$/);
});

test("a file is saved in the folder that the shell stands in, and edited there", async () => {
  await terminal.type("mkdir inner && cd inner");
  terminal.save("src/a.txt", "one\ntwo\n");
  terminal.edit("src/a.txt", "two", "three");
  expect(readFileSync(join(folder, "inner/src/a.txt"), "utf8")).toBe("one\nthree\n");
  expect(terminal.transcript.at(-1)).toEqual({ file: "src/a.txt", text: "one\nthree\n" });
});

test("another status than the one expected ends it", async () => {
  await expect(terminal.type("exit 3")).rejects.toThrow('"exit 3" ended with 3, not with 0');
  await expect(terminal.type("true", 2)).rejects.toThrow("ended with 0, not with 2");
});

test("an edit of a place that is not there, or there twice, is refused", () => {
  terminal.save("a.txt", "one one\n");
  expect(() => terminal.edit("a.txt", "two", "three")).toThrow("a.txt: has 0 places, not one, with: two");
  expect(() => terminal.edit("a.txt", "one", "three")).toThrow("a.txt: has 2 places, not one, with: one");
});

test("an interruption ends the command, and what it started", async () => {
  const typed = terminal.type("sleep 600 & echo $! > pid; wait");
  await setTimeout(0);
  const started = async (): Promise<number> => {
    const text = readFileSync(join(folder, "pid"), { encoding: "utf8", flag: "a+" });
    return text.endsWith("\n") ? Number(text) : setTimeout(10).then(started);
  };
  const pid = await started();
  interruption.abort(new Error("ended by SIGTERM"));
  await expect(typed).rejects.toThrow("ended by SIGTERM");
  await expect.poll(() => isRunning(pid)).toBe(false);
  await expect(terminal.type("true")).rejects.toThrow("ended by SIGTERM");
});

/** A process that has ended, and that nobody has taken note of yet, runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
