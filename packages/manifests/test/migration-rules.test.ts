import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base, compose, overlay, type Patch } from "@atlas/compose";
import { strategicMerge } from "@atlas/compose/patches";
import { secretKey } from "@atlas/crd-types";
import { migrationFromFolder } from "@atlas/crd-types/migrations";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "migrations-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "1_a.sql"), "CREATE TABLE a (b int);\n");
// What ariga.io/atlas computes of it.
writeFileSync(
  join(folder, "atlas.sum"),
  "h1:sotmoflETKDmQu/V4VV0ujBiSSv0//QWBuH3etxKwqk=\n1_a.sql h1:s6ya77vU4XVCpgeGyy1p/qdNofzPwSFZEhBk+YFjUPs=\n",
);

const table: [string, { given: object; broken: boolean }][] = [
  ["another text beside the files", { given: { notes: "none" }, broken: false }],
  ["another migration", { given: { "2_b.sql": "DROP TABLE a;\n" }, broken: true }],
  ["other content", { given: { "1_a.sql": "DROP TABLE a;\n" }, broken: true }],
  ["more than client-side apply keeps", { given: { notes: " ".repeat(262_144) }, broken: true }],
  ["no sum", { given: { "atlas.sum": null }, broken: true }],
];

test.each(table)("a migration directory is held against its sum: %s", (_name, { given, broken }) => {
  const [configMap, migration] = migrationFromFolder(
    folder,
    { name: "shop" },
    { urlFrom: secretKey("shop", "url") },
  );
  const patches: Patch[] = [strategicMerge(configMap, { data: given })];
  const render = () => compose(overlay({ base: base({ resources: [configMap, migration] }), patches }));
  if (broken) expect(render).toThrow("ConfigMap/shop: data: ");
  else expect(render).not.toThrow();
});
