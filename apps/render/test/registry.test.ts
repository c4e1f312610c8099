import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { resolveDigest } from "../src/registry.ts";
import { startRegistry, type Holdings, type Registry } from "./registry-server.ts";

const index = '{"schemaVersion":2,"manifests":[]}';
const digest = `sha256:${createHash("sha256").update(index).digest("hex")}`;
const tags = ["v1.2.3", "1.2.3"];

let registry: Registry | undefined;
afterEach(() => registry?.close());

async function resolve(holdings: Holdings): Promise<{ tag: string; digest: string } | string> {
  registry = await startRegistry(holdings);
  return resolveDigest(`${registry.host}/mirror/operator`, tags).catch(messageOf);
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

describe("the digest of a tag", () => {
  const table: [string, Holdings, string][] = [
    ["as the registry states it", { manifests: { "mirror/operator:v1.2.3": index } }, "v1.2.3"],
    ["of the tag without a v", { manifests: { "mirror/operator:1.2.3": index } }, "1.2.3"],
    ["with a token", { manifests: { "mirror/operator:1.2.3": index }, token: "asked" }, "1.2.3"],
    [
      "of the answer, where the registry states none",
      { manifests: { "mirror/operator:v1.2.3": index }, stated: null },
      "v1.2.3",
    ],
  ];
  test.each(table)("%s", async (_name, holdings, tag) => {
    expect(await resolve(holdings)).toEqual({ tag, digest });
  });

  test("asks for a token only when it is told to", async () => {
    await resolve({ manifests: { "mirror/operator:v1.2.3": index } });
    expect(registry?.requests).toEqual(["GET /v2/mirror/operator/manifests/v1.2.3"]);
  });

  const failures: [string, Holdings, readonly string[]][] = [
    ["no such tag", { manifests: {} }, ["v1.2.3: 404", "/1.2.3: 404"]],
    ["no token", { manifests: {}, token: "refused" }, ["no token from http://", "403"]],
    [
      "a digest that is not that of the answer",
      { manifests: { "mirror/operator:v1.2.3": index }, stated: `sha256:${"0".repeat(64)}` },
      ["it says the digest is sha256:000", `but what it sent has ${digest}`],
    ],
    [
      "an answer that has no end",
      { manifests: { "mirror/operator:v1.2.3": "x".repeat(5 * 1024 * 1024) }, stated: null },
      ["larger than 4194304 bytes"],
    ],
  ];
  test.each(failures)("is not given: %s", async (_name, holdings, says) => {
    const said = await resolve(holdings);
    for (const text of says) expect(said).toContain(text);
  });

  test("is not given by a server that is not there", async () => {
    registry = await startRegistry({ manifests: {} });
    const { host } = registry;
    await registry.close();
    const said = await resolveDigest(`${host}/mirror/operator`, tags).catch(messageOf);
    expect(said).toContain(`http://${host}/v2/mirror/operator/manifests/v1.2.3: it cannot be reached`);
    expect(said).toContain("ECONNREFUSED");
  });
});
