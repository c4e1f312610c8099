import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { startRegistry, type Holdings, type Registry } from "@atlas/download/test-registry";
import { afterEach, describe, expect, test } from "vitest";
import { resolveDigest } from "../src/commands/upgrade/registry.ts";

const limits = { milliseconds: 20_000, bytes: 100_000 };
const index = '{"schemaVersion":2,"manifests":[]}';
const digest = `sha256:${createHash("sha256").update(index).digest("hex")}`;
const tags = ["v1.2.3", "1.2.3"];

let registry: Registry | undefined;
afterEach(() => registry?.close());

async function resolve(holdings: Holdings): Promise<{ tag: string; digest: string } | string> {
  registry = await startRegistry(holdings);
  return resolveDigest(`${registry.host}/mirror/operator`, tags, limits).catch(messageOf);
}
const html: RequestListener = (_request, response) =>
  void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<title>Log in</title>");
const ociImage = "application/vnd.oci.image.manifest.v1+json";
const held = (manifest: string, type?: string | null): Holdings => ({
  manifests: { "mirror/operator:v1.2.3": manifest },
  type,
});
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
    [
      "of a media type with a parameter",
      held(index, "application/vnd.OCI.image.index.v1+json; charset=utf-8"),
      "v1.2.3",
    ],
    ["of Docker's list", held(index, "application/vnd.docker.distribution.manifest.list.v2+json"), "v1.2.3"],
  ];
  test.each(table)("%s", async (_name, holdings, tag) => {
    expect(await resolve(holdings)).toEqual({ tag, digest });
  });

  test("asks for a token only when it is told to", async () => {
    await resolve({ manifests: { "mirror/operator:v1.2.3": index } });
    expect(registry?.requests).toEqual(["GET /v2/mirror/operator/manifests/v1.2.3"]);
  });

  const failures: [string, Holdings, readonly string[]][] = [
    ["a login page", { manifests: {}, instead: html }, ["it sent no image manifest, but text/html"]],
    [
      "a page that a redirect leads to",
      {
        manifests: {},
        instead: (request, response) =>
          request.url === "/login"
            ? html(request, response)
            : void response.writeHead(302, { location: "/login" }).end(),
      },
      ["it sent no image manifest, but text/html"],
    ],
    ["a page that says to be a manifest", held("<title>Log in</title>"), ["it is not a JSON object"]],
    ["a list", held("[]"), ["schemaVersion 2 and a list of manifests are missing"]],
    ["a number", held("2"), ["it is not a JSON object"]],
    ["JSON of no type", held(index, null), ["it sent no image manifest, but something of no type"]],
    ["JSON of another type", held(index, "application/json"), ["but application/json"]],
    ["a type that every object has", held(index, "constructor"), ["but constructor"]],
    [
      "the first version of Docker's manifests",
      held(index, "application/vnd.docker.distribution.manifest.v1+prettyjws"),
      ["but application/vnd.docker.distribution.manifest.v1+prettyjws"],
    ],
    ["an index as one image", held(index, ociImage), ["schemaVersion 2 and a list of layers are missing"]],
    ["an error", held('{"errors":[]}'), ["schemaVersion 2 and a list of manifests are missing"]],
    [
      "a manifest that says to be another",
      held(JSON.stringify({ schemaVersion: 2, mediaType: ociImage, manifests: [] })),
      [`index.v1+json that says to be "${ociImage}"`],
    ],
    [
      "a redirect to another server of this machine",
      {
        manifests: {},
        instead: (_request, response) =>
          void response.writeHead(307, { location: "http://127.0.0.2:1/v2/?token=1" }).end(),
      },
      ["it redirects elsewhere, and http://127.0.0.2:1/v2/?… is plain text"],
    ],
    ["no such tag", { manifests: {} }, ["v1.2.3: 404", "/1.2.3: 404"]],
    ["no token", { manifests: {}, token: "refused" }, ["no token from http://", "403"]],
    [
      "a digest that is not that of the answer",
      { manifests: { "mirror/operator:v1.2.3": index }, stated: `sha256:${"0".repeat(64)}` },
      ["it says the digest is sha256:000", `but what it sent has ${digest}`],
    ],
    [
      "an answer that has no end",
      { manifests: { "mirror/operator:v1.2.3": "x".repeat(200_000) }, stated: null },
      ["larger than 100000 bytes"],
    ],
  ];
  test.each(failures)("is not given: %s", async (_name, holdings, says) => {
    const said = await resolve(holdings);
    for (const text of says) expect(said).toContain(text);
  });

  test("is not given when the answer takes too long", async () => {
    registry = await startRegistry({
      manifests: {},
      instead: (_request, response) => void response.writeHead(200).write("{"),
    });
    const said = await resolveDigest(`${registry.host}/mirror/operator`, tags, {
      ...limits,
      milliseconds: 200,
    }).catch(messageOf);
    expect(said).toContain("v1.2.3: no whole answer within 0.2 seconds");
  });

  test.each(["127.0.0.1", "127.0.0.2"])(
    "is not asked for with a token of another server, at %s",
    async (address) => {
      const inner = await startRegistry({ manifests: {}, token: "asked" }, address);
      const said = await resolve({
        manifests: {},
        token: "asked",
        realm: `http://me:secret@${inner.host}/token?key=secret`,
      });
      await inner.close();
      expect(said).toContain(
        `it sends elsewhere for a token, and http://${inner.host}/token?… is plain text`,
      );
      expect(said).not.toContain("secret");
      expect(inner.requests).toEqual([]);
      expect(registry?.requests).toHaveLength(tags.length);
    },
  );

  test.each([
    "exa mple.com/a",
    "me:secret@127.0.0.1/a",
    "ghcr.io/a?b",
    "ghcr.io/a#b",
    "host:port/a",
    "ghcr.io/",
  ])("is not asked for of what is not a repository: %s", async (repository) => {
    const said = await resolveDigest(repository, tags, limits).catch(messageOf);
    expect(said).toBe(`${JSON.stringify(repository)} is not a repository of images`);
  });

  test("is asked for over https where a name only looks like an address of this machine", async () => {
    const said = await resolveDigest("127.evil.example:1/mirror/operator", tags, limits).catch(messageOf);
    expect(said).toContain(
      "https://127.evil.example:1/v2/mirror/operator/manifests/v1.2.3: it cannot be reached",
    );
    expect(said).not.toContain("http://");
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
