import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { knownVersions } from "@atlas/compose";
import { expect, test } from "vitest";
import { writtenLines } from "../src/output/environment-folders.ts";
import { atlasRender, configMap, environmentsOf } from "./command.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test.each([["--help"], ["render --help"]])("the README quotes %s", (words) => {
  const [, quoted] = new RegExp(`\\$ atlas-render ${words}\n([^]*?)(?:\n\\$|\`\`\`)`).exec(readme) ?? [];
  expect(quoted).toBe(atlasRender(...words.split(" ")).stdout);
});

const commands = [...atlasRender("--help").stdout.matchAll(/^  ([a-z][\w-]*)/gm)].map(
  ([, name = ""]) => name,
);

test("every command is in the help", () => {
  expect(commands).toEqual(
    expect.arrayContaining(["render", "list", "explain", "new", "upgrade", "import-kustomize", "init"]),
  );
});

test.each(commands)("%s has a help of its own, however it is asked for", (name) => {
  const { status, stdout, stderr } = atlasRender(name, "--help");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^Usage: atlas-render ${name}( |$)`, "m"));
  const [, examples = ""] = stdout.split("\nExamples:\n");
  for (const line of examples.split("\n").filter((each) => each.startsWith("  ")))
    expect(line).toMatch(/^(?:(?!atlas-render ).)*atlas-render (?:(?!atlas-render ).)*$/);
  expect(atlasRender("help", name).stdout).toBe(stdout);
  expect(atlasRender(name, "-h").stdout).toBe(stdout);
});

test.each([
  [["help"], 0, /^Usage: atlas-render COMMAND/, /^$/],
  [["version"], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
  [["build", "dev", "-o", "-"], 0, /^kind: Deployment$/m, /^$/],
  [["build", "dev", "-o-"], 0, /^kind: Deployment$/m, /^$/],
  [["render", "dev", "-x"], 2, /^$/, /unknown option "-x"/],
  [["render", "--", "-o"], 2, /^$/, /-o/],
  [["dev"], 2, /^$/, /"dev" is an environment, not a command[^]*did you mean "render dev"\?/],
  [["./packages/manifests/src/overlays/dev/"], 2, /^$/, /did you mean "render \.\/packages/],
  [["help", "rendr"], 2, /^$/, /unknown command "rendr"[^]*did you mean "render"\?/],
  [["completion", "powershell"], 2, /^$/, /unknown shell "powershell"[^]*one of: bash, zsh, fish/],
])("%j", (args, exit, out, err) => {
  const { status, stdout, stderr } = atlasRender(...args);
  expect(status, stderr).toBe(exit);
  expect(stdout).toMatch(out);
  expect(stderr).toMatch(err);
});

const hasBash = spawnSync("bash", ["-c", "type compgen"]).status === 0;

/** What bash offers after these words. */
function offered(words: readonly string[]): string[] {
  const { stdout } = atlasRender("completion", "bash");
  const list = words.map((word) => `'${word}'`).join(" ");
  const listed = "ENVIRONMENT  VERSION\\ndev  v1\\nprod/a  v1\\nprod/b  v1\\nstaging  v1\\n";
  const rendered = `kind: Deployment\\nmetadata:\\n  labels: {}\\n  name: web\\nspec:\\n  name: no\\n---\\nkind: Role\\nmetadata:\\n  name: "1"\\n`;
  const call = `atlas-render() { case "$1 $2" in list*) printf '${listed}';; "render dev") printf '${rendered}';; esac; }\nCOMP_WORDS=(atlas-render ${list}); COMP_CWORD=${words.length}; _atlas_render; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const done = spawnSync("bash", ["-c", `${stdout}\n${call}`], { encoding: "utf8" });
  expect(done.stderr).toBe("");
  return done.stdout.split("\n").filter(Boolean);
}

test.runIf(hasBash).each([
  [["re"], ["render"]],
  [["render", "--che"], ["--check"]],
  [
    ["render", ""],
    ["--output", "--format", "--check", "dev", "staging"],
  ],
  [["build", "st"], ["staging"]],
  [
    ["render", "--format", ""],
    ["yaml", "json"],
  ],
  [
    ["list", "--format", ""],
    ["text", "json"],
  ],
  [
    ["new", "qa", "--from", ""],
    ["dev", "staging"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [
    ["render", "pr"],
    ["prod", "prod/a", "prod/b"],
  ],
  [["check", "prod"], ["prod"]],
  [
    ["help", ""],
    ["render", "build", "can-reach"],
  ],
  [["render", "--kubernetes-version", ""], [...knownVersions]],
  [["render", "--kubernetes-version", "=", "1.3"], [...knownVersions]],
  [
    ["list", "--format", "="],
    ["text", "json"],
  ],
  [["check", "--explain", "memory-unl"], ["memory-unlimited"]],
  [
    ["explain", "dev", ""],
    ["Deployment/web", "Role/1"],
  ],
])("bash completes %j", (words, want) => {
  expect(offered(words)).toEqual(expect.arrayContaining(want));
});

test.runIf(hasBash).each([
  ["a fleet where one environment is asked for", ["explain", "pro"], ["prod/a", "prod/b"]],
  ["objects of another environment", ["explain", "staging", "D"], []],
])("bash does not offer %s", (_name, words, want) => {
  expect(offered(words)).toEqual(want);
});

test("fish offers what bash offers", () => {
  const { stdout } = atlasRender("completion", "fish");
  const lines = stdout.split("\n");
  const linesOf = (words: string): string[] =>
    lines.filter((line) => line.includes(`__fish_seen_subcommand_from ${words}`));
  expect(linesOf("help").join("\n")).toContain("-a 'can-reach'");
  expect(linesOf("render build").join("\n")).toContain(`-x -a '${knownVersions.join(" ")}'`);
  expect(linesOf("render build").join("\n")).toContain("print part[1]");
  expect(linesOf("explain").join("\n")).toContain("(commandline -opc)[3]");
  expect(linesOf("check").join("\n")).toMatch(/-l explain -x -a '[^']*memory-unlimited/);
});

test.each(["bash", "zsh", "fish"])("%s reads its completion", (shell) => {
  const { stdout, status } = atlasRender("completion", shell);
  expect(status).toBe(0);
  for (const name of commands) expect(stdout).toContain(name);
  const reading = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
  // Where the shell is not installed, only what it is made of is looked at.
  if (!reading.error) expect(reading.stderr).toBe("");
});

test.each([
  ["what has changed", { dev: 16 }, ["dev"], ["wrote out/dev: 16 objects"]],
  ["what has not", { dev: 16 }, [], ["out/dev is up to date: 16 objects"]],
  ["one object", { a: 1, "b/c": 0 }, ["b/c"], ["out/a is up to date: 1 object", "wrote out/b/c: 0 objects"]],
  [
    "many",
    Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`e${index}`, 2])),
    ["e1"],
    ["wrote 1 of 11 environments into out: 22 objects"],
  ],
])("a terminal is told %s", (_, counts, changed, want) => {
  expect(writtenLines("out", new Map(Object.entries(counts)), new Set(changed))).toEqual(want);
});

test("whoever reads the output of a program is told nothing", () => {
  const folder = environmentsOf({ a: `export default base({ resources: [${configMap("a", "b")}] });` });
  const { status, stdout, stderr } = atlasRender("render", "--environments", folder, "-o", `${folder}/out`);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});
