import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

// The built command, as a process that the system may end at any moment.
const command = fileURLToPath(new URL("../../render/dist/main.js", import.meta.url));
const packages = fileURLToPath(new URL("../../../packages", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "faults-"));
const environments = join(folder, "environments");
mkdirSync(join(environments, "dev"), { recursive: true });
writeFileSync(
  join(environments, "dev/index.mjs"),
  `import { base } from "@atlas/compose";
const objects = Array.from({ length: 400 }, (_, index) => ({
  apiVersion: "v1", kind: "ConfigMap", metadata: { name: \`config-\${index}\` },
  data: { content: process.env.CONTENT, text: "x".repeat(2000) },
}));
export default base({ resources: objects });
`,
);

const mounted: string[] = [];
afterAll(() => {
  for (const mount of mounted) spawnSync("umount", [mount]);
  rmSync(folder, { recursive: true });
}, 60_000);

const args = (output: string): string[] => [
  command,
  "render",
  "--environments",
  environments,
  "--output",
  output,
];
const environmentOf = (content: string): NodeJS.ProcessEnv => ({ ...process.env, CONTENT: content });

function render(output: string, content: string) {
  const { status, stderr } = spawnSync(process.execPath, args(output), {
    encoding: "utf8",
    env: environmentOf(content),
  });
  return { status, stderr };
}

/** What a user has beside the output, or in it; some of it looks like what other programs leave. */
const own = {
  ".bashrc.20240101.old": "mine",
  ".zshrc.20240101.old": "mine",
  ".config.2023.old/settings": "mine",
  ".dev.4194304.new/draft": "mine",
  ".atlas-notes.journal": "mine",
};

function putOwn(output: string): void {
  for (const [path, text] of Object.entries(own)) {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), text);
  }
}

function expectOwnAlone(output: string): void {
  expect(readdirSync(output).toSorted()).toEqual(
    [...new Set(Object.keys(own).map((path) => path.split("/", 1).join())), "dev"].toSorted(),
  );
  for (const [path, text] of Object.entries(own)) expect(readFileSync(join(output, path), "utf8")).toBe(text);
}

const filesIn = (output: string): Record<string, string> | undefined =>
  existsSync(join(output, "dev"))
    ? Object.fromEntries(
        readdirSync(join(output, "dev")).map((name) => [
          name,
          readFileSync(join(output, "dev", name), "utf8"),
        ]),
      )
    : undefined;

/** What a whole render of some content leaves. */
function wholeOf(content: string): Record<string, string> {
  const output = join(folder, `whole-${content}`);
  if (!existsSync(output)) expect(render(output, content)).toEqual({ status: 0, stderr: "" });
  return filesIn(output) ?? {};
}

/** Whether a killed process has left it. */
const isLeft = (name: string): boolean => /^\.atlas-[0-9a-z]{16,}\./.test(name);

/** Starts a render and kills it after some milliseconds; resolves when it has ended, however. */
function renderKilled(output: string, content: string, after: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args(output), { env: environmentOf(content), stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), after);
    child.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

