import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { walkDocument, type DocumentWalk } from "../../src/documents/document-walk.ts";
import { served } from "../../src/operator/served.ts";
import { copyWorkspace, type WorkspaceCopy } from "../../src/workspace/workspace-copy.ts";
import { crd, deploymentPatch, hello, settings } from "./contribution.ts";

// CONTRIBUTING.md, followed in a copy of this workspace, one step after the other as a person would take them.
// The limit is there so that nothing hangs forever.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });
let workspace: WorkspaceCopy;
let contributing: DocumentWalk;
let outside = "";
beforeAll(() => {
  // Not in CI, which knows another base of a change.
  workspace = copyWorkspace({ pnpm_config_verify_deps_before_run: "false", GITHUB_EVENT_NAME: "" });
  contributing = walkDocument("CONTRIBUTING.md", workspace);
  outside = mkdtempSync(join(tmpdir(), "atlas-contributing-"));
});
afterAll(() => {
  workspace.remove();
  rmSync(outside, { recursive: true, force: true });
});

const path = (...parts: string[]): string => join(workspace.root, ...parts);
const read = (file: string): string => readFileSync(path(file), "utf8");
const json = (text: string) => JSON.parse(text);
function write(file: string, text: string): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}
function edit(file: string, what: string | RegExp, replacement: string): void {
  expect(read(file), file).toMatch(what);
  write(file, read(file).replace(what, replacement));
}

describe("the house", () => {
  test("has these rooms", () => {
    const rooms = ["packages", "apps", "tools"].flatMap((floor) =>
      readdirSync(path(floor)).map((room) => `${floor}/${room}`),
    );
    const rows = [...contributing.text.matchAll(/^\| `(\w+\/[\w-]+)` +\| \S/gm)].map(([, room = ""]) => room);
    expect(rows.toSorted()).toEqual(rooms.toSorted());
  });

  test("has these files", () => {
    const named = contributing.text.matchAll(/`((?:packages|apps|tools|\.github)\/[\w./-]+)`/g);
    const files = [...named].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((file) => !existsSync(path(file)))).toEqual([]);
  });
});

