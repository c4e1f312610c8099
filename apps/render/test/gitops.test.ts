import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { atlasRender, commandLine, configMap, environmentsOf, temporaryFolder, type Run } from "./command.ts";

const options =
  'import { gitops } from "@atlas/manifests/options"; import dev from "@atlas/manifests/overlays/dev";';
const kept = `${options} export default overlay({ base: dev, components: [gitops("argocd", "flux")] });`;
const row = `({ cluster }) => overlay({ base: dev, cluster, components: [gitops("argocd", "flux")] })`;
const fleetOf = (...clusters: string[]): string => `${options} export default fleet({
  rows: ${JSON.stringify(clusters.map((cluster) => ({ cluster })))},
  name: ({ cluster }) => cluster,
  overlay: ${row},
});`;

const repo = "https://git.example.com/platform.git";
const gitops = (environments: string, ...args: string[]): Run =>
  atlasRender("gitops", "--environments", environments, "--repo", repo, ...args);

const all = environmentsOf({ dev: kept, production: fleetOf("eu", "us") }, "ours");
const namesIn = (yaml: string): string[] =>
  parseAllDocuments(yaml).map((document) => {
    const { kind, metadata } = document.toJS();
    return `${kind}/${metadata.name}`;
  });
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .toSorted()
      .filter((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.isFile())
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );

describe("on stdout", () => {
  test.each<[string, string[], string[]]>([
    [
      "Argo CD, all",
      ["--argocd"],
      ["Application/atlas-operator-dev", "ApplicationSet/atlas-operator-production"],
    ],
    [
      "Argo CD, a row of a fleet",
      ["--argocd", "production/eu"],
      ["Application/atlas-operator-production-eu"],
    ],
    ["Argo CD, a fleet", ["--argocd", "production", "-o", "-"], ["ApplicationSet/atlas-operator-production"]],
    [
      "Flux, one cluster",
      ["--flux", "dev"],
      ["GitRepository/atlas-operator", "Kustomization/atlas-operator-dev"],
    ],
  ])("is what %s reads", (_what, args, want) => {
    const { status, stdout, stderr } = gitops(all, ...args);
    expect([status, stderr]).toEqual([0, ""]);
    expect(namesIn(stdout)).toEqual(want);
    expect(gitops(all, ...args).stdout).toBe(stdout);
  });

  test("is nothing where Flux has several clusters", () => {
    const { status, stdout, stderr } = gitops(all, "--flux");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("several clusters: in-cluster, eu, us");
  });

  test("takes the repository, revision, path, namespace and what has to come before", () => {
    const args = ["--revision", "rendered", "--path", "deploy", "-n", "infra", "--depends-on", "mesh/istio"];
    const [repository, kustomization] = parseAllDocuments(
      gitops(all, "dev", "--flux", ...args, "--depends-on", "dns").stdout,
    ).map((document) => document.toJS());
    expect(repository).toMatchObject({
      metadata: { namespace: "infra" },
      spec: { url: repo, ref: { branch: "rendered" } },
    });
    expect(kustomization).toMatchObject({
      metadata: { namespace: "infra" },
      spec: { path: "./deploy/dev", dependsOn: [{ namespace: "mesh", name: "istio" }, { name: "dns" }] },
    });
  });
});

const schema = `define()({ apiVersion: "db.atlasgo.io/v1alpha1", kind: "AtlasSchema", metadata: { name: "shop" },
  spec: { url: "atlas://shop", schema: { sql: "CREATE TABLE a (id int);" } } })`;
const shop = `${options} export default overlay({ base: dev, namespace: "shop", resources: [${schema}], components: [gitops("argocd", "flux")] });`;

test.each([
  ["--argocd", "0123456"],
  ["--argocd", "0".repeat(40)],
  ["--flux", "0".repeat(40)],
  ["--flux", "refs/heads/0123456"],
  ["--flux", "123456"],
  ["--flux", "feature"],
])("with %s, the revision %s is clear", (tool, revision) => {
  const { status, stderr } = gitops(all, "dev", tool, "--revision", revision);
  expect([status, stderr]).toEqual([0, ""]);
});

const inNamespace = (more = "") =>
  environmentsOf({
    shop: `${options} export default overlay({
    base: overlay({ base: base({ resources: [${more}define()({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } })] }), namespace: "atlas-shop" }),
    components: [gitops("argocd", "flux")],
  });`,
  });