describe("a render that is killed", () => {
  test("200 times, at any moment, leaves what was there or what is new, and the next one clears up", async () => {
    const start = performance.now();
    const whole = [wholeOf("a"), wholeOf("b")];
    const longest = (performance.now() - start) / 2;
    const lanes = ["one", "two"].map(async (lane) => {
      const output = join(folder, `killed-${lane}`);
      putOwn(output);
      let kills = 0;
      for (let round = 0; round < 100; round++) {
        await renderKilled(output, round % 2 === 0 ? "a" : "b", Math.random() * longest);
        const files = filesIn(output);
        if (files) expect(whole).toContainEqual(files);
        kills += readdirSync(output).some(isLeft) ? 1 : 0;
      }
      expect(render(output, "a")).toEqual({ status: 0, stderr: "" });
      expect(filesIn(output)).toEqual(whole[0]);
      expectOwnAlone(output);
      return kills;
    });
    const left = await Promise.all(lanes);
    // Some kills must have come while files were being written, or this has shown nothing.
    expect(left.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  }, 300_000);
});

const unshare = ["--pid", "--fork", "--mount-proc", "--kill-child"];
const withoutContainers = ((): string | undefined => {
  const { status, stderr, error } = spawnSync("unshare", [...unshare, "true"], { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
})();

/** Renders as process 1 of a process namespace of its own, and is killed after some milliseconds, if any are given. */
function renderInContainer(output: string, content: string, killedAfter?: number): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn("unshare", [...unshare, process.execPath, ...args(output)], {
      env: environmentOf(content),
      stdio: "ignore",
    });
    const timer =
      killedAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killedAfter);
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
}

describe.skipIf(withoutContainers)(
  `containers with one volume, each of whose process is number 1${withoutContainers ? ` (not run: ${withoutContainers})` : ""}`,
  () => {
    test("a hundred times two, one of them killed: the other is done, and the next clears up", async () => {
      const start = performance.now();
      const whole = [wholeOf("a"), wholeOf("b")];
      const longest = Math.max(600, performance.now() - start);
      // Whoever waits for one that was killed sits idle, so many do at once.
      const lanes = Array.from({ length: 10 }, async (_, lane) => {
        const output = join(folder, `containers-${lane}`);
        putOwn(output);
        let kills = 0;
        for (let round = 0; round < 10; round++) {
          const [killed, done] = await Promise.all([
            renderInContainer(output, "a", Math.random() * longest * 5),
            renderInContainer(output, "b"),
          ]);
          expect(done).toBe(0);
          expect(whole).toContainEqual(filesIn(output));
          kills += killed === 0 ? 0 : 1;
        }
        expect(await renderInContainer(output, "a")).toBe(0);
        // What was left by one that cannot be seen any more is nobody's after a while.
        while (readdirSync(output).some(isLeft)) {
          await new Promise((resolve) => setTimeout(resolve, 1000));
          expect(await renderInContainer(output, "a")).toBe(0);
        }
        expect(filesIn(output)).toEqual(whole[0]);
        expectOwnAlone(output);
        return kills;
      });
      const kills = await Promise.all(lanes);
      expect(kills.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
    }, 300_000);
  },
);

const pathsIn = (target: string): string[] => readdirSync(target, { recursive: true }).map(String).toSorted();

const runCommand = (...given: string[]) =>
  spawnSync(process.execPath, [command, ...given], { encoding: "utf8" });
const killCommand = (longest: number, ...given: string[]): Promise<void> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...given], { stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * longest);
    child.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Kills a command until it has made a file, and returns how often. */
async function killUntilMade(file: string, ...given: string[]): Promise<number> {
  let kills = 0;
  for (; kills < 10 && !existsSync(file); kills++) await killCommand(500, ...given);
  if (!existsSync(file)) expect(runCommand(...given)).toMatchObject({ status: 0 });
  return kills;
}

describe("other commands that are killed", () => {
  test("init is taken up anew, in the same folder", async () => {
    const fresh = join(folder, "fresh/environments-of-mine");
    expect(runCommand("init", fresh).status).toBe(0);
    const files = pathsIn(fresh);
    for (let round = 0; round < 10; round++) {
      const target = join(folder, `init-${round}/environments-of-mine`);
      for (let kill = 0; kill < 5; kill++) await killCommand(400, "init", target);
      const { status, stderr } = runCommand("init", target);
      // One that was done before it could be killed has filled the folder.
      if (status !== 0) expect(stderr).toContain("the folder is not empty");
      expect(pathsIn(target)).toEqual(files);
      expect(readdirSync(dirname(target))).toEqual(["environments-of-mine"]);
    }
    expect(readdirSync(folder).filter(isLeft)).toEqual([]);
  }, 120_000);

  test("new leaves nothing for good", async () => {
    const overlays = join(folder, "repository/environments");
    mkdirSync(join(folder, "repository/node_modules/@atlas"), { recursive: true });
    for (const name of ["compose", "manifests"])
      symlinkSync(join(packages, name), join(folder, "repository/node_modules/@atlas", name));
    let kills = 0;
    for (let round = 0; round < 5; round++) {
      const name = `staging-${round}`;
      const given = ["new", name, "--from", "base", "--environments", overlays];
      kills += await killUntilMade(join(overlays, name, "index.ts"), ...given);
    }
    expect(runCommand("new", "last", "--from", "base", "--environments", overlays).status).toBe(0);
    for (const place of [overlays, dirname(overlays)])
      expect(readdirSync(place).filter((name) => name.startsWith("."))).toEqual([]);
    expect(kills).toBeGreaterThan(0);
  }, 120_000);
});

describe("what the system refuses is the user's to fix: exit code 2", () => {
  const sh = (script: string) =>
    spawnSync("sh", ["-c", script, "sh", process.execPath, ...args(join(folder, "refused"))], {
      encoding: "utf8",
      env: environmentOf("a"),
    });
  const table: [string, { script: string; says: string }][] = [
    [
      "stdout on a full disk",
      { script: '"$@" --output - > /dev/full', says: "stdout cannot be written: ENOSPC" },
    ],
    ["stderr on a full disk", { script: '"$@" nowhere 2> /dev/full', says: "" }],
    ["both on a full disk", { script: '"$@" nowhere > /dev/full 2>&1', says: "" }],
    [
      "a working directory that is gone",
      {
        script: `mkdir '${folder}/gone' && cd '${folder}/gone' && rmdir '${folder}/gone' && exec "$1" "$2" list`,
        says: "the current folder is not there any more",
      },
    ],
    [
      "a name that no file may have",
      {
        script: `exec "$1" "$2" render --environments '${environments}' ${"n".repeat(5000)}`,
        says: "there is no environment",
      },
    ],
    [
      "an output whose name no file may have",
      { script: `"$@" --output '${folder}/${"n".repeat(300)}'`, says: "ENAMETOOLONG" },
    ],
  ];
  test.each(table)("%s", (_name, { script, says }) => {
    const { status, stderr } = sh(script);
    expect(status, stderr).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at |[^\s/]{300}/);
  });
});

