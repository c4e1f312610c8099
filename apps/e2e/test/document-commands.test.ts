import { expect, test } from "vitest";
import { commandsIn } from "../src/documents/document-commands.ts";

const loop = "for x in y; do\n  a\ndone";

test.each<[string, string, string[]]>([
  ["a shell block", "```sh\npnpm run a   # why\n\n# no command\nb\n```", ["2: pnpm run a", "5: b"]],
  ["a block in a list", "1. so:\n\n   ```bash\n   a\n   ```", ["4: a"]],
  ["commands of several lines", `\`\`\`sh\n${loop}\nb \\\n  c\n\`\`\``, [`2: ${loop}`, "5: b \\\n  c"]],
  ["what a console shows", "```console\n$ a b\nsaid\n$ c\n```", ["2: a b", "4: c"]],
  ["a block of another language", "```ts\na b\n```\n\n```\na b\n```", []],
  ["a sentence", "Say `pnpm run a`,\nthen `nx run\nb:c`.", ["1: pnpm run a", "2: nx run b:c"]],
  ["a table", "| a | b |\n| - | - |\n| `npm x` | c |", ["3: npm x"]],
  ["variables", "`A=1 B=2 npm x`, `A=1`", ["1: A=1 B=2 npm x", "1: A=1"]],
  ["the name of a task", "`crd-types:import`", ["1: crd-types:import"]],
  [
    "what is not a command",
    "`a`, `a/b.ts`, `f(x, { y })`, `[a, b]`, `define<Kind>()({ a })`, `a:`, `$add`",
    [],
  ],
])("%s", (_name, markdown, want) => {
  expect(commandsIn(markdown).map(({ line, text }) => `${line}: ${text}`)).toEqual(want);
});