test("a namespace that nothing makes is named, whatever is waited for", () => {
  const environments = inNamespace();
  const note =
    /^atlas-render: nothing that is delivered makes the namespace atlas-shop, which shop has objects in: .*Namespace object.*\n$/;
  for (const tool of ["--argocd", "--flux"]) {
    const { status, stdout, stderr } = gitops(environments, tool);
    expect([status, stderr]).toEqual([0, expect.stringMatching(note)]);
    expect(stderr.includes("--depends-on NAME")).toBe(tool === "--flux");
    expect(stdout).not.toContain("CreateNamespace");
  }
  const waiting = ["--flux", "--depends-on", "istio", "--depends-on", "mesh/spaces"];
  const { status, stderr } = gitops(environments, ...waiting);
  expect([status, stderr]).toEqual([0, expect.stringMatching(note)]);
  expect(stderr).toContain("where it is not there already, and istio or spaces does not make it");
  expect(stderr).not.toContain("--depends-on NAME");
  const made = 'define()({ apiVersion: "v1", kind: "Namespace", metadata: { name: "atlas-shop" } }), ';
  expect(gitops(inNamespace(made), ...waiting).stderr).toBe("");
});

test("Flux judges databases by the release that runs, and of Argo CD it is said what does", () => {
  const environments = environmentsOf({ shop });
  const [, kustomization] = parseAllDocuments(gitops(environments, "--flux").stdout).map((each) =>
    each.toJS(),
  );
  expect(kustomization.spec.healthCheckExprs).toMatchObject([{ kind: "AtlasSchema" }]);
  const { status, stderr } = gitops(environments, "--argocd");
  expect([status, stderr]).toEqual([0, expect.stringMatching(/healthy at once.*argocdHealth\("v[\d.]+"\)/)]);
});

test("the release is found where the operator has another name", () => {
  const named = shop.replace('namespace: "shop",', 'namespace: "shop", nameSuffix: "-shop",');
  const environments = environmentsOf({ shop: named });
  expect(atlasRender("list", "--environments", environments).stdout).toMatch(/^shop +v[\d.]+/m);
  expect(gitops(environments, "--argocd").stderr).toMatch(/argocdHealth\("v[\d.]+"\)/);
});

