import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { misreadIn } from "@atlas/yaml";

const isMissing = spawnSync("kubectl", ["version", "--client"]).error !== undefined;
const withoutKubectl = isMissing ? "kubectl is not installed" : undefined;

const thing = (name: string): string => `apiVersion: v1\nkind: Thing\nmetadata: { name: ${name} }\n`;
const [a, b] = [thing("a"), thing("b")];

/** The names of the objects that kubectl finds, or undefined where it refuses the file. */
function namesIn(input: string): string[] | undefined {
  const args = ["patch", "--local", "--type=merge", "--patch={}", "--output=name", "-f", "-"];
  const { status, stdout } = spawnSync("kubectl", args, { encoding: "utf8", input });
  return status === 0 ? stdout.split("\n").filter(Boolean) : undefined;
}

describe("a file is as it says", () => {
  const table: [string, { text: string; names?: readonly string[] }][] = [
    ["one document", { text: a }],
    ["several", { text: `${a}---\n${b}`, names: ["thing/a", "thing/b"] }],
    ["an end that is announced", { text: `${a}---\n` }],
    ["and without a newline", { text: `${a}---` }],
    ["documents without content", { text: `---\n---\n# nothing\n---\n${a}---\n# nothing\n---\n\n` }],
    [
      "a comment and blanks on the line of ---",
      { text: `--- # one\n${a}--- \t\n${b}`, names: ["thing/a", "thing/b"] },
    ],
    ["an end mark", { text: `${a}...\n` }],
    [
      "an end mark, and another document",
      { text: `${a}... # end\n# b\n\n---\n${b}`, names: ["thing/a", "thing/b"] },
    ],
    [
      "line ends of Windows",
      { text: `${a}---\n${b}---\n`.replaceAll("\n", "\r\n"), names: ["thing/a", "thing/b"] },
    ],
    ["marks within text", { text: `${a}data: |\n  --- x\n  ...\n  %YAML\n  ---\n` }],
    ["tabs between words", { text: `${a}data:\t{ a:\tb }\n` }],
    ["byte order marks", { text: `${a}data: "\ufeff"\n---\n\ufeff${b}`, names: ["thing/a", "thing/b"] }],
    [
      "any character in JSON",
      {
        text: `{ "apiVersion": "v1", "kind": "Thing", "metadata": { "name": "a" }, "x": "\u2028\u007f\u0085" }`,
      },
    ],
    ["letters of any language", { text: `${a}data: "ü 漢 😀 \\u2028 \\x7f \\0"\n` }],
  ];
  test.each(table)("%s", (_name, { text }) => {
    expect(misreadIn(text, "kubectl")).toBeUndefined();
  });
  test.skipIf(withoutKubectl).each(table)("%s, says kubectl", (_name, { text, names = ["thing/a"] }) => {
    expect(namesIn(text)).toEqual(names);
  });
});

describe("a file is not as it says", () => {
  const table: [string, { text: string; at: string; names?: readonly string[] }][] = [
    ["a directive", { text: `%YAML 1.1\n---\n${a}`, at: "%YAML" }],
    ["a directive of tags", { text: `%TAG ! tag:x:\n---\n${a}`, at: "%TAG" }],
    ["content on the line of ---", { text: `--- { a: 1 }\n---\n${a}`, at: "--- {" }],
    ["text right after ---", { text: `${a}---b\n`, at: "---b" }],
    ["a rule", { text: `${a}----\n${b}`, at: "----" }],
    ["a document after an end mark", { text: `${a}...\n# b\n${b}`, at: b, names: ["thing/a"] }],
    ["a line separator in a comment", { text: `${a}# \u2028data: {}\n`, at: "\u2028", names: ["thing/a"] }],
    ["a next line in text", { text: `${a}data: "x\u0085y"\n`, at: "\u0085", names: ["thing/a"] }],
    ["a paragraph separator", { text: `${a}data: x\u2029more: y\n`, at: "\u2029", names: ["thing/a"] }],
    ["a line end of old", { text: a.replaceAll("\n", "\r"), at: "\r", names: ["thing/a"] }],
    ["a control character", { text: `${a}data: "\u0001"\n`, at: "\u0001" }],
    ["delete", { text: `${a}data: "\u007f"\n`, at: "\u007f" }],
    ["what is no character", { text: `${a}data: "\ufffe"\n`, at: "\ufffe" }],
  ];
  test.each(table)("%s", (_name, { text, at }) => {
    expect(misreadIn(text, "kubectl")?.offset).toBe(text.indexOf(at));
  });
  test.skipIf(withoutKubectl).each(table)("%s, says kubectl", (_name, { text, names }) => {
    expect(namesIn(text)).toEqual(names);
  });
});
