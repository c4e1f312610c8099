import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretKey } from "@atlas/crd-types";
import {
  MigrationFolderError,
  migrationFromFolder,
  migrationSumProblems,
  type MigrationFolderOptions,
} from "@atlas/crd-types/migrations";
import { atlasMigration } from "@atlas/crd-types/validators";
import { afterEach, describe, expect, test } from "vitest";

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

type Content = Record<string, string | Buffer>;

function folderOf(content: Content): string {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  made.push(folder);
  for (const [name, text] of Object.entries(content)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Files, and what ariga.io/atlas v0.32.0 computes of them. */
const files: Content = {
  "1_a.sql": "CREATE TABLE a (b int);\n",
  "2_ignored.sql": "-- atlas:sum ignore\n\nCREATE TABLE x (b int);\n",
  "3_c.sql": "CREATE TABLE é (b int);\n",
};
const sum = `h1:BXWcZMZuroKswX0mW9Ed3wjs8eyaFf9hM1Lj32ssJJc=
1_a.sql h1:s6ya77vU4XVCpgeGyy1p/qdNofzPwSFZEhBk+YFjUPs=
3_c.sql h1:Rdw8NgbgrH02/wve35mgPeGzdFKpg4/xABO6Cmbtlzs=
`;
const make = (content: Content) =>
  migrationFromFolder(
    folderOf(content),
    { name: "shop", namespace: "apps" },
    { urlFrom: secretKey("shop", "url") },
  );

const padded = (bytes: number): string =>
  folderOf({ ...files, "4_d.sql": `-- atlas:sum ignore\n${" ".repeat(bytes)}`, "atlas.sum": sum });

const madeOf = (bytes: number, options?: MigrationFolderOptions) =>
  migrationFromFolder(padded(bytes), { name: "a" }, { url: "sqlite://a" }, options)[0];

test("a migration directory becomes a ConfigMap and the AtlasMigration that applies it", () => {
  const [configMap, migration] = make({ ...files, "atlas.sum": sum, "README.md": "not for the cluster" });
  expect(configMap).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "shop", namespace: "apps" },
    data: { ...files, "atlas.sum": sum },
  });
  expect(migration.spec.dir).toEqual({ configMapRef: { name: "shop" } });
  expect(atlasMigration.validate(migration)).toEqual([]);
});

test.each<readonly [string, Record<string, string>, readonly string[]]>([
  ["right", { "atlas.sum": sum }, []],
  ["right, beside other files", { "atlas.sum": sum, "README.md": "none" }, []],
  ["none", {}, ["there is no atlas.sum; make it: atlas migrate hash"]],
  [
    "of other files",
    { "atlas.sum": sum, "4_d.sql": "DROP TABLE a;\n" },
    [
      "atlas.sum does not fit the files (the first that differs: 4_d.sql); if the change is meant: atlas migrate hash",
    ],
  ],
  [
    "of other content",
    { "atlas.sum": sum, "1_a.sql": "DROP TABLE a;\n" },
    [
      "atlas.sum does not fit the files (the first that differs: 1_a.sql); if the change is meant: atlas migrate hash",
    ],
  ],
])("the sum of a directory: %s", (_name, content, problems) => {
  const texts = Object.entries({ ...files, ...content }).map(([name, text]) => [name, String(text)]);
  expect(migrationSumProblems(Object.fromEntries(texts))).toEqual(problems);
});

test("a directory without a migration has no sum", () => {
  expect(migrationSumProblems({ notes: "none" })).toEqual([]);
});

describe("refused", () => {
  test.each<[string, Content, RegExp]>([
    ["without atlas.sum", files, /there is no atlas\.sum; make it: atlas migrate hash/],
    ["without a migration", { "atlas.sum": sum }, /there is no migration/],
    [
      "with a file that was changed since",
      { ...files, "3_c.sql": "DROP TABLE a;\n", "atlas.sum": sum },
      /atlas\.sum does not fit the files \(the first that differs: 3_c\.sql\)/,
    ],
    ["with a file that came since", { ...files, "4_d.sql": "", "atlas.sum": sum }, /differs: 4_d\.sql/],
    [
      "with a file that is gone",
      { "1_a.sql": files["1_a.sql"] ?? "", "atlas.sum": sum },
      /the first that differs: 3_c\.sql/,
    ],
    [
      "with a total that was tampered with",
      { ...files, "atlas.sum": sum.replace("BXW", "AXW") },
      /atlas\.sum does not fit the files;/,
    ],
    [
      "with more than a ConfigMap holds",
      { ...files, "4_d.sql": Buffer.alloc(1024 * 1024, " "), "atlas.sum": sum },
      /a ConfigMap holds 1048576/,
    ],
    [
      "with bytes that are no text",
      { "1.sql": Buffer.from([0xff]), "atlas.sum": sum },
      /1\.sql is not UTF-8/,
    ],
    ["with a name that is not a key", { "1 a.sql": "", "atlas.sum": sum }, /"1 a\.sql" cannot be the key/],
  ])("%s", (_name, content, says) => {
    expect(() => make(content)).toThrow(MigrationFolderError);
    expect(() => make(content)).toThrow(says);
  });

  test("with more than client-side apply keeps, unless it is applied by server side", () => {
    // What is left out of the sum.
    const large = Buffer.from(`-- atlas:sum ignore\n\n${" ".repeat(262_000)}`);
    const folder = folderOf({ ...files, "4_d.sql": large, "atlas.sum": sum });
    const of = (options?: MigrationFolderOptions) => () =>
      migrationFromFolder(folder, { name: "a" }, { url: "sqlite://a" }, options);
    expect(of()).toThrow(/the ConfigMap has 262\d{3} bytes as JSON, .* at most 262144/);
    expect(of({ serverSideApply: true })).not.toThrow();
  });

  describe("by the byte", () => {
    const empty = madeOf(0);
    const asJson = Buffer.byteLength(JSON.stringify(empty));
    const asFiles = Object.values(empty.data).reduce((size, text) => size + Buffer.byteLength(text), 0);

    test.each<[string, number, MigrationFolderOptions, RegExp]>([
      ["client-side apply", 262_144 - asJson, {}, /has 262145 bytes as JSON, .*checkpoint.*dir\.remote/],
      ["a ConfigMap", 1_048_576 - asFiles, { serverSideApply: true }, /have 1048577 bytes, .*checkpoint/],
    ])("of what %s takes", (_what, most, options, says) => {
      expect(() => madeOf(most, options)).not.toThrow();
      expect(() => madeOf(most + 1, options)).toThrow(says);
    });
  });

  test("that is not there", () =>
    expect(() => migrationFromFolder("/nowhere", { name: "a" }, { url: "sqlite://a" })).toThrow(/ENOENT/));

  test("a folder with the name of a migration is none", () => {
    const folder = folderOf({ ...files, "atlas.sum": sum });
    mkdirSync(join(folder, "9_old.sql"));
    expect(migrationFromFolder(folder, { name: "a" }, { url: "sqlite://a" })[0].data["9_old.sql"]).toBe(
      undefined,
    );
  });
});
