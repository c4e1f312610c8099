import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AtlasMigration, AtlasMigrationSpec, ObjectMeta } from "./constraints.ts";

/** A ConfigMap that holds a migration directory. */
export interface MigrationConfigMap {
  apiVersion: "v1";
  kind: "ConfigMap";
  metadata: ObjectMeta;
  data: { [file: string]: string };
}

/** A migration directory that can't be applied as it is; every problem is a line of the message. */
export class MigrationFolderError extends Error {
  readonly problems: readonly string[];

  constructor(folder: string, problems: readonly string[]) {
    super(problems.map((problem) => `${folder}: ${problem}`).join("\n"));
    this.name = "MigrationFolderError";
    this.problems = problems;
  }
}

/** How the ConfigMap of a migration directory is applied. */
export interface MigrationFolderOptions {
  /**
   * That it is applied by server side alone (`kubectl apply --server-side`, Flux, Argo CD's `ServerSideApply=true`), where it
   * may be larger than the 262144 bytes that client-side apply can keep of it in an annotation.
   */
  readonly serverSideApply?: boolean;
}

/** Everything of the spec but the directory; distributed over the cases, so that each stays what it is. */
type WithoutDirectory<Spec> = Spec extends unknown ? Omit<Spec, "dir"> : never;

/**
 * An AtlasMigration that applies a migration directory, and the ConfigMap that carries its files, as `atlas migrate` made
 * them.
 *
 * @param folder the directory: `*.sql` files and their `atlas.sum`.
 * @param metadata of the AtlasMigration; the ConfigMap has the same, its name and its namespace.
 * @throws MigrationFolderError with every problem: no migration, no `atlas.sum` or one that does not fit the files (they
 * were changed after `atlas migrate hash`), a file that is not UTF-8 text or whose name is not a key of a ConfigMap, more than
 * the 1 MiB that a ConfigMap may hold (Kubernetes documentation, "ConfigMaps"), more than client-side apply can keep.
 */
export function migrationFromFolder(
  folder: string,
  metadata: ObjectMeta,
  spec: WithoutDirectory<AtlasMigrationSpec>,
  { serverSideApply = false }: MigrationFolderOptions = {},
): [MigrationConfigMap, AtlasMigration] {
  const files = readFiles(folder);
  const data = Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString("utf8")]));
  const dir = { configMapRef: { name: metadata.name } };
  const configMap: MigrationConfigMap = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
  const sizeProblems = serverSideApply ? () => [] : annotationProblems;
  const problems = [...contentProblems(files), ...sizeProblems(configMap), ...sumProblems(files)];
  if (problems.length > 0) throw new MigrationFolderError(folder, problems);
  return [
    Object.defineProperty(configMap, rulesKey, { value: migrationRules(sizeProblems) }),
    {
      apiVersion: "db.atlasgo.io/v1alpha1",
      kind: "AtlasMigration",
      metadata,
      spec: { ...spec, dir },
    },
  ];
}

const sumFile = "atlas.sum";
const limit = 1024 * 1024;
/** What all annotations of an object may have together; `kubectl apply` keeps the whole object in one of them. */
const annotationLimit = 262_144;

