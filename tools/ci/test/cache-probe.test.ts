import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { exportsFor, probeCache, remoteCache } from "../src/cache-probe.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers with these codes, or not at all. */
async function answering(codes: { GET?: number; PUT?: number }): Promise<string> {
  server = createServer((request, response) => {
    const code = codes[request.method as "GET" | "PUT"];
    request.resume();
    if (code !== undefined) response.writeHead(code, { location: "/login" }).end("what it says");
  });
  const listening = server;
  await new Promise<void>((resolve) => {
    listening.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function probe(url: string, access: "read" | "write", { token = "secret", timeout = 60_000 } = {}) {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const env = { [remoteCache.server]: url, [remoteCache.token]: token };
  const lines = exportsFor(await probeCache(env, { access, timeout }));
  const said = stderr.mock.calls.join("");
  stderr.mockRestore();
  return { lines, said };
}

test.each([
  "http://me:hidden@127.0.0.1:1/cache?key=hidden",
  "http://127.0.0.1:1/cache?key=hidden",
  "me:hidden@127.0.0.1",
  "hidden",
])("says nothing secret of the URL %s", async (url) => {
  const { lines, said } = await probe(url, "read");
  expect(said).toContain("the local cache is used");
  expect(said).not.toContain("hidden");
  expect(lines).toBe(degraded);
});

const degraded = `${remoteCache.server}=\n`;

test.each<[string, { GET?: number; PUT?: number }, "read" | "write", string]>([
  ["takes reads and writes", { GET: 404, PUT: 200 }, "write", "works, to read and write"],
  ["has the entry of an earlier probe", { GET: 404, PUT: 409 }, "write", "works, to read and write"],
  ["takes reads", { GET: 404, PUT: 403 }, "write", "works, to read"],
  ["takes reads of who may read", { GET: 404, PUT: 403 }, "read", "works, to read"],
])("a cache that %s is used", async (_name, codes, access, want) => {
  const url = await answering(codes);
  const { lines, said } = await probe(url, access);
  expect(lines).toBe(`${remoteCache.server}=${url}\n${remoteCache.token}=secret\n`);
  expect(said).toContain(want);
  expect(said).not.toContain("secret");
});

test.each<[string, { GET?: number; PUT?: number }, "read" | "write", string]>([
  ["does not know the token", { GET: 401, PUT: 401 }, "write", "answered with 401"],
  ["refuses to write as if the token were unknown", { GET: 404, PUT: 401 }, "write", "answered with 401"],
  ["breaks", { GET: 500, PUT: 500 }, "write", "answered with 500"],
  ["breaks as it writes", { GET: 404, PUT: 507 }, "write", "answered with 507"],
  ["is another server", { GET: 200, PUT: 200 }, "write", "answered with 200"],
  ["leads to a login", { GET: 302, PUT: 302 }, "write", "answered with 302"],
  ["does not answer", {}, "write", "no answer in 0.3 s"],
  ["does not answer as it writes", { GET: 404 }, "write", "no answer in 0.3 s"],
  ["lets write who may only read", { GET: 404, PUT: 200 }, "read", "may only read"],
])("a cache that %s gives way to the local one", async (_name, codes, access, want) => {
  const timeout = codes.GET && codes.PUT ? 60_000 : 300;
  const { lines, said } = await probe(await answering(codes), access, { timeout });
  expect(lines).toBe(degraded);
  expect(said).toContain(want);
});

test.each<[string, string, string]>([
  ["whose address is none", "not an address", "spaces or control characters"],
  ["whose address is not a URL", "cache", "Invalid URL"],
  ["that is not set", "", "no remote cache is set"],
])("a cache %s gives way to the local one", async (_name, url, want) => {
  const { lines, said } = await probe(url, "write");
  expect(lines).toBe(degraded);
  expect(said).toContain(want);
});

test("a cache that is down gives way to the local one", async () => {
  const url = await answering({});
  await new Promise((resolve) => server?.close(resolve));
  const { lines, said } = await probe(url, "write");
  expect(lines).toBe(degraded);
  expect(said).toContain("ECONNREFUSED");
});

test("a token exports nothing but itself", async () => {
  const { lines, said } = await probe(await answering({ GET: 404, PUT: 200 }), "write", {
    token: "a\nPATH=/evil",
  });
  expect(lines).toBe(degraded);
  expect(said).toContain("the token has spaces or control characters");
});
