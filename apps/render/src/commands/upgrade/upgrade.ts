import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { changeFiles, replaceFiles, type Changes } from "@atlas/files";
import type { Release } from "@atlas/manifests/releases";
import { fileErrorOf, InputError } from "@atlas/input";
import { definitionsIn } from "./definitions.ts";
import { findImageRecord, type FoundImageRecord } from "./image-record.ts";
import { objectPlaces } from "./object-places.ts";
import { formatChanges, objectChanges, type RenderedObject } from "./object-changes.ts";
import {
  formatPredictions,
  isTrouble,
  objectPredictions,
  predictionLine,
  type ObjectPrediction,
} from "./object-predictions.ts";
import { resolveDigest } from "./registry.ts";
import { releaseSources } from "./release-crds.ts";
import { checksAfter, downgradeLines, releaseOf, releaseTags } from "./release.ts";
import { say } from "../../terminal/say.ts";
import { isOfObjectsAlone, places, renderAll, runGenerator, workspaceRoot } from "./workspace.ts";

/** What `atlas-render upgrade` is asked for. */
export interface UpgradeRequest {
  readonly version: string;
  /** Undefined to take it from the registry. */
  readonly digest: string | undefined;
  /** Files and URLs of the release's CRDs, or of the list of them; none means upstream's list. */
  readonly crds: readonly string[];
}

/**
 * Takes another release of the operator into this workspace: its version and digest into the one image record, and its
 * CRDs with all that is generated from them. Base, permissions, types and checks follow the CRDs. Returns what that changes
 * in the API and in every environment, and what becomes of the environments' objects that are stored in a cluster; what is
 * left to be done by hand is said, and the exit code is 1: an object that loses something or is refused is among it.
 *
 * @throws {InputError} when anything of it fails; every file is as it was then.
 */
export async function upgrade({ version, digest, crds }: UpgradeRequest): Promise<string> {
  const release = releaseOf(version);
  if (digest !== undefined) refuseMalformed(digest);
  const root = workspaceRoot();
  const { record, resolved, api, left, before, after, predictions, placeOf } = await allOrNothing(
    root,
    (changes) => take(release, digest, crds, changes),
  );
  const downgrade = downgradeLines(record.version, release);
  if (downgrade.length > 0) say(`Mind:\n${downgrade.map((line) => `- ${line}\n`).join("")}`);
  say(
    `Check now:\n${checksAfter(record.version, release)
      .map((line) => `- ${line}\n`)
      .join("")}`,
  );
  if (left.length > 0) {
    say(`Not done, and yours to do:\n${left.map((line) => `- ${line}\n`).join("")}`);
    process.exitCode = 1;
  }
  const becomes = predictions && formatPredictions(predictions, placeOf);
  const compared =
    before === undefined
      ? "environments: they were not rendered before, as objects were refused, and are now; nothing is compared\n"
      : after && formatChanges(changedEnvironments(before, after));
  const parts = [api, becomes, compared].filter((part) => part !== undefined);
  return `${record.version} → ${release}, ${resolved}\n\n${parts.join("\n")}`;
}

type Environments = Awaited<ReturnType<typeof renderAll>>;

function changedEnvironments(before: Environments, after: Environments) {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const nothing: ReadonlyMap<string, RenderedObject> = new Map();
  return new Map(
    names.map((name) => [name, objectChanges(before.get(name) ?? nothing, after.get(name) ?? nothing)]),
  );
}