/** An object of more than 1 MiB has been refused already. */
function annotationProblems(configMap: Pick<MigrationConfigMap, "data">): string[] {
  const kept = Buffer.byteLength(JSON.stringify(configMap));
  const size = Object.values(configMap.data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return kept <= annotationLimit || size > limit
    ? []
    : [
        `the ConfigMap has ${kept} bytes as JSON, and client-side apply keeps at most ${annotationLimit}: make a checkpoint, use dir.remote, or apply it by server side and say so with serverSideApply`,
      ];
}

// What `withRules` of @atlas/compose sets, by the same name: this package stands beside that one, and imports none.
const rulesKey: unique symbol = Symbol.for("@atlas/compose/rules");

/** What no longer fits in a directory that patches have changed: the operator would refuse it. */
const migrationRules =
  (sizeProblems: (configMap: Pick<MigrationConfigMap, "data">) => readonly string[]) =>
  (
    object: unknown,
  ): readonly {
    readonly path: string;
    readonly what: string;
    readonly expected: string;
    readonly fix: string;
  }[] => {
    const { data = {}, ...rest } = object as { readonly data?: Readonly<Record<string, unknown>> };
    const texts = Object.entries(data).map(([name, text]): [string, string] => [name, String(text)]);
    const files = partsOf(texts);
    return [
      ...contentProblems(files),
      ...sizeProblems({ ...rest, data: Object.fromEntries(texts) }),
      ...sumProblems(files),
    ].map((what) => ({
      path: "data",
      what,
      expected: "the files as `atlas migrate` made them",
      fix: "change the migration directory, and make the ConfigMap of it anew",
    }));
  };

/**
 * What is wrong with the sum of a migration directory, as a ConfigMap or `dir.local` has it, by the names of its files: no
 * `atlas.sum`, or one that does not fit the files. The operator applies nothing of such a directory.
 *
 * @example
 * migrationSumProblems({ "1_init.sql": "CREATE TABLE a (b int);" }); // ["there is no atlas.sum; make it: atlas migrate hash"]
 */
export function migrationSumProblems(files: Readonly<Record<string, string>>): readonly string[] {
  const parts = partsOf(Object.entries(files));
  return [...parts.keys()].some((name) => name !== sumFile) ? sumProblems(parts) : [];
}

/** The files of a directory that Atlas looks at, in its order. */
const partsOf = (texts: readonly (readonly [name: string, text: string])[]): Map<string, Buffer> =>
  new Map(
    texts
      .filter(([name]) => isPart(name))
      .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([name, text]) => [name, Buffer.from(text)]),
  );

const isPart = (name: string): boolean => name === sumFile || name.endsWith(".sql");

function readFiles(folder: string): Map<string, Buffer> {
  const names = migrationFiles(folder).filter(isPart);
  // Atlas orders the files by the bytes of their names.
  return new Map(
    names
      .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

function migrationFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    throw new MigrationFolderError(folder, [error instanceof Error ? error.message : String(error)]);
  }
}

function contentProblems(files: ReadonlyMap<string, Buffer>): string[] {
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  return [
    ...[...files].flatMap(([name, bytes]) => [
      ...(/^[-._a-zA-Z0-9]{1,253}$/.test(name)
        ? []
        : [
            `"${name}" cannot be the key of a ConfigMap: letters, digits, dots, dashes and underscores alone can`,
          ]),
      ...(isUtf8(bytes) ? [] : [`${name} is not UTF-8 text; save it as such`]),
    ]),
    ...(size > limit
      ? [`the files have ${size} bytes, a ConfigMap holds ${limit}: make a checkpoint, or use dir.remote`]
      : []),
  ];
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function sumProblems(files: ReadonlyMap<string, Buffer>): string[] {
  const migrations = new Map([...files].filter(([name]) => name !== sumFile));
  if (migrations.size === 0) return ["there is no migration: a file whose name ends in .sql"];
  const found = files.get(sumFile);
  if (!found) return [`there is no ${sumFile}; make it: atlas migrate hash`];
  const [total, ...lines] = found.toString("utf8").trimEnd().split(/\r?\n/);
  const [expectedTotal, ...expected] = sumLines(migrations);
  const differing = [
    ...expected.filter((line) => !lines.includes(line)).map((line) => line.replace(/ h1:.*$/, "")),
    ...lines.map((line) => line.replace(/ h1:.*$/, "")).filter((name) => !migrations.has(name)),
  ];
  if (total === expectedTotal && differing.length === 0) return [];
  return [
    `${sumFile} does not fit the files${differing.length > 0 ? ` (the first that differs: ${differing[0]})` : ""}; if the change is meant: atlas migrate hash`,
  ];
}

/** The lines of `atlas.sum` (ariga.io/atlas, `sql/migrate`: each hash covers all files up to its own). */
function sumLines(migrations: ReadonlyMap<string, Buffer>): string[] {
  const running = createHash("sha256");
  const hashes = [...migrations].flatMap(([name, bytes]): [string, string][] => {
    running.update(name);
    if (/^[ -~]*atlas:sum +ignore *$/m.test(firstLineOf(bytes))) return [];
    running.update(bytes);
    return [[name, running.copy().digest("base64")]];
  });
  const total = createHash("sha256");
  for (const [name, hash] of hashes) total.update(name).update(hash);
  return [`h1:${total.digest("base64")}`, ...hashes.map(([name, hash]) => `${name} h1:${hash}`)];
}

const firstLineOf = (bytes: Buffer): string => bytes.toString("utf8").split("\n", 1)[0] ?? "";
