import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCacheServer, type CacheServer } from "../src/workspace/cache-server.ts";
import { copyWorkspace, type WorkspaceCopy } from "../src/workspace/workspace-copy.ts";

const server = "NX_SELF_HOSTED_REMOTE_CACHE_SERVER";
const accessToken = "NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN";
const tokens = { write: "may-write", read: "may-read" };

// Two clones, each with a local cache of its own, and the remote cache between them.
let first: WorkspaceCopy;
let second: WorkspaceCopy;
let folder = "";
let cache: CacheServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "remote-cache-"));
  cache = await startCacheServer(folder, tokens);
  [first, second] = [copyWorkspace(), copyWorkspace()];
}, 120_000);
afterAll(async () => {
  await cache.close();
  rmSync(folder, { recursive: true });
  first.remove();
  second.remove();
}, 60_000);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a command in a clone; unlike a synchronous call, it lets the server of this process answer. */
async function run(workspace: WorkspaceCopy, command: string, variables: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn("sh", ["-c", command], {
    cwd: workspace.root,
    env: { ...workspace.env, ...variables },
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map(async (stream) =>
    Buffer.concat(await stream.toArray()).toString(),
  );
  const status = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  return { status, stdout: (await stdout) ?? "", output: `${await stdout}${await stderr}` };
}

const tasks = "nx run-many -p compose,istio,render -t typecheck,dev";
const files = (workspace: WorkspaceCopy): Record<string, string> => {
  const rendered = join(workspace.root, "dist/manifests/dev");
  return Object.fromEntries(
    readdirSync(rendered).map((name) => [name, readFileSync(join(rendered, name), "utf8")]),
  );
};
const hits = (output: string): string[] =>
  [...output.matchAll(/Cache: +(\d+\/\d+) hit/g)].map(([, of = ""]) => of);

test("what one clone has done, another takes from the cache, with a token that may only read", async () => {
  const filled = await run(first, tasks, { [server]: cache.url, [accessToken]: tokens.write });
  expect(filled.status, filled.output).toBe(0);
  const count = readdirSync(folder).length;
  expect(hits(filled.output)).toEqual([`0/${count}`]);

  cache.answers.length = 0;
  const { status, output } = await run(second, tasks, { [server]: cache.url, [accessToken]: tokens.read });
  expect(status, output).toBe(0);
  expect(hits(output)).toEqual([`${count}/${count}`]);
  expect(cache.answers).toEqual(Array.from({ length: count }, () => "GET 200"));
  expect(files(second)).toEqual(files(first));
}, 240_000);

test("a token that may only read writes nothing, and its tasks run all the same", async () => {
  const before = readdirSync(folder);
  cache.answers.length = 0;
  appendFileSync(join(second.root, "packages/istio/src/injection.ts"), "// changed\n");
  const variables = { [server]: cache.url, [accessToken]: tokens.read };
  const { status, output } = await run(second, "nx run istio:typecheck", variables);
  expect(status, output).toBe(0);
  expect(cache.answers).toEqual(["GET 404", "PUT 403"]);
  expect(readdirSync(folder)).toEqual(before);
}, 120_000);

const probe = "node tools/ci/src/main.ts cache-probe";
/** The variables that a probe says to export. */
const exported = (stdout: string): NodeJS.ProcessEnv =>
  Object.fromEntries(stdout.split("\n").flatMap((line) => (line ? [line.split("=", 2)] : [])));

test("the probe of the workspace's scripts is this one", () => {
  const { scripts } = JSON.parse(readFileSync(join(first.root, "package.json"), "utf8"));
  expect(scripts["ci:cache-probe"]).toBe(probe);
});

describe("the probe", () => {
  test.each([
    ["write", tokens.write, "to read and write"],
    ["read", tokens.read, "to read"],
  ])("takes a cache that works, to %s", async (access, token, want) => {
    const variables = { [server]: cache.url, [accessToken]: token };
    const { status, stdout, output } = await run(second, `${probe} --access ${access}`, variables);
    expect(status, output).toBe(0);
    expect(exported(stdout)).toEqual(variables);
    expect(output).toContain(want);
    expect((await run(second, "nx run istio:typecheck", exported(stdout))).status).toBe(0);
  });

  test("takes no token that can write where only reading is meant", async () => {
    const variables = { [server]: cache.url, [accessToken]: tokens.write };
    const { status, stdout } = await run(second, `${probe} --access read`, variables);
    expect(status).toBe(0);
    expect(exported(stdout)).toEqual({ [server]: "" });
  });

  test.each<[string, () => Promise<NodeJS.ProcessEnv>, string]>([
    ["is down", async () => ({ [server]: await unusedAddress() }), "ECONNREFUSED"],
    [
      "does not know the token",
      async () => ({ [server]: cache.url, [accessToken]: "guessed" }),
      "answered with 401",
    ],
    ["does not answer", async () => ({ [server]: await silentAddress() }), "no answer in 5 s"],
  ])("gives way to the local cache where the remote one %s", async (_name, variables, want) => {
    const env = await variables();
    const { status, stdout, output } = await run(second, probe, env);
    expect(status).toBe(0);
    expect(output).toContain(want);
    expect(exported(stdout)).toEqual({ [server]: "" });
    const local = await run(second, "nx run istio:typecheck", { ...env, ...exported(stdout) });
    expect(local.status, local.output).toBe(0);
  });
});

test("tasks whose remote cache breaks under them run again without it", async () => {
  const env = { [server]: await unusedAddress() };
  appendFileSync(join(second.root, "packages/istio/src/injection.ts"), "// changed again\n");
  expect((await run(second, "nx run istio:typecheck", env)).status).toBe(1);
  const { status, output } = await run(second, "node tools/ci/src/main.ts run istio:typecheck", env);
  expect(output).toContain("the local cache is used");
  expect(status, output).toBe(0);
}, 120_000);

/** The address of a server that takes a connection and says nothing. */
const silentAddress = (): Promise<string> => addressOfServer(true);

/** The address of a server that was there. */
const unusedAddress = (): Promise<string> => addressOfServer(false);

async function addressOfServer(stays: boolean): Promise<string> {
  const listening = createServer().unref();
  await new Promise<void>((resolve) => {
    listening.listen(0, "127.0.0.1", resolve);
  });
  const { port } = listening.address() as AddressInfo;
  if (!stays) await new Promise((resolve) => listening.close(resolve));
  return `http://127.0.0.1:${port}`;
}
