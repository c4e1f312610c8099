import type { RequestListener } from "node:http";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { afterEach, expect, test } from "vitest";
import { endless, startServer, type TestServer } from "@atlas/download/test-server";
import { readInputs } from "../src/sources/sources.ts";
import { formatProblem, InputError } from "../src/problem.ts";
import { shopCrd } from "./fixtures.ts";

const limits = { milliseconds: 20_000, bytes: 1_000_000 };
const fix =
  "Give a URL that answers with CRDs in YAML and without a detour, or download it and give the file";

let server: TestServer | undefined;
afterEach(() => server?.close());

const problemsOf = (inputs: readonly string[], within = limits): Promise<readonly string[]> =>
  readInputs(inputs, { within }).then(
    () => [],
    (error: unknown) => {
      if (error instanceof InputError) return error.problems.map(formatProblem);
      throw error;
    },
  );

test("reads files and URLs, and calls a URL by what is not secret of it", async () => {
  server = await startServer((_request, response) => response.end(shopCrd));
  const folder = temporaryFolder();
  const file = join(folder, "crd.yaml");
  writeFileSync(file, shopCrd);
  const url = `${server.url.replace("//", "//me:secret@").replace("http", "HTTP")}/crd.yaml?signature=secret`;
  expect(await readInputs([file, url])).toEqual([
    { file, text: shopCrd },
    { file: `${server.url}/crd.yaml?…`, text: shopCrd },
  ]);
});

test("reads the files of a folder, and the folders whose names are like those of files", async () => {
  const folder = temporaryFolder();
  const inner = join(folder, "shop.yaml");
  mkdirSync(inner);
  writeFileSync(join(inner, "crd.yaml"), shopCrd);
  expect(await readInputs([folder])).toEqual([{ file: join(inner, "crd.yaml"), text: shopCrd }]);
});

const failures: [string, RequestListener, string][] = [
  [
    "is not there",
    (_request, response) => response.writeHead(404).end(),
    "the server answered 404 Not Found",
  ],
  ["never ends", endless(), "the answer is larger than 1000000 bytes"],
  ["comes a byte at a time", endless(20), "no whole answer within 0.4 seconds"],
  ["never begins", () => undefined, "no whole answer within 0.4 seconds"],
  [
    "leads elsewhere",
    (_request, response) => response.writeHead(302, { location: "http://127.0.0.2:1/?sig=secret" }).end(),
    "it redirects elsewhere, and http://127.0.0.2:1/?… is plain text",
  ],
];
test.each(failures)("a URL that %s is refused, without what is secret of it", async (_name, answer, want) => {
  server = await startServer(answer);
  const url = `${server.url.replace("//", "//me:secret@")}/crd.yaml?sig=secret`;
  const milliseconds = want.includes("0.4") ? 400 : limits.milliseconds;
  expect(await problemsOf([url], { ...limits, milliseconds })).toEqual([
    `${server.url}/crd.yaml?…: cannot be read: ${want}. ${fix} [source-unreadable]`,
  ]);
});

test("says of all that cannot be read why", async () => {
  expect(await problemsOf(["http://secret:secret@[/", "nowhere.yaml"])).toEqual([
    `a malformed URL: cannot be read: it is not a valid URL. ${fix} [source-unreadable]`,
    expect.stringMatching(/^nowhere\.yaml: cannot be read: ENOENT/),
  ]);
});
