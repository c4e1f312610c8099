import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { predictUpdate, predictUpgrade, type Prediction } from "@atlas/crd-codegen/upgrade";
import fc from "fast-check";
import { storedSchema, storedVersion, withSchema, type WidgetCrd } from "./crd.ts";
import { randomObjects, touched, touchesOf, type Touch } from "./random-objects.ts";

/** What an API server answered. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: JsonObject;
}
type JsonObject = Record<string, unknown>;

/** Asks the API server. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<KeptAnswer>;

/** What came of a proof. */
export interface Proof {
  /** Where the API server did something else than was predicted. */
  readonly differences: readonly string[];
  readonly objects: number;
  readonly updates: number;
  /** How many objects were predicted to be unchanged, pruned, defaulted, tolerated and refused. */
  readonly predicted: Readonly<Record<Prediction["kind"] | "tolerated", number>>;
  /** How many updates were predicted to be accepted, in which something wrong was excused, and to be refused. */
  readonly verdicts: { readonly accepted: number; readonly refused: number };
}

/** How much is tried. */
export interface ProofExtent {
  /** How many objects are made; those that the old CRD refuses count for nothing. */
  readonly objects: number;
  readonly seed: number;
  /** How many changes are tried of each. */
  readonly touches: number;
}

const crdsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * Stores random objects by one generation of a CRD, puts another in its place, and holds what the API server then does
 * against what is predicted: what it reads, what it says of an update that changes nothing, of updates that change
 * something, and of an object that is created anew.
 *
 * @param namespace one that is there.
 */
export async function proveGenerations(
  ask: Ask,
  [before, after]: readonly [WidgetCrd, WidgetCrd],
  namespace: string,
  extent: ProofExtent,
): Promise<Proof> {
  const [old, now] = [withMark(before, "old"), withMark(after, "new")];
  const path = pathOfKind(old, namespace);
  await establishCrd(ask, old, namespace);
  const stored = await storeObjects(ask, before, path, extent);
  await establishCrd(ask, now, namespace);
  const touches = fc.sample(touchesOf(storedSchema(after)), {
    numRuns: stored.length * extent.touches + 1,
    seed: extent.seed + 1,
  });
  const tried: Tried[] = [];
  await each(stored, async (object, index) => {
    const own = touches.slice(index * extent.touches, (index + 1) * extent.touches);
    tried.push(await tryObject(ask, { old, now, path }, object, own));
  });
  await removeStored(ask, old, path);
  return together(tried);
}

interface ProofStage {
  readonly old: WidgetCrd;
  readonly now: WidgetCrd;
  readonly path: string;
}

/** What came of one object. */
interface Tried {
  readonly differences: readonly string[];
  readonly predictions: readonly Prediction[];
  /** Whether each update was predicted to be accepted. */
  readonly verdicts: readonly boolean[];
}

function together(tried: readonly Tried[]): Proof {
  const count = (isMeant: (one: Prediction) => boolean): number =>
    tried.filter(({ predictions }) => predictions.some(isMeant)).length;
  const of = (kind: Prediction["kind"]): number => count((one) => one.kind === kind);
  const verdicts = tried.flatMap((one) => one.verdicts);
  return {
    differences: tried.flatMap((one) => one.differences),
    objects: tried.length,
    updates: verdicts.length,
    predicted: {
      unchanged: of("unchanged"),
      pruned: of("pruned"),
      defaulted: of("defaulted"),
      refused: of("refused"),
      tolerated: count((one) => one.kind === "refused" && !one.onUpdate),
    },
    verdicts: {
      accepted: verdicts.filter(Boolean).length,
      refused: verdicts.filter((isAccepted) => !isAccepted).length,
    },
  };
}

/** Reads a stored object, creates it anew, updates it without a change and with some, and compares. */
async function tryObject(
  ask: Ask,
  { old, now, path }: ProofStage,
  object: JsonObject,
  touches: readonly Touch[],
): Promise<Tried> {
  const name = nameOfStored(object);
  const differences: string[] = [];
  const said = (what: string, ...values: unknown[]): void =>
    void differences.push(`${name}: ${what}: ${values.map((value) => JSON.stringify(value)).join("\n  ")}`);
  const { body: read } = await ask("GET", `${path}/${name}`);
  const expected = predictUpdate(now, object, object).object;
  if (!isDeepStrictEqual(bareObject(read), bareObject(expected)))
    said("it is read otherwise", bareObject(object), bareObject(expected), bareObject(read));

  const predictions = predictUpgrade(old, now, object);
  // Of a status, the API server looks at nothing where an object is created.
  const wrong = predictions.filter(
    (one) => one.kind === "refused" && one.onCreate && !/^status\b/.test(one.path),
  );
  const anew = { ...bareObject(read), metadata: { name: name.replace("o", "p") } };
  const created = await ask("POST", `${path}?${dryRun}`, anew);
  if ((created.status === 201) !== (wrong.length === 0)) said("a new one", anew, wrong, created.body);
  else if (wrong.length > 0) compareCauses(wrong, created.body, (what) => said(what, anew));

  const verdicts: boolean[] = [];
  for (const update of [read, ...touches.map((touch) => touched(read, touch))]) {
    const { issues, object: kept } = predictUpdate(now, object, update);
    verdicts.push(issues.length === 0);
    const { status, body } = await ask("PUT", `${path}/${name}?${dryRun}`, update);
    const both = [bareObject(read), bareObject(update)];
    if ((status === 200) !== (issues.length === 0)) said("an update", ...both, issues, body);
    else if (status !== 200) compareCauses(issues, body, (what) => said(what, ...both));
    else if (!isDeepStrictEqual(bareObject(body), bareObject(kept)))
      said("an update is kept otherwise", ...both, bareObject(kept), bareObject(body));
  }
  return { differences, predictions, verdicts };
}

