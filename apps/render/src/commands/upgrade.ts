import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../failure.ts";
import { findImageRecord } from "../image-record.ts";
import { formatChanges, objectChanges } from "../object-changes.ts";
import { resolveDigest } from "../registry.ts";
import { checksAfter, crdsOf, releaseOf, tagsOf, type Release } from "../release.ts";
import { replaceFile, takeSnapshot } from "../snapshot.ts";
import { places, renderAll, runScript, workspaceRoot } from "../workspace.ts";

/** What `atlas-render upgrade` is asked for. */
export interface UpgradeRequest {
  readonly version: string;
  /** Undefined to take it from the registry. */
  readonly digest: string | undefined;
  /** Files and URLs of the release's CRDs; none means upstream's. */
  readonly crds: readonly string[];
}

/**
 * Takes another release of the operator into this workspace: its version and digest into the one image record, and its
 * CRDs with all that is generated from them. Returns what that changes in the API and in every environment.
 *
 * @throws {InputError} when anything of it fails; every file is as it was then.
 */
export async function upgrade({ version, digest, crds }: UpgradeRequest): Promise<string> {
  const release = releaseOf(version);
  if (digest !== undefined) refuseMalformed(digest);
  const root = workspaceRoot();
  const file = join(root, places.operator);
  const record = findImageRecord(readFileSync(file, "utf8"), places.operator);
  const resolved = digest ?? (await digestOf(record.repository, release));
  const sources = crds.length === 0 ? crdsOf(release) : crds.map(absolute);

  const before = await renderAll(root);
  const { api, after } = await allOrNothing(root, async () => {
    // Reads every source, from the network too, before it writes: nothing is changed while a server is waited for.
    const report = await runScript(root, places.generator, ["import", ...sources]);
    replaceFile(file, record.with(release, resolved));
    await runScript(root, places.generator, ["generate"]);
    return { api: report, after: await renderAll(root) };
  });

  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changes = new Map(
    names.map((name) => [name, objectChanges(before.get(name) ?? new Map(), after.get(name) ?? new Map())]),
  );
  process.stderr.write(
    `Check now:\n${checksAfter(record.version, release)
      .map((line) => `- ${line}\n`)
      .join("")}`,
  );
  return `${record.version} → ${release}, ${resolved}\n\n${api}\n${formatChanges(changes)}`;
}

const absolute = (source: string): string => (/^https?:\/\//i.test(source) ? source : resolve(source));

function refuseMalformed(digest: string): void {
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return;
  throw new InputError([
    {
      what: `the digest cannot be ${JSON.stringify(digest)}`,
      expected: "sha256: and 64 hexadecimal digits",
      mend: "state it as the registry does, or leave it out",
    },
  ]);
}

async function digestOf(repository: string, release: Release): Promise<string> {
  const { tag, digest } = await resolveDigest(repository, tagsOf(release));
  process.stderr.write(`${repository}:${tag} is ${digest}\n`);
  return digest;
}

/** Does something that writes, or puts every file back: when it fails, and when the process is told to end. */
async function allOrNothing<T>(root: string, act: () => Promise<T>): Promise<T> {
  const restore = takeSnapshot([places.operator, ...places.written].map((place) => join(root, place)));
  process.once("exit", restore);
  try {
    return await act();
  } catch (error) {
    restore();
    throw error;
  } finally {
    process.off("exit", restore);
  }
}