describe("refused is", () => {
  test.each<[string, string[], string]>([
    ["no tool", ["--repo", repo], "gitops needs --argocd or --flux"],
    ["both tools", ["--argocd", "--flux", "--repo", repo], "--argocd and --flux contradict"],
    ["no repository", ["--flux"], "gitops needs --repo URL"],
    [
      "what Argo CD does not know",
      ["--argocd", "--repo", repo, "--depends-on", "a"],
      "--argocd and --depends-on contradict",
    ],
    ["a misspelt option", ["--argodc", "--repo", repo], 'did you mean "--argocd"?'],
    [
      "a password in the URL",
      ["--argocd", "--repo", "https://me:pa55@example.com/a.git"],
      "holds a user or a password",
    ],
    [
      "a token in the URL",
      ["--flux", "--repo", "https://t0ken@example.com/a.git"],
      "holds a user or a password",
    ],
    ["no URL", ["--argocd", "--repo", "platform"], "is no URL of a repository"],
    [
      "what Flux takes for none",
      ["--flux", "--repo", "git@example.com:a/b.git"],
      'did you mean "ssh://git@example.com/a/b.git"?',
    ],
    [
      "a path out of the repository",
      ["--flux", "--repo", repo, "--path", "../a"],
      "leads out of the repository",
    ],
    ["an absolute path", ["--flux", "--repo", repo, "--path", "/a"], "leads out of the repository"],
    ["a revision that is none", ["--flux", "--repo", repo, "--revision", "a b"], "is none of git's"],
    [
      "a commit in part, which Flux would take for a branch",
      ["--flux", "--repo", repo, "--revision", "0123456"],
      "or a branch",
    ],
    [
      "a commit in capitals",
      ["--flux", "--repo", repo, "--revision", "A".repeat(40)],
      `did you mean "${"a".repeat(40)}"?`,
    ],
    [
      "what would wait for itself",
      ["dev", "--flux", "--repo", repo, "--depends-on", "flux-system/atlas-operator-dev"],
      "atlas-operator-dev would wait for itself",
    ],
    ["an empty revision", ["--flux", "--repo", repo, "--revision", ""], "--revision is empty"],
    ["a namespace that is none", ["--flux", "--repo", repo, "-n", "A_b"], 'did you mean "a-b"?'],
    [
      "a Kustomization of three parts",
      ["--flux", "--repo", repo, "--depends-on", "a/b/c"],
      "names no Kustomization",
    ],
    ["a misspelt environment", ["--flux", "--repo", repo, "devv"], 'did you mean "dev"?'],
  ])("%s", (_what, args, said) => {
    const { status, stdout, stderr } = atlasRender("gitops", "--environments", all, ...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/pa55|t0ken/);
  });

  test.each(["--argocd", "--flux"])("an environment whose data %s would delete", (tool) => {
    const { status, stdout, stderr } = atlasRender("gitops", "dev", tool, "--repo", repo);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.match(/code: +manifests\/gitops-unguarded/g)).toHaveLength(3);
    expect(stderr).toContain("packages/manifests/src/overlays/dev/namespace.ts");
  });

  test("an environment that breaks the order of Argo CD, but not for Flux", () => {
    const late = `${options} export default overlay({ base: dev, components: [gitops("argocd", "flux")],
      resources: [define()({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "early", namespace: "atlas-operator",
        annotations: { "argocd.argoproj.io/sync-wave": "-5" } } })] });`;
    const environments = environmentsOf({ dev: late });
    expect(gitops(environments, "--argocd")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /dev: ConfigMap\/early.*wave -5.*Namespace\/atlas-operator.*wave -1[^]*code: +manifests\/gitops-order/,
      ),
    });
    expect(gitops(environments, "--flux").status).toBe(0);
  });

  test("two environments that share objects of a cluster, and not those of two", () => {
    expect(gitops(environmentsOf({ one: kept, two: kept }), "--argocd")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("one and two are for one cluster"),
    });
  });

  test("all that is wrong, at once", () => {
    const bare = `${options} export default dev;`;
    const { stderr } = gitops(environmentsOf({ one: bare, two: kept }), "--flux");
    expect(stderr).toMatch(/gitops-unguarded[^]*gitops-shared/);
  });

  test("an environment on bases of two clusters", () => {
    const two = `export default overlay({ base: [base({ namespace: "a", resources: [${configMap("a", "b")}], cluster: "a" }), base({ resources: [], cluster: "b" })] });`;
    expect(gitops(environmentsOf({ two }), "--argocd")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("its bases are for several clusters: a, b"),
    });
  });
});

