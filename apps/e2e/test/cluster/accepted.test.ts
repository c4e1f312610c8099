import { appendFileSync } from "node:fs";
import type { KubernetesObject } from "@atlas/compose";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bases } from "../../../../packages/checks/test/api-server/bases/index.ts";
import type { Change } from "../../../../packages/checks/test/api-server/change.ts";
import {
  objectOf,
  recorded,
  recordedFile,
  recordedVersions,
  withVerdict,
  type Verdict,
} from "../../../../packages/checks/test/api-server/recorded.ts";
import { refusals } from "../../../render/test/judgement.ts";
import { documentPath, schemaOf, type Document } from "./accepted/open-api.ts";
import { changesOf, knownValues, misreadingsOf, randomChanges } from "./accepted/random-changes.ts";
import { send, servedVersion, succeed } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/*
 * The tests of packages/checks and apps/render hold what they refuse against what API servers were seen to say of some objects.
 * Here one is asked again; with `--update` its answers are written down. Of how many random objects it is asked besides, and of
 * which, say ACCEPTED_CASES and ACCEPTED_SEED; with ACCEPTED_RECORD, these are added to what is written down.
 */
const { ACCEPTED_CASES = "500", ACCEPTED_SEED = "1", ACCEPTED_RECORD } = process.env;

/** That of the API server that is asked, as `1.34`. */
const version = await servedVersion();

type Changed = readonly [base: string, changes: readonly Change[]];
/** A verdict; undefined where something else was the matter: another object, the server itself. */
type Said = Verdict | undefined;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

const paths = new Map<string, string>();
async function pathOf({ apiVersion, kind }: Manifest): Promise<string | undefined> {
  if (paths.size === 0)
    for (const each of await servedResources())
      if (each.verbs.includes("create"))
        paths.set(
          `${each.apiVersion} ${each.kind}`,
          `${each.root}${each.isNamespaced ? "/namespaces/default" : ""}/${each.resource}`,
        );
  return paths.get(`${apiVersion} ${kind}`);
}

async function verdictOf(object: object): Promise<Said> {
  const path = await pathOf(object as Manifest);
  if (path === undefined) return 404;
  const response = await send("POST", `${path}?dryRun=All&fieldValidation=Strict`, object);
  const text = await response.text();
  if (response.status === 201) return null;
  if (response.status === 400) return 400;
  if (response.status !== 422) return undefined;
  const { details } = JSON.parse(text);
  return (details?.causes ?? []).map(({ field }: { readonly field?: string }) => field ?? "").toSorted();
}

/** Verdicts in the order of the objects, a few asked for at a time. */
async function verdictsOf(cases: readonly Changed[]): Promise<readonly Said[]> {
  await pathOf({ apiVersion: "v1", kind: "Pod" });
  const all: Said[] = [];
  for (let start = 0; start < cases.length; start += 20)
    all.push(...(await Promise.all(cases.slice(start, start + 20).map((each) => verdictOf(objectOf(each))))));
  return all;
}

const textOf = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

test("the bases are right, in the versions that have all that is in them", async () => {
  const names = Object.keys(bases);
  const said = await verdictsOf(names.map((name) => [name, []]));
  const wrong: unknown[] = [];
  for (const [index, name] of names.entries()) {
    const problems = said[index] === null ? [] : await refused([name, []]);
    const isLacking = problems.length > 0 && problems.every(({ code }) => code === "version-lacks");
    if (said[index] !== null && !isLacking) wrong.push([name, said[index]]);
  }
  expect(wrong).toEqual([]);
});

const isRecorded = recordedVersions.some((each) => each === version);
test.skipIf(ACCEPTED_RECORD || !isRecorded)(
  "the recorded verdicts are those of this API server",
  async () => {
    const before = recorded();
    const said = await verdictsOf(before.map(([base, changes]) => [base, changes]));
    const lines = before.map((line, index) => {
      const verdict = said[index];
      return verdict === undefined ? [line, "something else"] : withVerdict(line, version, verdict);
    });
    await expect(textOf(lines)).toMatchFileSnapshot(recordedFile);
  },
);

async function randomCases(): Promise<readonly Changed[]> {
  const documents = new Map<string, Promise<Document>>();
  const known = knownValues(Object.values(bases));
  const changed: fc.Arbitrary<Changed>[] = [];
  for (const [name, object] of Object.entries(bases)) {
    const { apiVersion, kind } = object as Manifest;
    if ((await pathOf({ apiVersion, kind })) === undefined) continue;
    const asked = documents.get(apiVersion) ?? succeed<Document>("GET", documentPath(apiVersion));
    documents.set(apiVersion, asked);
    const document = await asked;
    const schema = schemaOf(document, apiVersion, kind);
    if (schema === undefined) throw new Error(`the cluster's OpenAPI has no ${apiVersion} ${kind}`);
    const choices = changesOf(object, schema, document, known);
    const misreadings = misreadingsOf(object, schema, document);
    changed.push(randomChanges(choices, misreadings).map((changes): Changed => [name, changes]));
  }
  return fc.sample(fc.oneof(...changed), { seed: Number(ACCEPTED_SEED), numRuns: Number(ACCEPTED_CASES) });
}

const refused = (given: Changed): ReturnType<typeof refusals> =>
  refusals(objectOf(given) as KubernetesObject, version);

/** Whether an object that can be created is refused when it is applied, by server-side apply. */
async function isRefusedWhenApplied(given: Changed): Promise<boolean> {
  const object = objectOf(given) as KubernetesObject;
  const path = `${await pathOf(object)}/${object.metadata.name}?dryRun=All&fieldManager=test`;
  const response = await send("PATCH", path, object, { "content-type": "application/apply-patch+yaml" });
  return !response.ok && (await response.text()).includes("duplicate entries for key");
}

test("of random objects, those that the API server takes are taken, and nearly all others refused", async () => {
  const cases = await randomCases();
  const said = await verdictsOf(cases);
  const judged = await Promise.all(
    cases.map(async (given, index) => ({ given, verdict: said[index], problems: await refused(given) })),
  );
  if (ACCEPTED_RECORD) {
    const lines = judged.flatMap(({ given, verdict }) =>
      verdict === undefined ? [] : [[...given, verdict]],
    );
    appendFileSync(recordedFile, textOf(lines));
  }
  const wrong: string[] = [];
  for (const { given, verdict, problems } of judged) {
    if (verdict !== null || problems.length === 0) continue;
    const isRepeated = problems.every(({ code }) => code === "element-repeated");
    if (!(isRepeated && (await isRefusedWhenApplied(given))))
      wrong.push(
        `${JSON.stringify(given)}: ${problems.map(({ path, what }) => `${path}: ${what}`).join("; ")}`,
      );
  }
  const right = judged.filter(({ verdict }) => verdict !== null && verdict !== undefined);
  const missed = right.filter(({ problems }) => problems.length === 0);
  const share = 1 - missed.length / right.length;
  const texts = missed.map(({ given, verdict }) => `${JSON.stringify(given)}: ${JSON.stringify(verdict)}`);
  process.stderr.write(
    `e2e: ${version}: asked of ${cases.length} objects, ${right.length} refused, of which found ${(share * 100).toFixed(1)}%; not found:\n${texts.join("\n")}\n`,
  );
  expect(wrong).toEqual([]);
  expect(right.length).toBeGreaterThan(Number(ACCEPTED_CASES) / 5);
  expect(share).toBeGreaterThan(0.95);
});
