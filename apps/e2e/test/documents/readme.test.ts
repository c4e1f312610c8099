import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isExcerpt, isQuoted } from "../../src/documents/quotation.ts";
import type { Saved, Transcript, Typed } from "../../src/documents/terminal.ts";

// What the README shows is held against what the tasks first-hour and year have done and seen. What it leaves out is a `…`: lines that
// do not matter, and what is another each time.
const root = fileURLToPath(new URL("../../../..", import.meta.url));
const year = transcriptOf("year");
const transcript = [...(transcriptOf("first-hour") ?? []), ...(year ?? [])];
const typed = transcript.filter((event): event is Typed => "command" in event);
const saved = transcript.filter((event): event is Saved => "file" in event);

function transcriptOf(task: "first-hour" | "year"): Transcript | null {
  const file = `${root}/apps/e2e/dist/${task}.json`;
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  throw new Error(`The walk is not there yet: pnpm exec nx run e2e:${task}`);
}

/** What something else holds: text that one block of the README has, and the file that holds it, by which words. */
const elsewhere: readonly { readonly has: string; readonly file: string; readonly by: string }[] = [
  { has: "- { cluster: a", file: "apps/e2e/test/documents/fleet.test.ts", by: "```yaml" },
  { has: 'from "@atlas/compose/fleet"', file: "apps/e2e/test/documents/fleet.test.ts", by: "```ts" },
  { has: "production/a-eu", file: "apps/e2e/test/documents/fleet.test.ts", by: "toContain(stdout)" },
  { has: "npx -y pnpm@12 run test", file: ".ci/run", by: "npx -y pnpm@12 run test" },
];

interface Block {
  readonly language: string;
  readonly text: string;
}
const whole = readFileSync(`${root}/README.md`, "utf8");
const ofYear = /^### A year with it\n[^]*?(?=^### )/m;
const readme = year ? whole : whole.replace(ofYear, "");

test("there is a year to hold against its walk", () => {
  expect(whole).toMatch(ofYear);
});

test.skipIf(!year)("the walk of a year, which needs Go, was taken", () => {
  expect(year).not.toEqual([]);
});
const blocks = [...readme.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(
  ([, language = "", text = ""]): Block => ({ language, text }),
);
const isElsewhere = (text: string): boolean => elsewhere.some(({ has }) => text.includes(has));
const blocksOf = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language && !isElsewhere(block.text)).map(({ text }) => text);

test.each(elsewhere)("$has is held by $file", ({ has, file, by }) => {
  expect(blocks.filter(({ text }) => text.includes(has))).toHaveLength(1);
  expect(readFileSync(`${root}/${file}`, "utf8")).toContain(by);
});

test("every block is of a kind that is tested", () => {
  const others = blocks.filter(
    ({ language, text }) => !isElsewhere(text) && !/^(?:console|sh|ts)$/.test(language),
  );
  expect(others).toEqual([]);
});

describe("a command, and what it prints", () => {
  const shown = blocksOf("console").flatMap((text) =>
    [...text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = "", output = ""]) => ({
      command,
      output,
    })),
  );

  test("is all that such a block has", () => {
    for (const text of blocksOf("console")) expect(text).toMatch(/^\$ /);
    expect(shown.length).toBeGreaterThan(10);
  });

  test.each(shown)("$command", ({ command, output }) => {
    const outputs = typed.filter((event) => isQuoted(command, event.command)).map((event) => event.output);
    expect(outputs, `no walk types: ${command}`).not.toEqual([]);
    // Where none is as it is quoted, the difference from one of them is shown.
    if (!outputs.some((printed) => isQuoted(output, printed))) expect(output).toBe(outputs[0]);
  });
});

test("a command without what it prints is typed, too", () => {
  const lines = blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.split("\n"));
  const expected = lines
    .filter((line) => line && !isElsewhere(line))
    .map((line) => line.replace(/ +#.*/, ""));
  expect(expected.length).toBeGreaterThan(0);
  expect(typed.map(({ command }) => command)).toEqual(expect.arrayContaining(expected));
});

const sources = blocksOf("ts").map((text) => ({ text, first: text.split("\n", 1)[0] }));
test.each(sources)("source text is that of a file that was saved: $first", ({ text }) => {
  if (saved.some((event) => isExcerpt(text, event.text))) return;
  const shared = (event: Saved): number =>
    text.split("\n").filter((line) => event.text.split("\n").includes(line)).length;
  const [nearest] = saved.toSorted((a, b) => shared(b) - shared(a));
  expect(text, nearest?.file).toBe(nearest?.text);
});