describe("in a folder", () => {
  test("each object has a file, each cluster of Flux a folder, and again nothing changes", () => {
    const output = join(temporaryFolder(), "flux");
    expect(gitops(all, "--flux", "-o", output)).toMatchObject({ status: 0, stdout: "" });
    const files = filesIn(output);
    expect(Object.keys(files)).toEqual([
      "eu/gitrepository_atlas-operator.yaml",
      "eu/kustomization_atlas-operator-production-eu.yaml",
      "gitrepository_atlas-operator.yaml",
      "kustomization_atlas-operator-dev.yaml",
      "us/gitrepository_atlas-operator.yaml",
      "us/kustomization_atlas-operator-production-us.yaml",
    ]);
    for (const text of Object.values(files))
      expect(text).toMatch(/^# Written by atlas-render gitops --flux for the environments of "ours"/);
    expect(gitops(all, "--flux", "-o", output).stderr).toMatch(/^wrote 0 of 6 files/);
    expect(filesIn(output)).toEqual(files);
  });

  test("what is left over goes when all are delivered, and nothing else", () => {
    const output = temporaryFolder();
    const others = environmentsOf({ theirs: kept }, "theirs");
    gitops(others, "--argocd", "-o", output);
    gitops(all, "--argocd", "-o", output);
    writeFileSync(join(output, "own.yaml"), "kind: Application\n");
    mkdirSync(join(output, "notes"));
    writeFileSync(join(output, "notes/README.md"), "ours\n");
    const fewer = environmentsOf({ production: fleetOf("eu") }, "ours");
    const some = gitops(fewer, "production", "--argocd", "-o", output);
    expect(some.stderr).not.toContain("removed");
    const { status, stderr } = gitops(fewer, "--argocd", "-o", output);
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/removed \S+application_atlas-operator-dev\.yaml, which ours/),
    ]);
    expect(Object.keys(filesIn(output))).toEqual([
      "application_atlas-operator-theirs.yaml",
      "applicationset_atlas-operator-production.yaml",
      "notes/README.md",
      "own.yaml",
    ]);
  });

  test.each<[string, (file: string, output: string) => void]>([
    ["a file of somebody's", (file) => writeFileSync(file, "kind: Application\n")],
    [
      "another set's",
      (_, output) => void gitops(environmentsOf({ dev: kept }, "theirs"), "--argocd", "-o", output),
    ],
    ["a folder", (file) => mkdirSync(file)],
    ["a link to nothing", (file) => symlinkSync("nowhere", file)],
  ])("%s in the place of one is left as it is, and nothing is written", (_what, put) => {
    const output = temporaryFolder();
    put(join(output, "application_atlas-operator-dev.yaml"), output);
    const before = filesIn(output);
    const { status, stderr } = gitops(all, "--argocd", "-o", output);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/code: +output-foreign/)]);
    expect(filesIn(output)).toEqual(before);
    expect(existsSync(join(output, "applicationset_atlas-operator-production.yaml"))).toBe(false);
  });

  test.each(["", "eu"])("nothing is written into a rendered folder: %j", (cluster) => {
    const output = temporaryFolder();
    expect(atlasRender("render", "dev", "--environments", all, "--output", output).status).toBe(0);
    if (cluster) renameSync(join(output, "dev"), join(output, cluster));
    const before = filesIn(output);
    const { status, stderr } = gitops(
      all,
      "production/eu",
      "--flux",
      "-o",
      cluster ? output : join(output, "dev"),
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining('that of the environment "dev"')]);
    expect(filesIn(output)).toEqual(before);
  });

  test("nothing is written beyond a link in the place of a cluster's folder", () => {
    const [output, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(output, "eu"));
    const { status, stderr } = gitops(all, "production/eu", "--flux", "-o", output);
    expect([status, readdirSync(elsewhere), readdirSync(output)]).toEqual([2, [], ["eu"]]);
    expect(stderr).toContain("eu");
  });

  test("a cluster's name leads nowhere else", () => {
    const output = join(temporaryFolder(), "in");
    const far = `${options} export default overlay({ base: dev, cluster: "../x", components: [gitops("flux")] });`;
    const dots = `${options} export default overlay({ base: dev, cluster: "..", components: [gitops("flux")] });`;
    expect(gitops(environmentsOf({ far, dots }), "--flux", "-o", output).status).toBe(0);
    expect(Object.keys(filesIn(output)).map((file) => file.split("/")[0])).toEqual([
      "%2E%2E",
      "%2E%2E",
      "..%2Fx",
      "..%2Fx",
    ]);
  });

  describe.each([false, true])("of a git repository: %s", (isRepository) => {
    const root = temporaryFolder();
    if (isRepository) mkdirSync(join(root, ".git"));
    for (const folder of ["deploy/dev", "a/deploy/dev", "sources/dev"])
      mkdirSync(join(root, folder), { recursive: true });
    for (const folder of ["deploy/dev", "a/deploy/dev"])
      writeFileSync(join(root, folder, "kustomization.yaml"), "");
    test.each<[string, string, string | undefined]>([
      ["dev", "deplyo", 'did you mean "deploy"?'],
      ["dev", "a/deplyo", 'did you mean "a/deploy"?'],
      ["dev", "elsewhere", "give --path deploy, which"],
      ["dev", "deploy", undefined],
      ["dev", "./deploy/", undefined],
      ["dev", "a/deploy", undefined],
      // None of them is rendered yet, or is elsewhere.
      ["production/eu", "elsewhere", undefined],
    ])("for %s, the path %s", (name, path, near) => {
      // Of what lies in no repository, nobody knows which it will be of.
      const said = isRepository ? near : undefined;
      const output = join(root, "applications");
      const { status, stderr } = gitops(all, name, "--argocd", "--path", path, "-o", output);
      expect([status, stderr.includes("there is no folder")]).toEqual([0, said !== undefined]);
      expect(stderr).toContain(said ?? "wrote");
    });
  });

  test("what is refused writes nothing", () => {
    const output = join(temporaryFolder(), "none");
    expect(atlasRender("gitops", "dev", "--flux", "--repo", repo, "-o", output).status).toBe(2);
    expect(existsSync(output)).toBe(false);
  });
});

