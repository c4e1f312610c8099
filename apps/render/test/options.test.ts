import { expect, test } from "vitest";
import { commands, parseCommandLine } from "../src/cli/command-line.ts";
import { InputError, type Finding } from "@atlas/input";

/** What is said of a command line; nothing where it would be run. */
function refusals(...args: readonly string[]): readonly Finding[] {
  try {
    parseCommandLine(args);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.findings;
    throw error;
  }
}

const declared = commands.flatMap(({ name: command, options = {} }) =>
  Object.entries(options).map(([name, option]) => ({ command, name, ...option })),
);
const listed = declared.flatMap(({ choices, words = choices, ...option }) =>
  words === undefined ? [] : [{ ...option, words }],
);

test("options with a closed list of values are found", () => {
  const calls = listed.map(({ command, name }) => `${command} --${name}`);
  expect(calls).toEqual(
    expect.arrayContaining(["render --findings", "render --kubernetes-version", "check --format"]),
  );
});

/** What slips of the finger make of a word. */
const slips = (word: string): readonly string[] => [
  word.slice(0, -1),
  `${word}${word.at(-1)}`,
  `${word.slice(0, 1)}${word.slice(2)}`,
  word.toUpperCase(),
];

test.each(listed)("$command --$name says which of its words was meant", ({ command, name, words }) => {
  for (const word of words) {
    const wrong = slips(word).filter((slip) => !words.includes(slip));
    for (const slip of wrong) {
      const said = refusals(command, `--${name}`, slip).filter(({ code }) => code === "option-value-unknown");
      expect(said.map(({ fix }) => fix)).toEqual([expect.stringMatching(/^did you mean "[^"]+"\?$/)]);
      expect(said[0]?.what).toContain(`--${name} "${slip}"`);
      if (slip.length > 3) expect(words).toContain(/"(.*)"/.exec(said[0]?.fix ?? "")?.[1]);
    }
  }
  const [said] = refusals(command, `--${name}`, "somethingelse");
  expect(said).toMatchObject({ code: "option-value-unknown", expected: words.join(" or ") });
  expect(said?.fix).toBe(`give --${name} ${words[0]}`);
});

/** An option as it is given, with a value that it may have. */
const given = ({ name, type, choices, words = choices }: (typeof declared)[number]): readonly string[] =>
  type === "boolean" ? [`--${name}`] : [`--${name}`, words?.at(-1) ?? "a"];

const ofCode = (args: readonly string[], ...codes: readonly string[]): readonly string[] =>
  refusals(...args).flatMap(({ code, what }) => (codes.includes(code) ? [what] : []));

const pairs = declared.flatMap((one, index) =>
  declared
    .slice(index + 1)
    .filter(({ command }) => command === one.command)
    .map((other) => [one, other] as const),
);

/** The pairs of options of which one would be passed over. */
const passedOver = [
  "render --check --findings",
  "render --no-validate --strict",
  "render --validate --no-validate",
  "check --assumptions --live",
  "check --explain --assumptions",
  "check --explain --environments",
  "check --explain --live",
  "check --file --environments",
  "check --file --explain",
  "check --format --explain",
  "gitops --argocd --depends-on",
  "gitops --argocd --flux",
];

test("of two options, none is passed over in silence", () => {
  const refused = pairs.flatMap(([one, other]) => {
    const calls = [
      [...given(one), ...given(other)],
      [...given(other), ...given(one)],
    ].map((options) => ofCode([one.command, ...options], "option-unused", "usage-wrong"));
    const said = calls.map((whats) => whats.filter((what) => /contradict|passed over/.test(what)).length);
    expect(new Set(said).size).toBe(1);
    return said[0] === 0 ? [] : [`${one.command} --${one.name} --${other.name}`];
  });
  expect(refused.toSorted()).toEqual(passedOver.toSorted());
});

test.each<[line: string, what: string]>([
  ["check dev --explain memory-unlimited", '"dev" would be passed over'],
  ["check --explain memory-unlimited --format json", "--format would be passed over"],
  ["check dev staging --live --explain a-b", "--live would be passed over"],
  ["check --file a.yaml --environments overlays", "--environments would be passed over"],
  ["render --check --output -", "--output - has none"],
  ["render --findings json --output -", "--findings and --output - contradict each other"],
  ["list dev", 'list takes no "dev"'],
  ["explain dev Deployment/a spec more", 'explain takes no "more"'],
  ["can-reach dev a b:1 c", 'can-reach takes no "c"'],
  ["who-can dev get pods shop", 'who-can takes no "shop"'],
  ["new a b", 'new takes no "b"'],
  ["upgrade v1.0.0 v1.0.1", 'upgrade takes no "v1.0.1"'],
  ["import-kustomize a b", 'import-kustomize takes no "b"'],
  ["init a b", 'init takes no "b"'],
  ["completion bash zsh", 'completion takes no "zsh"'],
  ["help render list", 'help takes no "list"'],
  ["--help render list", 'help takes no "list"'],
  ["version now", 'version takes no "now"'],
  ["--version now", 'version takes no "now"'],
])("%s: %s", (line, what) => {
  expect(refusals(...line.split(" ")).map((each) => each.what)).toContainEqual(expect.stringContaining(what));
});

test.each([
  "check dev --file a.yaml --environments overlays",
  "check --file a.yaml --live --format json",
  "check --file a.yaml --assumptions",
  "render --check --format json",
  "render --validate --strict",
  "render dev --findings text --check",
  "gitops dev --flux --depends-on istio --repo https://git.example.com/a.git",
  "--help render",
])("%s is taken", (line) => {
  expect(refusals(...line.split(" "))).toEqual([]);
});

test("all that would be passed over is said at once", () => {
  const said = refusals("check", "dev", "--explain", "a-b", "--live", "--format", "jsn");
  expect(said.map(({ code }) => code).toSorted()).toEqual([
    "option-unused",
    "option-unused",
    "option-unused",
    "option-value-unknown",
  ]);
});
