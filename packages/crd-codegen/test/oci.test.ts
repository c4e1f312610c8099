import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { dirname, join } from "node:path";
import { digestIn, startRegistry, type Holdings, type Registry } from "@atlas/download/test-registry";
import { endless } from "@atlas/download/test-server";
import { temporaryFolder } from "@atlas/testing";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSources } from "../src/sources/sources.ts";
import { shopCrd } from "./fixtures.ts";

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const chartType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
const command = join(import.meta.dirname, "../src/main.ts");

let folder = "";
let registry: Registry | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => registry?.close());

/** A file that a registry has, as a manifest describes it. */
interface Layer {
  readonly bytes: string | Uint8Array;
  readonly mediaType: string;
  readonly title?: string;
  readonly size?: number;
  readonly digest?: string;
}

function packed(files: Readonly<Record<string, string>>, gzip = true): Buffer {
  const at = join(folder, "packed");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), content);
  }
  const same = { portable: true, mtime: new Date(0) };
  create({ file: join(folder, "a.tar"), gzip, sync: true, cwd: at, ...same }, Object.keys(files));
  return readFileSync(join(folder, "a.tar"));
}

const chart = (crd = shopCrd): Layer => ({
  bytes: packed({
    "c/Chart.yaml": "name: c",
    "c/crds/a.yaml": crd,
    "c/templates/b.yaml": "{{ kind: CustomResourceDefinition",
  }),
  mediaType: chartType,
});

const manifestOf = (...layers: Layer[]): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: "application/vnd.oci.empty.v1+json", digest: digestIn("{}"), size: 2 },
    layers: layers.map(({ bytes, mediaType, title, size, digest }) => ({
      mediaType,
      digest: digest ?? digestIn(bytes),
      size: size ?? Buffer.byteLength(bytes),
      ...(title !== undefined && { annotations: { "org.opencontainers.image.title": title } }),
    })),
  });

const holding = (...layers: Layer[]): Holdings => ({
  manifests: { "owner/crds:1.0": manifestOf(...layers) },
  blobs: Object.fromEntries(layers.map(({ bytes, digest }) => [digest ?? digestIn(bytes), bytes])),
  type: manifestType,
});

async function started(holdings: Holdings, reference = "owner/crds:1.0"): Promise<string> {
  registry = await startRegistry(holdings);
  return `oci://${registry.host}/${reference}`;
}

const readTexts = (source: string, bytes = 1_000_000) =>
  readSources([source], { within: { milliseconds: 5_000, bytes } });
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const refusal = async (source: string): Promise<string> => {
  const read = await readTexts(source).catch(messageOf);
  return typeof read === "string" ? read : "nothing was refused";
};

