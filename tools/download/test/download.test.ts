import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import {
  download,
  isLoopback,
  printedSource,
  printedUrl,
  refusalOfStep,
  type Limits,
} from "../src/download.ts";
import { endless, startServer, type TestServer } from "../src/test-server.ts";

const limits: Limits = { milliseconds: 20_000, bytes: 100_000 };
const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(answer: RequestListener, address?: string): Promise<TestServer> {
  const server = await startServer(answer, address);
  servers.push(server);
  return server;
}

const asked = (url: string, within: Partial<Limits> = {}, headers: Record<string, string> = {}) =>
  download(new URL(url), headers, { ...limits, ...within }).then(
    ({ statusLine, body }) => `${statusLine}: ${Buffer.from(body).toString()}`,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
const redirects =
  (location: string, status = 302): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { location }).end("moved");

describe("an answer", () => {
  test.each([
    [200, "200 OK: body"],
    [404, "404 Not Found: body"],
    [401, "401 Unauthorized: body"],
  ])("with status %i comes as it is", async (status, want) => {
    const { url } = await started((_request, response) => response.writeHead(status).end("body"));
    expect(await asked(url)).toBe(want);
  });

  const failures: [string, RequestListener, Partial<Limits>, string][] = [
    ["never begins", () => undefined, { milliseconds: 200 }, "no whole answer within 0.2 seconds"],
    ["comes a byte at a time", endless(20), { milliseconds: 300 }, "no whole answer within 0.3 seconds"],
    ["never ends", endless(), {}, "the answer is larger than 100000 bytes"],
    [
      "is small until it is unpacked",
      (_request, response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(10_000_000))),
      {},
      "the answer is larger than 100000 bytes",
    ],
    ["breaks off", (_request, response) => response.socket?.destroy(), {}, "it cannot be reached: "],
    ["redirects for ever", redirects("/again"), {}, "it redirects more than 5 times"],
    ["redirects to no URL", redirects("http://[/"), {}, "it redirects to what is not a URL"],
    ["redirects to a file", redirects("file:///etc/passwd"), {}, "it redirects elsewhere, and file:… is no"],
    [
      "redirects slowly, each time within the limit",
      (_request, response) => setTimeout(() => response.writeHead(302, { location: "/" }).end(), 150),
      { milliseconds: 300 },
      "no whole answer within 0.3 seconds",
    ],
  ];
  test.each(failures)("that %s is refused", async (_name, answer, within, want) => {
    const { url } = await started(answer);
    expect(await asked(url, within)).toContain(`DownloadError: ${want}`);
  });

  test("of a server that is not there says why", async () => {
    const server = await started(() => undefined);
    await server.close();
    expect(await asked(server.url)).toContain("it cannot be reached: connect ECONNREFUSED 127.0.0.1");
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])("with %i within an origin is followed", async (status) => {
    const { url, requests } = await started((request, response) =>
      request.url === "/a" ? redirects("b", status)(request, response) : void response.end("here"),
    );
    expect(await asked(`${url}/a`, {}, { authorization: "Bearer x" })).toBe("200 OK: here");
    expect(requests.map(({ authorization }) => authorization)).toEqual(["Bearer x", "Bearer x"]);
  });

  test.each(["127.0.0.1", "127.0.0.2"])(
    "to another server on this machine, at %s, is not",
    async (address) => {
      const inner = await started((_request, response) => response.end("secret"), address);
      const { url } = await started(redirects(`${inner.url}/x?signature=1`));
      const port = new URL(inner.url).host;
      expect(await asked(url)).toBe(
        `DownloadError: it redirects elsewhere, and http://${port}/x?… is plain text`,
      );
      expect(inner.requests).toEqual([]);
    },
  );

  const steps: [string, string, string | undefined][] = [
    ["https://a.example/x", "https://a.example/y", undefined],
    ["https://a.example/x", "https://b.example/y", undefined],
    ["http://a.example/x", "https://a.example/y", undefined],
    ["http://a.example/x", "http://a.example/y", undefined],
    ["https://a.example/x", "http://a.example/x", "http://a.example/x is plain text"],
    ["http://a.example/x", "http://b.example/x", "http://b.example/x is plain text"],
    ["http://127.0.0.1:1/x", "http://127.0.0.1:2/x", "http://127.0.0.1:2/x is plain text"],
    ["https://a.example/x", "https://127.9.9.9/x", "https://127.9.9.9/x is on this machine"],
    ["https://a.example/x", "https://localhost/x", "https://localhost/x is on this machine"],
    ["https://a.example/x", "https://[::1]/x", "https://[::1]/x is on this machine"],
    ["https://a.example/x", "data:,x", "data:… is not an https URL"],
    ["data:,x", "data:,x", "data:… is not an https URL"],
  ];
  test.each(steps)("from %s to %s: %s", (from, to, want) => {
    expect(refusalOfStep(new URL(from), new URL(to))).toBe(want);
  });
});

