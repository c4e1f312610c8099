import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const lacks = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args).error !== undefined && !process.env["CI"];
const isWithoutTools = lacks("go", "version") || lacks("kubectl", "version", "--client");

/** Where compose differs from Kustomize on purpose: rows of the table in its README. */
const otherOnPurpose = [
  "TestUnrelatedNameReferenceReplacement_Issue4254_Issue3418",
  "TestValidatingWebhookCombinedNamespaces",
];

// In CI it has to run.
describe.skipIf(isWithoutTools)("Kustomize's own cases, which need Go and kubectl", () => {
  test("are imported as equal or refused by name, three of four at the least as equal", () => {
    const script = fileURLToPath(new URL("../src/kustomize/kustomize-share.ts", import.meta.url));
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--conditions=@atlas/source", script], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    expect(status, stderr).toBe(0);
    const outcomes = stdout.split("\n").map((line) => line.split("\t") as [string, string?, string?]);
    const of = (kind: string) => outcomes.filter(([each]) => each === kind);
    expect(of("fault")).toEqual([]);
    const names = of("different").map(([, name = ""]) => name.replace(/^\d+-/, ""));
    expect(otherOnPurpose).toEqual(expect.arrayContaining([...new Set(names)]));
    for (const [, name, reasons = ""] of of("refused")) expect(reasons, name).not.toBe("");
    const [equal, refused] = [of("equal").length, of("refused").length];
    // There are as many as there were: a module without its tests proves nothing.
    expect(equal + refused).toBeGreaterThan(200);
    expect(equal / (equal + refused + names.length)).toBeGreaterThanOrEqual(0.75);
  }, 900_000);
});