/** Nothing is kept, and a field that is not known is left out in silence. */
const dryRun = "dryRun=All&fieldValidation=Ignore";

interface Cause {
  readonly field?: string;
  readonly message?: string;
}

/**
 * Each place that is predicted is among those that the API server names; one of them, where it has not looked at all, and of
 * elements that stand twice, of which it names the second alone.
 */
function compareCauses(
  issues: readonly { readonly path: string }[],
  body: JsonObject,
  said: (what: string) => void,
): void {
  const { details } = body as { details?: { causes?: readonly Cause[] } };
  const causes = details?.causes ?? [];
  const fields = new Set(causes.map((cause) => plainPath(causeField(cause))));
  const missing = issues.map(({ path }) => plainPath(path)).filter((path) => !fields.has(path));
  const isPart = causes.some(({ message = "" }) =>
    /rules were not checked|must be an object for an|^Duplicate value/.test(message),
  );
  if (missing.length > (isPart ? issues.length - 1 : 0))
    said(`it names ${[...fields].join(", ")} and not ${missing.join(", ")}`);
}

/** Of alternatives, only the message says where they are. */
const causeField = ({ field, message = "" }: Cause): string =>
  /"([^" ]*)" must (?:not )?validate/.exec(message)?.[1] ?? field ?? "";

/** A path without what tells fields from keys, in which servers and schemas differ. */
const plainPath = (path: string): string =>
  path
    .replaceAll(/["[\]]+/g, ".")
    .replaceAll(/\.+/g, ".")
    .replaceAll(/^\.|\.$/g, "")
    .replace("<nil>", "");

const nameOfStored = (object: JsonObject): string => String((object["metadata"] as JsonObject)["name"]);

const bareObject = (object: JsonObject): JsonObject => {
  const { metadata: _metadata, ...rest } = object;
  return rest;
};

const markField = "generationMark";

/** A CRD that tells by itself when it is served. */
const withMark = (crd: WidgetCrd, mark: string): WidgetCrd =>
  withSchema(crd, (schema) => ({
    ...schema,
    properties: { ...schema.properties, [markField]: { type: "string", enum: [mark] } },
  }));

function pathOfKind(crd: WidgetCrd, namespace: string): string {
  const { group, scope, names } = crd.spec;
  const inside = scope === "Namespaced" ? `/namespaces/${namespace}` : "";
  return `/apis/${group}/${storedVersion(crd).name}${inside}/${names.plural}`;
}

const headOfObject = (crd: WidgetCrd): JsonObject => ({
  apiVersion: `${crd.spec.group}/${storedVersion(crd).name}`,
  kind: crd.spec.names.kind,
});

/** Puts a CRD into the cluster, in the place of an earlier one, and waits until objects are judged by it. */
async function establishCrd(ask: Ask, crd: WidgetCrd, namespace: string): Promise<void> {
  const own = `${crdsPath}/${crd.metadata.name}`;
  const there = await ask("GET", own);
  const resourceVersion = (there.body["metadata"] as JsonObject | undefined)?.["resourceVersion"];
  const answer =
    there.status === 404
      ? await ask("POST", crdsPath, crd)
      : await ask("PUT", own, { ...crd, metadata: { ...crd.metadata, resourceVersion } });
  if (answer.status >= 300) throw new Error(`${crd.metadata.name}: ${JSON.stringify(answer.body)}`);
  const [mark] = storedSchema(crd).properties?.[markField]?.enum ?? [];
  const probe = { ...headOfObject(crd), metadata: { name: "probe" }, [markField]: mark };
  await untilSo(async () => {
    const { status, body } = await ask(
      "POST",
      `${pathOfKind(crd, namespace)}?dryRun=All&fieldValidation=Strict`,
      probe,
    );
    return status === 201 || (status === 422 && !String(body["message"]).includes(markField));
  });
}

/** Objects of which the API server keeps as many as it will, some of them with a status. */
async function storeObjects(
  ask: Ask,
  crd: WidgetCrd,
  path: string,
  { objects, seed }: ProofExtent,
): Promise<JsonObject[]> {
  const samples = fc.sample(randomObjects(storedSchema(crd)), { numRuns: objects, seed });
  const stored: JsonObject[] = [];
  await each(samples, async (sample, index) => {
    const written = { ...headOfObject(crd), metadata: { name: `o${index}` }, ...sample };
    const created = await ask("POST", `${path}?fieldValidation=Ignore`, written);
    if (created.status !== 201) return;
    // What is shown of a status that nobody has written is a default, and is not stored.
    const { status: _default, ...object } = created.body;
    const { status } = sample;
    const update = { ...created.body, status };
    const answer =
      status === undefined
        ? undefined
        : await ask("PUT", `${path}/o${index}/status?fieldValidation=Ignore`, update);
    stored.push(answer?.status === 200 ? answer.body : object);
  });
  return stored;
}

async function removeStored(ask: Ask, crd: WidgetCrd, path: string): Promise<void> {
  await ask("DELETE", path);
  await untilSo(async () => ((await ask("GET", path)).body["items"] as unknown[]).length === 0);
  await ask("DELETE", `${crdsPath}/${crd.metadata.name}`);
  await untilSo(async () => (await ask("GET", `${crdsPath}/${crd.metadata.name}`)).status === 404);
}

/** A few at a time. */
async function each<T>(all: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += 20)
    await Promise.all(all.slice(start, start + 20).map((one, index) => act(one, start + index)));
}

async function untilSo(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("the API server was not ready with a CRD within a minute");
    await sleep(50);
  }
}
