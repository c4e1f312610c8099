import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { atlasRender } from "./command.ts";

const manifests = fileURLToPath(new URL("../../../packages/manifests", import.meta.url));

const render = (folder: string): string =>
  atlasRender("render", "dev", "--environments", join(folder, "src/overlays"), "--output", "-").stdout;

test("the version stands in one place, and changing it there changes the rendered image", () => {
  // Beside the original, where imports find the same packages.
  const copy = mkdtempSync(join(manifests, ".version-"));
  try {
    cpSync(join(manifests, "src"), join(copy, "src"), { recursive: true });
    symlinkSync(join(manifests, "node_modules"), join(copy, "node_modules"));
    const facts = join(copy, "src/operator.ts");
    const text = readFileSync(facts, "utf8");
    const [, version = ""] = /version: "([^"]+)"/.exec(text) ?? [];
    expect(text.split(version)).toHaveLength(2);
    writeFileSync(facts, text.replace(version, "v9.9.9"));
    const [before, after] = [render(manifests), render(copy)];
    expect(before).toContain(`:${version}@sha256:`);
    expect(after).toContain(":v9.9.9@sha256:");
    expect(after.replace("v9.9.9", version)).toBe(before);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
