import { writeFileSync } from "node:fs";
import { accepted } from "@atlas/checks/api-server";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bases, version } from "../../../../packages/checks/test/api-server/bases/index.ts";
import {
  objectOf,
  recorded,
  recordedFile,
  type Recorded,
} from "../../../../packages/checks/test/api-server/recorded.ts";
import { documentPath, schemaOf, type Document } from "./accepted/open-api.ts";
import { changesOf, knownValues, randomChanges } from "./accepted/random-changes.ts";
import { send, succeed } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/*
 * The tests of packages/checks hold its rules against what an API server was seen to say of some objects. Here one is asked
 * again; with `--update` its answers are written down. Of how many random objects it is asked besides, and of which, say
 * ACCEPTED_CASES and ACCEPTED_SEED; with ACCEPTED_RECORD, they replace those that are written down.
 */
const { ACCEPTED_CASES = "500", ACCEPTED_SEED = "1", ACCEPTED_RECORD } = process.env;

type Changed = readonly [base: string, changes: Recorded[1]];
/** A verdict by the rules; undefined where something else was the matter: a type, another object, the server itself. */
type Verdict = Recorded[2] | undefined;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

const paths = new Map<string, string>();
async function pathOf({ apiVersion, kind }: Manifest): Promise<string> {
  if (paths.size === 0)
    for (const each of await servedResources())
      if (each.verbs.includes("create"))
        paths.set(
          `${each.apiVersion} ${each.kind}`,
          `${each.root}${each.isNamespaced ? "/namespaces/default" : ""}/${each.resource}`,
        );
  const path = paths.get(`${apiVersion} ${kind}`);
  if (path === undefined) throw new Error(`the cluster serves no ${apiVersion} ${kind}`);
  return path;
}

async function verdictOf(object: object): Promise<Verdict> {
  const path = await pathOf(object as Manifest);
  const response = await send("POST", `${path}?dryRun=All&fieldValidation=Strict`, object);
  const text = await response.text();
  if (response.status === 201) return null;
  if (response.status !== 422) return undefined;
  const { details } = JSON.parse(text);
  return (details?.causes ?? []).map(({ field }: { readonly field?: string }) => field ?? "").toSorted();
}

/** Verdicts in the order of the objects, a few asked for at a time. */
async function verdictsOf(cases: readonly Changed[]): Promise<readonly Verdict[]> {
  const all: Verdict[] = [];
  for (let start = 0; start < cases.length; start += 20)
    all.push(...(await Promise.all(cases.slice(start, start + 20).map((each) => verdictOf(objectOf(each))))));
  return all;
}

const lineOf = (given: Changed, verdict: Verdict): string =>
  `${JSON.stringify([...given, verdict === undefined ? "something else" : verdict])}\n`;

test("the bases are right", async () => {
  const names = Object.keys(bases);
  const said = await verdictsOf(names.map((name) => [name, []]));
  expect(names.filter((_name, index) => said[index] !== null)).toEqual([]);
});

test.skipIf(ACCEPTED_RECORD)("the recorded verdicts are those of this API server", async () => {
  const cases = recorded().map(([base, changes]): Changed => [base, changes]);
  const said = await verdictsOf(cases);
  const lines = cases.map((given, index) => lineOf(given, said[index]));
  await expect(lines.join("")).toMatchFileSnapshot(recordedFile);
});

async function randomCases(): Promise<readonly Changed[]> {
  const documents = new Map<string, Promise<Document>>();
  const known = knownValues(Object.values(bases));
  const changed: fc.Arbitrary<Changed>[] = [];
  for (const [name, object] of Object.entries(bases)) {
    const { apiVersion, kind } = object as Manifest;
    const asked = documents.get(apiVersion) ?? succeed("GET", documentPath(apiVersion));
    documents.set(apiVersion, asked);
    const document = await asked;
    const schema = schemaOf(document, apiVersion, kind);
    if (schema === undefined) throw new Error(`the cluster's OpenAPI has no ${apiVersion} ${kind}`);
    const choices = changesOf(object, schema, document, known);
    changed.push(randomChanges(choices).map((changes): Changed => [name, changes]));
  }
  return fc.sample(fc.oneof(...changed), { seed: Number(ACCEPTED_SEED), numRuns: Number(ACCEPTED_CASES) });
}

const refusedByUs = (given: Changed): boolean =>
  accepted(objectOf(given), { version }).some(({ severity }) => severity === "error");

test("of random objects, those that the API server takes are taken, and nearly all others refused", async () => {
  const cases = await randomCases();
  const said = await verdictsOf(cases);
  const judged = cases.flatMap((given, index) =>
    said[index] === undefined ? [] : [[given, said[index]] as const],
  );
  if (ACCEPTED_RECORD) writeFileSync(recordedFile, judged.map((each) => lineOf(...each)).join(""));
  const wrong = judged.filter(([given, verdict]) => verdict === null && refusedByUs(given));
  expect(wrong.map(([given]) => JSON.stringify(given))).toEqual([]);
  const refused = judged.filter(([, verdict]) => verdict !== null);
  const missed = refused.filter(([given]) => !refusedByUs(given));
  const share = 1 - missed.length / refused.length;
  const fields = missed.map(([[base], verdict]) => `${base}: ${verdict?.[0]}`);
  process.stderr.write(
    `e2e: asked of ${cases.length} objects, judged ${judged.length}, refused ${refused.length}, of which found ${(share * 100).toFixed(1)}%; not found:\n${fields.join("\n")}\n`,
  );
  expect(refused.length).toBeGreaterThan(Number(ACCEPTED_CASES) / 5);
  expect(share).toBeGreaterThan(0.95);
});