/** The commands of the tasks that Nx would run, of what `--graph=stdout` prints. */
function plannedIn(stdout: string): Record<string, { root: string; command: string }> {
  const { tasks, graph } = json(stdout.slice(stdout.search(/^\{$/m)));
  const all: [string, { target: { project: string; target: string } }][] = Object.entries(tasks.tasks);
  const planned = all.map(([id, { target }]) => {
    const { root, targets } = graph.nodes[target.project].data;
    return [id, { root, command: targets[target.target].options?.command }];
  });
  return Object.fromEntries(planned);
}

describe("of the everyday commands,", () => {
  test("one tests everything", async () => {
    const { stdout } = await contributing.follow("pnpm run test", { more: "--graph=stdout" });
    const all = ["e2e:documents", "e2e:e2e", "e2e:unit", "compose:lint", "render:dev", "workspace:unused"];
    expect(Object.keys(plannedIn(stdout))).toEqual(expect.arrayContaining(all));
  });

  test("one runs the benchmarks", async () => {
    const { stdout } = await contributing.follow("pnpm run bench", { more: "--graph=stdout" });
    const benches = Object.entries(plannedIn(stdout)).filter(([id]) => id.endsWith(":bench"));
    expect(benches.map(([id]) => id).toSorted()).toEqual(["crd-codegen:bench", "e2e:bench", "render:bench"]);
    const files = benches.flatMap(([, { root, command }]) =>
      (command.match(/\S+\.ts/g) ?? [root]).map((file) => join(root, file)),
    );
    expect(files.filter((file) => !existsSync(path(file)))).toEqual([]);
  });

  test("one formats", async () => {
    const file = "packages/manifests/src/operator.ts";
    const before = read(file);
    write(file, before.replaceAll(/^ +/gm, ""));
    await contributing.follow("pnpm run format");
    expect(read(file)).toBe(before);
  });
});

const base = "packages/manifests/src/base";
/** Puts an object into the base: a file, and its name in three places of the index. */
function addToBase(file: string, name: string, text: string): void {
  write(`${base}/${file}.ts`, text);
  edit(`${base}/index.ts`, /^import .*operator.*\n/m, `$&import { ${name} } from "./${file}.ts";\n`);
  edit(`${base}/index.ts`, "export {", `$&\n  ${name},`);
  edit(`${base}/index.ts`, "resources: [", `$&\n    ${name},`);
}

describe("how to", () => {
  test("take CRDs in", async () => {
    write("widget.yaml", crd("Widget"));
    await served(
      () => crd("Gadget"),
      async (url) => {
        const shown = "pnpm exec nx run crd-types:import -- FILE|URL|-";
        const words = { "FILE|URL|-": `widget.yaml ${url} -` };
        const { stdout } = await contributing.follow(shown, { words, input: crd("Gizmo") });
        expect(stdout).toContain("minor (3):\n  Gadget example.com/v1: added\n");
      },
    );
    rmSync(path("widget.yaml"));
    const changesets = readdirSync(path(".changeset")).filter((file) => file.startsWith("crds-"));
    const minor = expect.stringContaining('"@atlas/crd-types": minor');
    expect(changesets.map((file) => read(`.changeset/${file}`))).toEqual([minor]);

    edit("packages/crd-types/crds/widgets.yaml", "size: { ", "$&description: How much it is., ");
    await contributing.follow("pnpm exec nx run crd-types:generate");
    const types = read("packages/crd-types/src/generated/widget-v1.ts");
    expect(types).toMatch(/How much it is\.[^]*\bsize: number;/);
    expect(read("packages/crd-types/api/api.txt")).toMatch(
      /^Widget example\.com\/v1 .*\n(?: .*\n)*? {2}spec\.size/m,
    );
  });

  test("teach the generator something", async () => {
    const atomic = '(schema["x-kubernetes-list-type"] === "atomic" ? ["replaced as a whole"] : [])';
    edit(
      "packages/crd-codegen/src/emit/documentation.ts",
      /.*"no element twice".*\n/,
      `$&    ...${atomic},\n`,
    );
    await contributing.follow("pnpm exec nx run crd-types:generate");
    const types = read("packages/crd-types/src/generated/kubernetes.ts");
    expect(types).toContain("* - replaced as a whole");
    const { stdout } = await contributing.follow(
      "pnpm --dir apps/e2e exec vitest run --config vitest.cluster.config.ts generator --update",
      { words: { "vitest run": "vitest list" } },
    );
    expect(stdout).toContain("generator.test.ts > the recorded verdicts are those of this API server");
  });

  test("add an object, an environment, and a change in it", async () => {
    addToBase("settings", "settings", settings);
    const words = { "KIND/NAME": "Deployment/atlas-operator", NAME: "staging" };
    await contributing.follow("pnpm exec atlas-render new NAME", {
      words: { NAME: "staging" },
      more: "--namespace atlas-staging",
    });
    const folder = "packages/manifests/src/overlays/staging";
    write(`${folder}/patches/deployment.ts`, deploymentPatch);
    edit(`${folder}/index.ts`, "\n", '$&import { deployment } from "./patches/deployment.ts";\n');
    edit(`${folder}/index.ts`, "patches: [", "$&deployment, ");
    const explain = "pnpm exec atlas-render explain NAME KIND/NAME";
    const { stdout } = await contributing.follow(explain, { words });
    expect(stdout).toMatch(/imagePullPolicy\n.*\n +staging +patch +.*"IfNotPresent" → "Always"/);
    expect(stdout).toContain("volumes[scratch]");

    await contributing.follow("pnpm exec nx run render:NAME", { words: { NAME: "staging" } });
    expect(readdirSync(path("dist/manifests"))).toEqual(["staging"]);
    await contributing.follow("pnpm run render");
    const rendered = readdirSync(path("dist/manifests"));
    expect(rendered).toEqual(["base", "dev", "staging"]);
    for (const environment of rendered) {
      const files = readdirSync(path("dist/manifests", environment));
      const widgets = "customresourcedefinition.apiextensions.k8s.io_widgets.example.com.yaml";
      expect(files).toEqual(expect.arrayContaining(["configmap_settings.yaml", widgets]));
    }
    await contributing.follow("pnpm exec nx run manifests:unit");
  });

  test("take a release of the operator in", async () => {
    const { stdout } = await contributing.follow("pnpm exec atlas-render upgrade VERSION", {
      words: { VERSION: "v99.1.0" },
      more: `--digest sha256:${"1".repeat(64)} --crds packages/crd-types/manifests/atlas*.yaml`,
    });
    expect(stdout).toMatch(/^base, dev, staging: what changes$/m);
    expect(read("packages/manifests/src/operator.ts")).toContain('version: "v99.1.0"');
  });

  test("add a command", () => {
    write("apps/render/src/commands/hello.ts", hello);
    const entry =
      'command({ name: "hello", about: "greet" }, () => async () => (await import("../commands/hello.ts")).hello())';
    edit("apps/render/src/cli/command-line.ts", /^\];\n\nconst commandNamed/m, `  ${entry},\n$&`);
    expect(workspace.run("atlas-render", "hello")).toEqual({ status: 0, stdout: "Hello.\n", stderr: "" });
    expect(workspace.run("atlas-render", "--help").stdout).toMatch(/^  hello +greet$/m);
  });

  test("try other overlays against Kustomize", async () => {
    const { stdout } = await contributing.follow(
      "COMPOSE_CASES=20000 COMPOSE_SEED=7 pnpm exec nx run compose:unit --skip-nx-cache -- kustomize",
      { words: { "20000": "200" }, more: "-t 'JSON patches'" },
    );
    expect(stripVTControlCharacters(stdout)).toMatch(/Tests +1 passed/);
  });
});

