import { describe, expect, test } from "vitest";
import { atlasRender, configMap, environmentsOf, temporaryFolder, type Run } from "./command.ts";

const refused = JSON.stringify({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "shop", namespace: "shop" },
  spec: { ports: [{ port: 80, protocol: "TPC" }] },
});
const patched = `const shop = { apiVersion: "v1", kind: "Pod", metadata: { name: "shop", namespace: "shop" }, spec: { containers: [{ name: "a", image: "a" }] } };
export default overlay({ base: base({ resources: [shop] }), kubernetesVersion: "1.34",
  patches: [patch(shop, { spec: { priority: 3e9, os: { name: "linux" }, hostnameOverride: "a" } })],
});`;
const folder = environmentsOf({ wrong: `export default base({ resources: [${refused}] });`, patched });
const render = (...options: string[]): Run =>
  atlasRender("render", "--environments", folder, "--output", temporaryFolder(), ...options);

describe("what rendering finds, for a program", () => {
  test("as JSON: errors and warnings, each with its code, object, path and place", () => {
    const { status, stdout, stderr } = render("--findings", "json");
    expect([status, stderr]).toEqual([2, ""]);
    const found: readonly Record<string, unknown>[] = JSON.parse(stdout);
    expect(found.map(({ severity, subject, path }) => [severity, subject, path])).toEqual([
      ["warning", "patched", "spec.hostnameOverride"],
      ["error", "patched", "spec.priority"],
      ["error", "wrong", "spec.ports[0].protocol"],
    ]);
    expect(found.map(({ line, file }) => [line, String(file).endsWith("/index.ts")])).toEqual([
      [4, true],
      [4, true],
      [2, true],
    ]);
    for (const { code, object, what, fix } of found) {
      expect(object).toMatchObject({ name: "shop" });
      expect([typeof code, typeof what, typeof fix]).toEqual(["string", "string", "string"]);
    }
  });

  test("as SARIF: each result has its rule, and a place", () => {
    const { status, stdout } = render("--findings", "sarif");
    expect(status).toBe(2);
    const [{ tool, results }] = JSON.parse(stdout).runs;
    expect(tool.driver.name).toBe("atlas-render render");
    expect(results).toHaveLength(3);
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/index\.ts$/);
    }
  });

  test("as annotations of a GitHub workflow", () => {
    const { status, stdout } = render("--findings", "github");
    expect(status).toBe(2);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, line.indexOf(" ")))).toEqual([
      "::warning",
      "::error",
      "::error",
    ]);
    expect(lines.at(-1)).toMatch(
      /^::error file=.*index\.ts,line=2,col=\d+,title=[a-z-]+::wrong: Service\/shop: /,
    );
  });

  test("nothing found is an empty list, and all is written", () => {
    const right = environmentsOf({
      right: `export default base({ namespace: "a", resources: [${configMap("a", "b")}] });`,
    });
    const where = ["--environments", right, "--output", temporaryFolder()];
    const run = atlasRender("render", ...where, "--findings", "json");
    expect(run).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
  });

  test.each([
    ["--check", ["--check"]],
    ["--output -", ["--output", "-"]],
  ])("has stdout for itself: not with %s", (name, options) => {
    const { status, stderr } = render("--findings", "json", ...options);
    expect(status).toBe(2);
    expect(stderr).toContain(`--findings and ${name} contradict each other`);
  });
});