describe("a URL's user and password", () => {
  test("are sent, and not written", async () => {
    const { url, requests } = await started((_request, response) => response.end("in"));
    expect(await asked(url.replace("//", "//me:s%40cret%@"))).toBe("200 OK: in");
    expect(requests.map(({ authorization }) => authorization)).toEqual([
      `Basic ${Buffer.from("me:s%40cret%").toString("base64")}`,
    ]);
    expect(await asked(url.replace("//", "//me:s%40cret@"))).toBe("200 OK: in");
    expect(requests.at(-1)?.authorization).toBe(`Basic ${Buffer.from("me:s@cret").toString("base64")}`);
  });

  test.each([
    ["https://me:secret@example.com/a.yaml?sig=secret#secret", "https://example.com/a.yaml?…"],
    ["https://example.com/a.yaml", "https://example.com/a.yaml"],
    ["https://secret@example.com:8443", "https://example.com:8443/"],
    ["secret:secret@example.com", "secret:…"],
    ["https://me:secret@exa mple/", "a malformed URL"],
  ])("are not printed: %s", (url, want) => {
    expect(printedUrl(url)).toBe(want);
  });

  test("are not printed, whatever they are", () => {
    const secret = fc.stringMatching(/^SECRET[\w.~!$&'()*+,;=%-]*$/);
    fc.assert(
      fc.property(secret, secret, secret, (user, password, query) => {
        expect(printedUrl(`https://${user}:${password}@a.example/x?${query}#${query}`)).not.toContain(
          "SECRET",
        );
      }),
    );
  });
});

describe("this machine", () => {
  test.each([
    ["http://localhost/", true],
    ["http://127.0.0.1:5000/", true],
    ["http://127.1/", true],
    ["http://0x7f.0.0.1/", true],
    ["http://2130706433/", true],
    ["http://0.0.0.0/", true],
    ["http://[::1]:5000/", true],
    ["http://[::ffff:127.0.0.1]/", true],
    ["http://[::]/", true],
    ["http://127.evil.example/", false],
    ["http://127.0.0.1.evil.example/", false],
    ["http://localhost.evil.example/", false],
    ["http://128.0.0.1/", false],
    ["http://[::2]/", false],
  ])("%s: %s", (url, want) => {
    expect(isLoopback(new URL(url))).toBe(want);
  });

  test("is every address of 127.0.0.0/8, and no name of a domain that starts like one", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.domain(), (address, domain) => {
        const inner = `127.${address.split(".").slice(1).join(".")}`;
        expect(isLoopback(new URL(`http://${inner}/`))).toBe(true);
        expect(isLoopback(new URL(`http://${inner}.${domain}/`))).toBe(false);
        expect(isLoopback(new URL(`http://127.${domain}/`))).toBe(false);
      }),
    );
  });
});

test.each([
  ["oci://ghcr.io/owner/crds:1.0", "oci://ghcr.io/owner/crds:1.0"],
  [`oci://[::1]:5000/crds@sha256:${"0".repeat(64)}`, `oci://[::1]:5000/crds@sha256:${"0".repeat(64)}`],
  ["oci://me:secret@ghcr.io/owner/crds:1.0", "oci:…"],
  ["oci://me:1234/x@ghcr.io/owner/crds:1.0", "oci:…"],
  ["oci://ghcr.io/owner/crds:1.0?sig=1f0e", "oci:…"],
])("of the artifact %s, %s is shown", (source, shown) => {
  expect(printedSource(source)).toBe(shown);
});
