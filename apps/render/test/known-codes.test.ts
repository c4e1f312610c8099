import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codeLists, type KnownCode } from "../src/problems/known-codes.ts";

const codes = codeLists.flatMap((list) => list.codes);

/** The generator is a program of its own, and has some names for what is wrong in its input. */
const ownCodes = codeLists.slice(0, -1).flatMap((list) => list.codes);

test("each code stands in one list, once, and looks like one", () => {
  const names = codes.map(({ code }) => code);
  for (const list of [ownCodes, codeLists.at(-1)?.codes ?? []])
    expect(new Set(list.map(({ code }) => code)).size).toBe(list.length);
  expect(names.filter((name) => !/^(?:[a-z]+\/)?[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
});

test.each(codeLists.map((list) => [list.about, list.codes] as const))(
  "the codes of %s are sorted",
  (_, own) => {
    expect(own.map(({ code }) => code)).toEqual(own.map(({ code }) => code).toSorted());
  },
);

test("each code is explained by whole sentences", () => {
  expect(codes.filter(({ why }) => !/^(?:[A-Z<"]|[a-z]+[A-Z]).*\.$/s.test(why))).toEqual([]);
});

test("each code says by a clause of its own how it is fixed", () => {
  expect(codes.filter(({ fix }) => !/^[a-z].{14,}[^.\s]$/s.test(fix))).toEqual([]);
  const fixes = Map.groupBy(codes, ({ fix }) => fix.toLowerCase().replaceAll(/[^a-z ]/g, ""));
  const shared = [...fixes.values()].filter((group) => new Set(group.map(({ code }) => code)).size > 1);
  expect(shared.map((group) => group.map(({ code }) => code))).toEqual([]);
});

/** Text as it is: stars that stand for something would else mark what is between them. */
const plainText = (text: string): string => text.replaceAll("*", String.raw`\*`);

const entryOf = ({ code, severity, why, fix, link }: KnownCode): string =>
  [
    `### ${code}`,
    "",
    `${severity === undefined ? "" : `${severity === "error" ? "Error" : "Warning"}. `}${plainText(why)}`,
    "",
    `Fix: ${plainText(fix)}.`,
    ...(link === undefined ? [] : ["", `See <${link}>.`]),
  ].join("\n");

test("the page of all codes is what the lists say: else run this test with --update", async () => {
  const sections = codeLists.map(
    ({ about, codes: own }) => `## ${about}\n\n${own.map(entryOf).join("\n\n")}`,
  );
  const intro = `Each problem that \`atlas-render\` reports, and each finding of \`atlas-render check\`, shows a code, and
programs find it in the field \`code\`. The lists are closed: a code keeps its meaning, whatever the words become.
\`atlas-render check --explain CODE\` says the same as this page, which is generated of the lists.`;
  const page = ["# Codes", intro, ...sections].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot("../CODES.md");
});

/** The sources whose problems have codes of these lists. */
const rooms = [
  "../../../packages/compose",
  "../../../packages/istio",
  "../../../packages/input",
  "../../../packages/import-kustomize",
  "..",
];

test("each code of compose, istio and the command is one that something says", () => {
  const text = rooms
    .flatMap((room) => {
      const folder = new URL(`${room}/src/`, import.meta.url);
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.endsWith("codes.ts"))
        .map((file) => readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8"));
    })
    .join("\n");
  const said = codeLists.slice(0, 3).flatMap(({ codes: own }) => own.map(({ code }) => code));
  expect(said.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
});
