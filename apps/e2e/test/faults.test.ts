import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

// The built command, as a process that the system may end at any moment.
const command = fileURLToPath(new URL("../../render/dist/main.js", import.meta.url));
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
});

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
      let kills = 0;
      for (let round = 0; round < 100; round++) {
        await renderKilled(output, round % 2 === 0 ? "a" : "b", Math.random() * longest);
        const files = filesIn(output);
        if (files) expect(whole).toContainEqual(files);
        kills += existsSync(output) && readdirSync(output).some((name) => name.startsWith(".")) ? 1 : 0;
      }
      expect(render(output, "a")).toEqual({ status: 0, stderr: "" });
      expect(filesIn(output)).toEqual(whole[0]);
      expect(readdirSync(output)).toEqual(["dev"]);
      return kills;
    });
    const left = await Promise.all(lanes);
    // Some kills must have come while files were being written, or this has shown nothing.
    expect(left.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  }, 300_000);
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
    test.each(["100k", "500k", "1500k"])("that is full at %s: nothing is half written", (size) => {
      const output = join(folder, `full-${size}`);
      expect(mountAt(output, `size=${size}`)).toBeUndefined();
      const { status, stderr } = render(output, "a");
      expect([status, filesIn(output)]).toEqual([2, undefined]);
      expect(stderr).toContain("the output cannot be written: ENOSPC");
      expect(readdirSync(output)).toEqual([]);
    });

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