/** What npm asks a registry while somebody logs in with a browser. */
const registry = ({ url, headers: { host } }: IncomingMessage): string =>
  JSON.stringify(
    url === "/-/v1/login"
      ? { loginUrl: `http://${host}/page`, doneUrl: `http://${host}/done` }
      : { token: "given" },
  );

describe("a release", () => {
  test("begins with a changeset", async () => {
    const more = "--minor @atlas/manifests -m 'Widgets.'";
    const { stdout } = await contributing.follow("pnpm exec changeset", { more });
    const [file = "no changeset"] = /\.changeset\/[\w-]+\.md/.exec(stdout) ?? [];
    expect(read(file)).toBe('---\n"@atlas/manifests": minor\n---\n\nWidgets.\n');
  });

  test("is packed and published as another test does it", () => {
    const file = "apps/e2e/test/shipping/release.test.ts";
    contributing.followedIn(file, "pnpm run release:pack");
    contributing.followedIn(file, "node tools/release/src/main.ts dist/release --no-provenance");
  });

  test("is not for npm to pack", async () => {
    const folder = path("packages/manifests");
    const more = `--silent --pack-destination '${outside}'`;
    const { stdout } = await contributing.follow("npm publish", { words: { publish: "pack" }, more, folder });
    const args = ["-xzOf", join(outside, stdout), "package/package.json"];
    const { dependencies, exports } = json(execFileSync("tar", args, { encoding: "utf8" }));
    expect(dependencies).toMatchObject({ "@atlas/compose": "workspace:*", "kubernetes-types": "catalog:" });
    expect(exports["."]).toHaveProperty("@atlas/source");
  });

  test("is made in a checkout with its packages", async () => {
    const folder = join(outside, "checkout");
    expect(workspace.run("git", "clone", "--quiet", ".", folder).status).toBe(0);
    await contributing.follow("pnpm install --frozen-lockfile", { folder });
    expect(existsSync(join(folder, "node_modules/.bin/changeset"))).toBe(true);
  });

  test("is published by a member who has logged in", async () => {
    await served(registry, (url) =>
      contributing.follow("npm login", {
        words: { npm: `HOME='${outside}' npm` },
        more: `--auth-type=web --registry ${url}`,
      }),
    );
    expect(readFileSync(join(outside, ".npmrc"), "utf8")).toContain(":_authToken=given");
  });

  test("is then trusted to the workflow alone, for each package", async () => {
    const manifests = ["packages", "apps"].flatMap((floor) =>
      readdirSync(path(floor)).map((room) => json(read(`${floor}/${room}/package.json`))),
    );
    const published = manifests.filter((manifest) => !manifest.private);
    const names = published.map((manifest) => manifest.name.replace("@atlas/", "")).join(" ");
    const { stdout } = await contributing.follow(
      `for name in ${names}; do
  npx -y npm@12 trust github "@atlas/$name" --file release.yml --repo atlas-manifests/atlas-manifests --env npm --allow-publish
done`,
      // One is enough to see what npm makes of it.
      { words: { [names]: "render", "--allow-publish": "--allow-publish --dry-run --yes" } },
    );
    const { name, repository } = json(read("apps/render/package.json"));
    const [, slug] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? [];
    const facts = ["file: release.yml", `repository: ${slug}`, "environment: npm", "permissions: publish"];
    expect(stdout).toContain([`package: ${name}`, ...facts].join("\n"));
  });
});

test("of the everyday commands, one runs what differs from main", async () => {
  // Without the tests that take long, of which this is one.
  rmSync(path("apps/e2e"), { recursive: true });
  commit("All of the above");
  workspace.run("git", "switch", "--quiet", "--create", "change");
  write(".changeset/change.md", '---\n"@atlas/istio": patch\n---\n\nFixed.\n');
  commit("Change");
  const { stdout, stderr } = await contributing.follow("pnpm run affected");
  expect(stderr).toMatch(/^machine .*: workspace:lint$/m);
  expect(stdout).toContain("Successfully ran target lint for project workspace");
});

function commit(message: string): void {
  workspace.run("git", "add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  expect(workspace.run("git", ...author, "commit", "--quiet", "--message", message).status).toBe(0);
}

test("every command is run", () => {
  expect(contributing.left()).toEqual([]);
});
