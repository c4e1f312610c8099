import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const main = join(import.meta.dirname, "../src/main.ts");

/** The README's blocks of a language, in their order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, text = ""]) => text);

interface Quote {
  readonly args: readonly string[];
  readonly printed: string;
}

/** The commands of the README that run this package, with what it says that they print. */
const quotes: readonly Quote[] = blocks("console")
  .flatMap((block) => block.split(/^\$ /m))
  .flatMap((text) => {
    const [, args, printed = ""] = /^npx @atlas\/crd-codegen (.*)\n([^]*)$/.exec(text) ?? [];
    return args === undefined ? [] : [{ args: args.split(" "), printed: printed.trimEnd() }];
  });

function printedBy(args: readonly string[], folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["--conditions=@atlas/source", main, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return `${stderr}${stdout}`.trimEnd();
}

/** What the comments at the end of an example say that it prints. */
const commentsOf = (code: string): string =>
  [...code.matchAll(/^\/\/ (.*\n)/gm)].map(([, line = ""]) => line).join("");

test("the commands and the program of the README print what it says", () => {
  const folder = temporaryFolder();
  const [crds = "", shop = ""] = blocks("yaml");
  const [program = ""] = blocks("typescript");
  writeFileSync(join(folder, "crds.yaml"), crds);
  writeFileSync(join(folder, "shop.yaml"), shop);
  writeFileSync(join(folder, "program.ts"), program);
  expect(quotes.map(({ args }) => args[0])).toEqual(["crds.yaml", "validate", "explain"]);
  expect(quotes.map(({ args }) => ({ args, printed: printedBy(args, folder) }))).toEqual(quotes);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync("../shop-types", join(folder, "node_modules/shop-types"));
  expect(execFileSync(process.execPath, ["program.ts"], { cwd: folder, encoding: "utf8" })).toBe(
    commentsOf(program),
  );
});