describe("renders at once into one folder", () => {
  test("all succeed, and leave one whole content", async () => {
    const output = join(folder, "at-once");
    const contents = ["a", "b", "a", "b", "a", "b", "a", "b"];
    const ended = contents.map(
      (content) =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, args(output), { env: environmentOf(content), stdio: "ignore" }).on(
            "close",
            resolve,
          );
        }),
    );
    expect(await Promise.all(ended)).toEqual(contents.map(() => 0));
    expect([wholeOf("a"), wholeOf("b")]).toContainEqual(filesIn(output));
    expect(readdirSync(output)).toEqual(["dev"]);
  }, 60_000);
});

/** Mounts a file system of its own at a folder; says why it cannot. */
function mountAt(target: string, options: string): string | undefined {
  mkdirSync(target, { recursive: true });
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", target], {
    encoding: "utf8",
  });
  if (status === 0) mounted.push(target);
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

const withoutMount = mountAt(join(folder, "probe"), "size=64k");

describe.skipIf(withoutMount)(
  `a disk of its own${withoutMount ? ` (not run: tmpfs cannot be mounted here: ${withoutMount})` : ""}`,
  () => {
    test("that is full, a hundred times at another size: nothing is half written", () => {
      const output = join(folder, "full");
      expect(mountAt(output, "size=4k")).toBeUndefined();
      for (let size = 1; size <= 100; size++) {
        // All sizes up to a page for each file, with many in the beginning.
        const kilobytes = 4 * Math.ceil((400 * size ** 2) / 10_000);
        expect(spawnSync("mount", ["-o", `remount,size=${kilobytes}k`, output]).status).toBe(0);
        const { status, stderr } = render(output, "a");
        expect([kilobytes, status, filesIn(output)]).toEqual([kilobytes, 2, undefined]);
        expect(stderr).toContain("the output cannot be written: ENOSPC");
        expect(readdirSync(output)).toEqual([]);
      }
    }, 120_000);

    test("that fills up: the earlier output stays", () => {
      const output = join(folder, "fills");
      // Room for one content, not for two.
      expect(mountAt(output, "size=2500k")).toBeUndefined();
      expect(render(output, "a").status).toBe(0);
      expect(render(output, "b").status).toBe(2);
      expect(filesIn(output)).toEqual(wholeOf("a"));
      expect(readdirSync(output)).toEqual(["dev"]);
    });

    test("that is read-only: the earlier output stays, and the message says why", () => {
      const output = join(folder, "read-only");
      expect(mountAt(output, "size=4m")).toBeUndefined();
      expect(render(output, "a").status).toBe(0);
      expect(spawnSync("mount", ["-o", "remount,ro", output]).status).toBe(0);
      const { status, stderr } = render(output, "b");
      expect(status).toBe(2);
      expect(stderr).toContain("the output cannot be written: EROFS");
      expect(filesIn(output)).toEqual(wholeOf("a"));
    });
  },
);