const loginPage: RequestListener = (_request, response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<title>Log in</title>");
const toPlainText: RequestListener = (_request, response) =>
  void response.writeHead(307, { location: "http://127.0.0.2:1/v2/?token=1" }).end();

describe("an artifact in a registry", () => {
  const table: [name: string, layers: () => Layer[], files: string[]][] = [
    ["a Helm chart", () => [chart()], ["c/crds/a.yaml"]],
    [
      "a Helm chart beside its signature",
      () => [{ bytes: "-----", mediaType: "application/vnd.cncf.helm.chart.provenance.v1.prov" }, chart()],
      ["c/crds/a.yaml"],
    ],
    [
      "what Flux has pushed",
      () => [
        {
          bytes: packed({ "crds.yaml": shopCrd }),
          mediaType: "application/vnd.cncf.flux.content.v1.tar+gzip",
        },
      ],
      ["crds.yaml"],
    ],
    [
      "an image, as bundles of operators are",
      () => [
        {
          bytes: packed({ "manifests/shop.yaml": shopCrd }),
          mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip",
        },
      ],
      ["manifests/shop.yaml"],
    ],
    [
      "an archive that is not packed",
      () => [
        {
          bytes: packed({ "crds.yaml": shopCrd }, false),
          mediaType: "application/vnd.oci.image.layer.v1.tar",
        },
      ],
      ["crds.yaml"],
    ],
    [
      "a file that oras has pushed",
      () => [
        { bytes: shopCrd, mediaType: "application/vnd.oci.image.layer.v1.tar", title: "deploy/shop.yaml" },
      ],
      ["deploy/shop.yaml"],
    ],
    ["a layer of YAML", () => [{ bytes: shopCrd, mediaType: "application/yaml" }], [digestIn(shopCrd)]],
  ];
  test.each(table)("is read where it is %s", async (_name, layers, files) => {
    const held = layers();
    const source = await started(holding(...held));
    const [read] = await readTexts(source);
    expect(read).toMatchObject({
      from: source,
      digest: digestIn(manifestOf(...held)),
      texts: files.map((file) => ({ file: `${source}/${file}`, text: shopCrd })),
    });
  });

  test("is read by its digest, with a tag beside it or not, and with an anonymous token", async () => {
    const held = holding(chart());
    const digest = digestIn(manifestOf(chart()));
    const source = await started({ ...held, token: "asked" });
    const byDigest = source.replace(":1.0", `@${digest}`);
    for (const each of [source, `${source}@${digest}`, byDigest])
      expect(await readTexts(each)).toMatchObject([{ digest }]);
  });

  test("is not read by a tag that leads to another digest than is said", async () => {
    const source = await started(holding(chart()));
    const wanted = `sha256:${"0".repeat(64)}`;
    expect(await refusal(`${source}@${wanted}`)).toContain(
      `: cannot be read: what it sent has the digest ${digestIn(manifestOf(chart()))}, not ${wanted}`,
    );
  });

  const faults: [name: string, holdings: () => Holdings, says: string][] = [
    ["a login page in place of the manifest", () => ({ manifests: {}, instead: loginPage }), "but text/html"],
    [
      "a login page in place of a layer",
      () => ({ ...holding(chart()), insteadOfBlobs: loginPage }),
      ": it has 21 bytes, but the manifest says ",
    ],
    [
      "a layer of the right size and another digest",
      () => holding({ ...chart(), digest: digestIn("other") }),
      `${digestIn("other")}: what it sent has the digest sha256:`,
    ],
    ["a layer of another size", () => holding({ ...chart(), size: 12 }), "but the manifest says 12"],
    ["a layer that has no end", () => ({ ...holding(chart()), insteadOfBlobs: endless() }), "is larger than"],
    ["a manifest that has no end", () => ({ manifests: {}, instead: endless() }), "is larger than"],
    [
      "a redirect of the manifest to plain text",
      () => ({ manifests: {}, instead: toPlainText }),
      "it redirects elsewhere, and http://127.0.0.2:1/v2/?… is plain text",
    ],
    [
      "a redirect of a layer to plain text",
      () => ({ ...holding(chart()), insteadOfBlobs: toPlainText }),
      "it redirects elsewhere, and http://127.0.0.2:1/v2/?… is plain text",
    ],
    [
      "a stated digest that is not the manifest's",
      () => ({ ...holding(chart()), stated: digestIn("other") }),
      "it says the digest is sha256:",
    ],
    [
      "layers that are too many bytes",
      () => holding({ ...chart(), size: 600_000 }, { ...chart(), size: 600_000 }),
      "its layers have 1200000 bytes, of 1000000 that are taken",
    ],
    [
      "an archive that is none",
      () => holding({ bytes: "no archive", mediaType: chartType }),
      "it is not a whole archive",
    ],
    [
      "no CRD",
      () => holding({ bytes: "kind: Pod", mediaType: "application/yaml" }),
      "no file in it holds a CustomResourceDefinition",
    ],
    [
      "nothing that CRDs could be in",
      () => holding({ bytes: "x", mediaType: "application/wasm" }),
      "it has no layer of YAML, JSON or an archive (tar, tar+gzip), but: application/wasm",
    ],
    [
      "a digest of an algorithm that is not safe",
      () => holding({ ...chart(), digest: "md5:0" }),
      "a part whose digest is not of sha256 or sha512",
    ],
    [
      "parts that are none",
      () => ({ manifests: { "owner/crds:1.0": '{"schemaVersion":2,"layers":[1]}' }, type: manifestType }),
      "a part without a mediaType, a digest and a size",
    ],
    [
      "an index",
      () => ({
        manifests: {
          "owner/crds:1.0": `{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"${digestIn("a")}","size":1}]}`,
        },
      }),
      `it is an index of several artifacts; name the digest of one: ${digestIn("a")}`,
    ],
    ["no such tag", () => ({ manifests: {} }), "cannot be read: 404 Not Found"],
    ["no token", () => ({ manifests: {}, token: "refused" }), "no token from http://"],
  ];
  test.each(faults)("is not read where there is %s", async (_name, holdings, says) => {
    const source = await started(holdings());
    const said = await refusal(source);
    expect(said).toContain(`${source}: cannot be read: `);
    expect(said).toContain(says);
    expect(said).toContain("pull it with helm or oras, and give the folder");
  });

  test("sends no token to where it redirects to", async () => {
    const asked: (string | undefined)[] = [];
    const source = await started({
      ...holding(chart()),
      token: "asked",
      insteadOfBlobs: (request, response) => {
        asked.push(request.headers.authorization);
        toPlainText(request, response);
      },
    });
    expect(await refusal(source)).toContain("it redirects elsewhere");
    expect(asked).toEqual(["Bearer for-repository:owner/crds:pull"]);
  });

  test.each([
    "oci://ghcr.io/owner/crds",
    "oci://ghcr.io",
    "oci://ghcr.io/Owner/crds:1.0",
    "oci://ghcr.io/owner/../crds:1.0",
    "oci://ghcr.io/owner/crds:1.0?token=secret",
    "oci://ghcr.io/owner/crds@sha256:12",
    "oci://me:secret@ghcr.io/owner/crds:1.0",
    "oci://me:secret/x@ghcr.io/owner/crds:1.0",
  ])("is not asked for as %s, and no secret is shown", async (source) => {
    const said = await refusal(source);
    expect(said).toContain("it is not of the form oci://HOST/REPOSITORY:TAG or oci://HOST/REPOSITORY@DIGEST");
    expect(said).not.toContain("secret");
  });
});

/** In a process of its own, while the registry answers in this one. */
const run = (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const script = ["--conditions=@atlas/source", command, ...args];
    execFile(process.execPath, script, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const shopConfig = (): string => readFileSync(join(folder, "shop/crd-codegen.yaml"), "utf8");

test("a package of an artifact is pinned by its digest, checked, and updated when the tag leads to another", async () => {
  const manifests: Record<string, string> = { "owner/crds:1.0": manifestOf(chart()) };
  const blobs: Record<string, string | Uint8Array> = { ...holding(chart()).blobs };
  const source = await started({ manifests, blobs, type: manifestType });
  expect(await run(source, "--output", "shop")).toMatchObject({ status: 0, stdout: "" });
  expect(shopConfig()).toContain(
    `  - from: ${source}\n    digest: ${digestIn(manifestOf(chart()))}\n    sha256: `,
  );
  expect(await run("check", "shop")).toEqual({ status: 0, stdout: "", stderr: "" });

  const next = chart(shopCrd.replace("labels:", "tags:"));
  manifests["owner/crds:1.0"] = manifestOf(next);
  Object.assign(blobs, holding(next).blobs);
  const stale = await run("check", "shop");
  expect([stale.status, stale.stdout]).toEqual([
    1,
    expect.stringContaining(`stale: ${source} is not what shop/crd-codegen.yaml has the hash of\n`),
  ]);
  expect((await run("update", "shop")).stdout).toContain("Together: a major change.");
  expect(shopConfig()).toContain(`digest: ${digestIn(manifestOf(next))}\n`);
  expect(await run("check", "shop")).toEqual({ status: 0, stdout: "", stderr: "" });
}, 60_000);
