import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { atlasRender, environmentsOf, temporaryFolder } from "./command.ts";

const withSecret = (content: string): string =>
  `export default base({ namespace: "shop", resources: [define()({ apiVersion: "v1", kind: "Secret", metadata: { name: "a", annotations: {} }, ${content} })] });`;

const password = withSecret('stringData: { password: "hunter2" }');
const environments = environmentsOf({ a: password, b: password, none: withSecret("") });
const repo = ["--repo", "https://git.example.com/a.git"];

/** What a run says of Secrets. */
function saidBy(...args: readonly string[]): readonly string[] {
  const { stdout, stderr } = atlasRender(...args, "--environments", environments);
  return `${stderr}${stdout}`.split("\n").filter((line) => line.includes("in plain text:"));
}

test.each<[what: string, args: string[], times: number]>([
  ["rendered into a folder", ["render", "a", "-o", join(temporaryFolder(), "out")], 1],
  ["rendered for several environments", ["render", "-o", join(temporaryFolder(), "out")], 1],
  ["delivered", ["gitops", "a", "--flux", ...repo], 1],
  ["checked", ["check", "a"], 1],
  ["rendered for kubectl", ["render", "a", "-o", "-"], 0],
  ["compared", ["render", "a", "--check", "-o", join(temporaryFolder(), "out")], 0],
  ["without data, rendered", ["render", "none", "-o", join(temporaryFolder(), "out")], 0],
  ["without data, delivered", ["gitops", "none", "--flux", ...repo], 0],
])("what a Secret holds in plain text is told where it is %s", (_, args, times) => {
  expect(saidBy(...args)).toEqual(
    Array.from({ length: times }, () => expect.stringContaining('it holds "password"')),
  );
});

test("manifests of somebody else's are not taken for committed", () => {
  const file = join(temporaryFolder(), "a.yaml");
  writeFileSync(
    file,
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\nstringData: { c: d }\n",
  );
  const { status, stdout } = atlasRender("check", "--file", file);
  expect(status).toBe(0);
  expect(stdout).not.toContain("in plain text");
});
