import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { gadgetCrd } from "../../../../packages/crd-codegen/test/gadget-crd.ts";
import { gadgetSpecs } from "../../../../packages/crd-codegen/test/gadgets.ts";
import { smallCrds } from "../../../../packages/crd-codegen/test/small-crds.ts";
import { canonical } from "../../../../packages/crd-codegen/src/model/schema.ts";
import { ownNamespace, quietly, request, succeed } from "./cluster.ts";
import { removed } from "./live.ts";

/*
 * The generator's own tests hold its validators against what an API server was seen to say of some thousand objects.
 * Here one is asked again; with `--update` its answers are written down.
 */
const recorded = (name: string): string =>
  fileURLToPath(new URL(`../../../../packages/crd-codegen/test/${name}`, import.meta.url));
const head = { apiVersion: "features.example.com/v1", kind: "Gadget", metadata: { name: "g1" } };

beforeAll(async () => {
  await succeed("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", parse(gadgetCrd));
  await quietly("wait", "--for=condition=Established", "crd/gadgets.features.example.com", "--timeout=60s");
  await quietly("create", "namespace", ownNamespace);
});
afterAll(async () => {
  await removed("crd", "gadgets.features.example.com");
  await removed("namespace", ownNamespace);
});

/** The spec as the API server keeps it, or false where it refuses the object. */
async function verdict(written: object): Promise<unknown> {
  const path = `/apis/features.example.com/v1/namespaces/${ownNamespace}/gadgets`;
  const { status, body } = await request<{ spec?: unknown }>(
    "POST",
    `${path}?dryRun=All&fieldValidation=Strict`,
    {
      ...head,
      ...written,
    },
  );
  // A server that is busy or broken has not judged the object.
  expect([201, 400, 422], JSON.stringify(body)).toContain(status);
  return status === 201 && body.spec;
}

/** Verdicts in the order of the objects, a few asked for at a time. */
async function verdicts(
  objects: readonly object[],
  ask: (written: object) => Promise<unknown> = verdict,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let start = 0; start < objects.length; start += 20)
    all.push(...(await Promise.all(objects.slice(start, start + 20).map(ask))));
  return all;
}

test("the recorded verdicts are those of this API server", async () => {
  const file = recorded("api-server-verdicts.jsonl");
  const objects = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line)[0]);
  const said = await verdicts(objects);
  const lines = objects.map((object, index) => `${JSON.stringify([object, said[index]])}\n`);
  await expect(lines.join("")).toMatchFileSnapshot(file);
});

test("so are those of two thousand generated objects", async () => {
  const said = await verdicts(gadgetSpecs(2000).map((spec) => ({ spec })));
  const lines = said.map((spec) => `${spec === false ? "refused" : hash(spec)}\n`);
  await expect(lines.join("")).toMatchFileSnapshot(recorded("api-server-verdicts.txt"));
});

test("so are those of small CRDs", async () => {
  const lines: string[] = [];
  for (const { crd, objects } of smallCrds) {
    await succeed("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd);
    await quietly("wait", "--for=condition=Established", `crd/${crd.metadata.name}`, "--timeout=60s");
    const { kind, plural } = crd.spec.names;
    const said = await verdicts(objects, (written) => kept(kind, plural, written));
    lines.push(...objects.map((written, index) => `${JSON.stringify([kind, written, said[index]])}\n`));
    await removed("crd", crd.metadata.name);
  }
  await expect(lines.join("")).toMatchFileSnapshot(recorded("small-verdicts.jsonl"));
});

/** What the API server keeps of an object but for what says of what kind it is, or false where it refuses it. */
async function kept(kind: string, plural: string, written: object): Promise<unknown> {
  const path = `/apis/small.example.com/v1/namespaces/${ownNamespace}/${plural}`;
  const { status, body } = await request<Record<string, unknown>>(
    "POST",
    `${path}?dryRun=All&fieldValidation=Strict`,
    {
      apiVersion: "small.example.com/v1",
      kind,
      metadata: { name: "a" },
      ...written,
    },
  );
  expect([201, 400, 422], JSON.stringify(body)).toContain(status);
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = body;
  return status === 201 && rest;
}

const hash = (spec: unknown): string =>
  createHash("sha256").update(canonical(spec)).digest("hex").slice(0, 8);
