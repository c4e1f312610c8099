import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { download, DownloadError, printedSource, type Limits } from "@atlas/download";
import { kindsOf, type Release } from "@atlas/manifests/releases";
import { findingsOf, InputError, type Finding } from "@atlas/input";
import { readYaml } from "@atlas/input/yaml";

/** The API group of the operator's kinds. */
const operatorGroup = "db.atlasgo.io";

const limits: Limits = { milliseconds: 30_000, bytes: 1024 * 1024 };

/** Where the CRDs of a release are read, and what the generator is told to hold them against. */
export interface ReleaseSources {
  /** Arguments of the generator's `import`. */
  readonly args: readonly string[];
  /** What the release's list says that is not taken over, a sentence each. */
  readonly left: readonly string[];
}

const isWebUrl = (source: string): boolean => /^https?:\/\//i.test(source);
const isKustomizationFile = (source: string): boolean =>
  /(?:^|\/)kustomization\.ya?ml(?:\?.*)?$/i.test(source);

/** Where upstream says which files are the CRDs of a release. */
export const crdListOf = (release: Release): string =>
  `https://raw.githubusercontent.com/ariga/atlas-operator/${release}/config/crd/kustomization.yaml`;

/**
 * The CRDs of a release. Which they are, the release says itself, in `config/crd/kustomization.yaml`: upstream's at its
 * tag, or one that is given. With files alone, what is known of the release says it, and of a release that is not known,
 * the CRDs that are there already.
 *
 * @param crds files and URLs of CRDs, or of such a list; none means upstream's.
 * @throws {InputError} when a list cannot be read, or is none.
 * @example
 * await releaseSources("v0.7.37", []); // args: ["https://…/bases/db.atlasgo.io_atlasschemas.yaml", …, "--group", …]
 */
export async function releaseSources(release: Release, crds: readonly string[]): Promise<ReleaseSources> {
  const given = crds.length === 0 ? [crdListOf(release)] : crds;
  const lists = await Promise.all(given.filter(isKustomizationFile).map(readList));
  const files = given.filter((source) => !isKustomizationFile(source)).map(absoluteSource);
  const known = kindsOf(release);
  const isWhole = lists.length > 0 || known !== undefined;
  return {
    args: [
      ...lists.flatMap(({ sources }) => sources),
      ...files,
      "--group",
      operatorGroup,
      ...(isWhole ? ["--whole"] : []),
      ...(lists.length > 0 ? [] : (known ?? [])).flatMap((plural) => [
        "--expect",
        `${plural}.${operatorGroup}`,
      ]),
    ],
    left: lists.flatMap(({ left }) => left),
  };
}

/** What has a scheme is no path, and refused by name where it is not one that can be read. */
const absoluteSource = (source: string): string =>
  /^[a-z][\w+.-]+:/i.test(source) && !existsSync(source) ? source : resolve(source);

async function readList(list: string): Promise<{ sources: string[]; left: string[] }> {
  const shown = printedSource(list);
  const [value] = readYaml(await listBytes(list), shown);
  const {
    resources,
    apiVersion: _version,
    kind: _kind,
    ...rest
  }: Record<string, unknown> = isPlainRecord(value) ? { ...value } : {};
  const names: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const problems = names
    .filter((name) => !isFileName(name))
    .map((name) => problem(shown, `its resources name ${JSON.stringify(name)}`));
  if (names.length === 0) problems.push(problem(shown, "it has no list of resources"));
  if (problems.length > 0) throw new InputError(problems);
  return {
    sources: names.filter(isFileName).map((name) => beside(list, name)),
    left: Object.keys(rest)
      .filter((field) => !isEmpty(rest[field]))
      .map(
        (field) =>
          `${shown}: its ${field} were not applied to the CRDs: compare packages/crd-types/manifests with what kubectl kustomize makes of it`,
      ),
  };
}

const isPlainRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === "object" && Object.keys(value).length === 0);

/** A file in the list's folder or below: a list that a server sends must not lead elsewhere. */
const isFileName = (name: unknown): name is string =>
  typeof name === "string" && /^(?:\.\/)?(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.ya?ml$/.test(name);

const problem = (file: string, what: string): Finding => ({
  file,
  code: "release-crds-malformed",
  what,
  expected: "the list of a release's CRDs: resources: [bases/db.atlasgo.io_atlasschemas.yaml, …]",
  fix: "give config/crd/kustomization.yaml of the release's sources, or the files of its CRDs",
});

/** A file beside a list; a query, as that of a signed URL, goes with it. */
function beside(list: string, name: string): string {
  if (!isWebUrl(list)) return resolve(list, "..", name);
  const { search } = new URL(list);
  const url = new URL(name, list);
  url.search = search;
  return url.href;
}

async function listBytes(list: string): Promise<Uint8Array> {
  try {
    if (!isWebUrl(list)) return readFileSync(list);
    const { status, statusLine, body } = await download(new URL(list), {}, limits);
    if (status >= 200 && status <= 299) return body;
    throw new DownloadError(`the server answered ${statusLine}`);
  } catch (error) {
    if (findingsOf(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const shown = printedSource(list);
    throw new InputError([problem(shown, `cannot be read: ${why.replaceAll(list, shown)}`)]);
  }
}
