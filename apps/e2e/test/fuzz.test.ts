import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { fuzzTarget, targets } from "../fuzz/fuzzing.ts";
import { readInputs } from "../fuzz/inputs.ts";

const work = mkdtempSync(join(tmpdir(), "fuzz-"));
afterAll(() => rmSync(work, { recursive: true }));
const planted = fileURLToPath(new URL("planted", import.meta.url));

const run = async (name: string) => {
  const outcome = await fuzzTarget(name, {
    targets: planted,
    work,
    extent: { seconds: 60 },
    timeout: name === "hangs" ? 2 : 60,
  });
  return { ...outcome, saved: readdirSync(join(outcome.folder, "findings")) };
};

describe("what is wrong on purpose is found, said, and its input saved", () => {
  const table: [string, { says: string; saved: RegExp }][] = [
    ["throws", { says: "TypeError: planted", saved: /^crash-/ }],
    ["guarded", { says: "TypeError: planted", saved: /^crash-/ }],
    ["pollutes", { says: "Map.prototype was changed", saved: /^crash-/ }],
    ["varies", { says: "the same input gives another result", saved: /^crash-/ }],
    ["hangs", { says: "libFuzzer: timeout", saved: /^timeout-/ }],
    ["fills-memory", { says: "libFuzzer: out-of-memory", saved: /^oom-/ }],
  ];
  test.each(table)("%s", async (name, want) => {
    const { kind, report, saved } = await run(name);
    expect(report).toContain(want.says);
    expect([kind, saved]).toEqual(["found", [expect.stringMatching(want.saved)]]);
  });
});

test("a target that runs no code of ours proves nothing", async () => {
  const { kind, report } = await fuzzTarget("unread", { targets: planted, work, extent: { seconds: 1 } });
  expect([kind, report]).toEqual(["found", expect.stringContaining("nothing was proved")]);
});

test("a machine that the fuzzer does not run on is named, and nothing passes there", async () => {
  const elsewhere = "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'elsewhere' })";
  const node = ["--import", elsewhere];
  const { kind, report } = await fuzzTarget("sound", {
    targets: planted,
    work,
    extent: { seconds: 1 },
    node,
  });
  expect([kind, report]).toEqual(["not run", expect.stringMatching(/NOT RUN.*\n {2}fix: /)]);
});

test("a sound target passes, and says how far it came", async () => {
  const { kind, report } = await fuzzTarget("sound", { targets: planted, work, extent: { seconds: 1 } });
  expect([kind, report]).toEqual([
    "passed",
    expect.stringMatching(/^fuzz: sound: \d+ inputs, .* [1-9]\d* edges/),
  ]);
});

test("a number of inputs is the same inputs each time", async () => {
  const reports = await Promise.all(
    ["one", "other"].map(async (name) => {
      const fuzzing = { targets: planted, work: join(work, name), extent: { inputs: 5000 } };
      return (await fuzzTarget("sound", fuzzing)).report;
    }),
  );
  expect(reports).toEqual([reports[0], expect.stringMatching(/^fuzz: sound: 5000 inputs/)]);
});

test.each(targets)("%s has committed inputs", (name) => {
  expect(readInputs(name).length).toBeGreaterThan(0);
});
