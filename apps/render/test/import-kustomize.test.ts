import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, describe, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { atlasRender, filesIn, temporaryFolder } from "./command.ts";

const files = {
  "base/kustomization.yaml": "resources: [web.yaml]\nsecretGenerator: [{name: login, envs: [.env]}]\n",
  "base/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
  "base/.env": "PASSWORD=hunter-2\n",
  "dev/kustomization.yaml": "resources: [../base]\nnamespace: dev\nimages: [{name: gone, newTag: v2}]\n",
};
const objectsIn = (yaml: string): unknown[] =>
  parseAllDocuments(yaml)
    .map((document): unknown => document.toJS())
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

test.skipIf(withoutKubectl)("what is imported renders as Kustomize builds it", () => {
  const source = filesIn(files);
  const output = join(temporaryFolder(), "imported");
  const run = atlasRender("import-kustomize", source, "--output", output);
  expect(run.stdout.trimEnd().split("\n").toSorted()).toEqual([
    "base: same: 2 objects",
    "overlays/dev: same: 2 objects",
  ]);
  expect(run.stderr).toMatch(
    /^atlas-render: images\[0\]: .*dev\/kustomization\.yaml:3: note: the image "gone" matches no container/m,
  );
  expect(run.stderr).toMatch(/^atlas-render: written to .*imported$/m);
  expect(run.status).toBe(0);

  const rendered = atlasRender("render", "dev", "--environments", join(output, "overlays"), "--output", "-");
  const built = execFileSync("kubectl", ["kustomize", join(source, "dev")], { encoding: "utf8" });
  expect(rendered.stderr).toBe("");
  expect(objectsIn(rendered.stdout)).toEqual(objectsIn(built));

  expect(atlasRender("import-kustomize", source, "--output", output)).toMatchObject({
    status: 0,
    stdout: run.stdout,
    stderr: expect.stringContaining("atlas-render: unchanged: "),
  });
});

test.skipIf(withoutKubectl)("what cannot be imported ends with 2, and differences end with 1", () => {
  const output = join(temporaryFolder(), "imported");
  const url = filesIn({ "kustomization.yaml": "resources: ['https://example.com/a.yaml']\n" });
  expect(atlasRender("import-kustomize", url, "--output", output)).toMatchObject({ status: 2, stdout: "" });
  const partial = filesIn({ ...files, "bad/kustomization.yaml": "resources: [../base]\nnamespace: Bad_1\n" });
  expect(atlasRender("import-kustomize", partial, "--output", output, "--partial")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("overlays/bad: left as Kustomize builds it: 2 objects\n"),
  });
});

describe("the command line", () => {
  test.each<[string[], string]>([
    [[], "import-kustomize names nothing"],
    [["a", "b"], 'import-kustomize takes no "b"'],
    [["a", "--output="], "--output is empty"],
    [["a", "--outptu", "b"], 'did you mean "--output"?'],
  ])("%j is refused", (args, said) => {
    const { status, stderr } = atlasRender("import-kustomize", ...args);
    expect(stderr).toContain(said);
    expect(status).toBe(2);
  });
});