/** Changes the files, and tells what they said and what every environment came to before and after. */
async function take(release: Release, digest: string | undefined, crds: readonly string[], changes: Changes) {
  const { root } = changes;
  const record = findImageRecord(readFileSync(join(root, places.operator), "utf8"), places.operator);
  const resolved = digest ?? (await imageDigest(record.repository, release));
  refuseRenamed(record, release, resolved);
  const sources = await releaseSources(release, crds);
  const before = await renderBefore(root, changes);
  const old = definitionsIn(root);
  const placeOf = await objectPlaces(root, changes, before ?? new Map(), old);
  // Reads every source, from the network too, before it writes: nothing is changed while a server is waited for.
  const { stdout: api } = await runGenerator(root, changes, [
    "import",
    "--descriptions",
    "own",
    ...sources.args,
  ]);
  replaceFiles(changes, [{ path: places.operator, content: record.with(release, resolved) }]);
  const generated = await runGenerator(root, changes, ["generate"]);
  const predictions = before && predictionsOf(before, old, definitionsIn(root));
  const troubles = (predictions ?? []).flatMap((one) =>
    one.predictions.filter(isTrouble).map((prediction) => predictionLine(one, prediction, placeOf)),
  );
  const { after, stale } = await renderAfter(root, changes, troubles.length > 0);
  const left = [
    ...generated.stdout.split("\n").filter(Boolean),
    ...sources.left,
    ...troubles,
    ...(stale === undefined ? [] : [stale]),
  ];
  return { record, resolved, api, left, before, after, predictions, placeOf };
}

/** What becomes of the objects; nothing is said where no CRD is another one. */
function predictionsOf(
  before: Environments,
  old: ReturnType<typeof definitionsIn>,
  now: ReturnType<typeof definitionsIn>,
): readonly ObjectPrediction[] | undefined {
  return isDeepStrictEqual(old, now) ? undefined : objectPredictions(before, old, now);
}

/**
 * What is rendered before; undefined where its objects are refused. From there the way back leads, or the way on to what takes
 * them: it is judged by what can be rendered then.
 */
async function renderBefore(root: string, changes: Changes): Promise<Environments | undefined> {
  try {
    return await renderAll(root, changes);
  } catch (error) {
    if (isOfObjectsAlone(error)) return undefined;
    throw error;
  }
}

/** What is rendered then; where objects are known to be refused, that they are not rendered any more undoes nothing. */
async function renderAfter(
  root: string,
  changes: Changes,
  isTroubled: boolean,
): Promise<{ readonly after?: Environments; readonly stale?: string }> {
  try {
    return { after: await renderAll(root, changes) };
  } catch (error) {
    if (!isTroubled || !isOfObjectsAlone(error)) throw error;
    return { stale: "environments: they are not rendered until these objects are put right" };
  }
}

function refuseMalformed(digest: string): void {
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return;
  throw new InputError([
    {
      code: "option-value-malformed",
      what: `the digest cannot be ${JSON.stringify(digest)}`,
      expected: "sha256: and 64 hexadecimal digits",
      fix: "state it as the registry does, or leave it out",
    },
  ]);
}

/** The node pulls by digest: with that of the release before, it would go on running that one, under another name. */
function refuseRenamed(record: FoundImageRecord, release: Release, digest: string): void {
  if (digest !== record.digest || release === record.version) return;
  throw new InputError([
    {
      code: "digest-of-another-version",
      what: `${digest} is the digest of ${record.version}: with it, ${record.version} would run under the name ${release}`,
      expected: `the digest of ${release}`,
      fix: "take it from the registry; leave --digest out to have it asked for",
    },
  ]);
}

async function imageDigest(repository: string, release: Release): Promise<string> {
  const { tag, digest } = await resolveDigest(repository, releaseTags(release));
  say(`${repository}:${tag} is ${digest}\n`);
  return digest;
}

/**
 * Does something that writes, or puts every file back: when it fails, when the process is told to end, and, with the next
 * upgrade, when it was killed.
 */
async function allOrNothing<T>(root: string, act: (changes: Changes) => Promise<T>): Promise<T> {
  const parts = [places.operator, ...places.written];
  try {
    return await changeFiles(root, act, {
      isTarget: (path) => parts.some((part) => path === part || path.startsWith(`${part}/`)),
      onWait: () => say(`atlas-render: another process changes files in ${root}; waiting until it is done\n`),
      onRecovery: ({ kept }) => {
        say("atlas-render: took back what an upgrade that was killed had left\n");
        for (const path of kept) say(`atlas-render: left as it is, for it was changed since: ${path}\n`);
      },
    });
  } catch (error) {
    throw fileErrorOf(error, root, "the files cannot be written");
  }
}