test("what is rendered bears what the delivery relies on", () => {
  const output = temporaryFolder();
  expect(atlasRender("render", "dev", "--environments", all, "-o", output).status).toBe(0);
  const folder = join(output, "dev");
  const { resources }: { resources: string[] } = parse(
    readFileSync(join(folder, "kustomization.yaml"), "utf8"),
  );
  const marked = resources.filter((file) =>
    readFileSync(join(folder, file), "utf8").includes("Prune=false,Delete=false"),
  );
  expect(marked).toEqual(resources.filter((file) => /^(?:namespace|customresourcedefinition)/.test(file)));
});

describe("the README's branch of rendered manifests", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, section = ""] = /### A branch of rendered manifests\n([^]*?)\n### /.exec(readme) ?? [];
  const [once = "", recipe = ""] = [...section.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block);
  const [, ...steps] = recipe.trimEnd().split("\n");
  const home = temporaryFolder();
  const [repository, rendered] = [join(home, "platform"), join(home, "rendered")];
  const author = ["GIT_AUTHOR", "GIT_COMMITTER"].flatMap((who) => [
    [`${who}_NAME`, "platform"],
    [`${who}_EMAIL`, "platform@example.com"],
  ]);
  const path = { PATH: `${join(home, "bin")}:${process.env["PATH"]}` };
  const env = { ...process.env, ...path, ...Object.fromEntries(author), GIT_CONFIG_GLOBAL: "/dev/null" };
  const sh = (script: string): string =>
    execFileSync("sh", ["-ec", script], {
      cwd: repository,
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const environment = (name: string, text: string): void => {
    mkdirSync(join(repository, "environments", name), { recursive: true });
    const imports = `import { base, overlay } from "@atlas/compose"; ${options}`;
    writeFileSync(join(repository, "environments", name, "index.ts"), `${imports}\n${text}\n`);
  };
  const commits = (): number => Number(sh("git rev-list --count rendered"));
  const own = `export default overlay({ base: dev, cluster: "us", components: [gitops("argocd")] });`;

  test("is made, and with the same commit again it stays as it is", () => {
    mkdirSync(join(home, "bin"));
    writeFileSync(join(home, "bin/atlas-render"), `#!/bin/sh\nexec ${commandLine()} "$@"\n`, { mode: 0o755 });
    // As in most repositories, what others stand on is delivered nowhere.
    environment("dev", "export default dev;");
    environment("staging", own);
    environment("production", `export default base({ resources: [], cluster: "eu" });`);
    const settings = { name: "platform", type: "module", "atlas-render": { environments: "environments" } };
    writeFileSync(join(repository, "package.json"), JSON.stringify(settings));
    sh("git init --quiet --initial-branch=main && git add --all && git commit --quiet --message Begin");
    sh(once);
    sh(recipe);
    expect(readdirSync(join(rendered, "deploy"))).toEqual(["production", "staging"]);
    expect(readdirSync(join(rendered, "applications"))).toHaveLength(2);
    expect(commits()).toBe(2);
    sh(`git worktree remove ../rendered\n${recipe}`);
    expect(commits()).toBe(2);
  });

  test("loses what the environments have no more where none is named, and nothing else", () => {
    writeFileSync(join(rendered, "pipeline.yaml"), "kind: pipeline\n");
    mkdirSync(join(rendered, "deploy/others"), { recursive: true });
    writeFileSync(join(rendered, "deploy/others/README.md"), "another team's\n");
    sh("git -C ../rendered add --all && git -C ../rendered commit --quiet --message Others");
    for (const name of ["dev", "production"])
      rmSync(join(repository, "environments", name), { recursive: true });
    sh("git add --all && git commit --quiet --message 'Two less'");
    sh(steps.join("\n").replaceAll(" staging production", ""));
    expect(commits()).toBe(4);
    expect(sh("git -C ../rendered show --name-status --format= | cut -f 1,2").trim().split("\n")).toEqual([
      "D\tapplications/application_atlas-operator-production.yaml",
      "D\tdeploy/production/kustomization.yaml",
    ]);
    expect(readFileSync(join(rendered, "deploy/others/README.md"), "utf8")).toBe("another team's\n");
  });
});
