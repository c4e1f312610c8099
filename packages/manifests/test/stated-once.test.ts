import { fileURLToPath } from "node:url";
import type { KubernetesObject } from "@atlas/compose";
import { validators } from "@atlas/crd-types/validators";
import { compilers, misses, typeCases, type TypeCases } from "@atlas/testing/type-cases";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/*
 * What the operator demands of a spec beyond its CRDs, the compiler says in a sentence and the validators say in theirs:
 * of each spec as a person writes it, both are asked.
 */

const target = "state one target database: url, urlFrom or credentials";
const state = "state one desired state: sql, hcl, url or configMapKeyRef";
const directory = "state one migration directory: configMapRef, local or remote";
const host = "credentials need a host: state host or hostFrom";
const devURL = "devDB needs devURL or devURLFrom beside it";
const noTarget = "the target database is not stated";
const noState = "the desired state is not stated";
const noDirectory = "the migration directory is not stated";
const noHost = "the credentials have no host";
const noURL = "a custom dev database has no URL";

type Case = readonly [spec: string, compiler: string, validator: string];

/** Of each kind: a spec, and what is said of it; nothing of one that is right. */
const cases: { readonly [kind in "AtlasSchema" | "AtlasMigration"]: readonly Case[] } = {
  AtlasSchema: [
    ['{ url: "a", schema: { sql: "b" } }', "", ""],
    ['{ urlFrom: url, schema: { hcl: "b" } }', "", ""],
    ['{ credentials: { host: "a" }, schema: { url: "atlas://b" } }', "", ""],
    ['{ credentials: { hostFrom: url }, schema: { configMapKeyRef: { name: "a", key: "b.sql" } } }', "", ""],
    ['{ credentials: { host: "a", password: inlinePassword("b") }, schema: { sql: "b" } }', "", ""],
    ['{ url: "a", devURL: "b", devDB: pod, schema: { sql: "b" } }', "", ""],
    ["{}", "state one target database and the desired schema", noTarget],
    ['{ url: "a" }', "state one target database and the desired schema", noState],
    ['{ schema: { sql: "b" } }', target, noTarget],
    ['{ url: "a", urlFrom: url, schema: { sql: "b" } }', target, "stated 2 times"],
    ['{ urlFrom: {}, schema: { sql: "b" } }', target, noTarget],
    ['{ credentials: {}, schema: { sql: "b" } }', host, noTarget],
    ['{ credentials: { scheme: "postgres" }, schema: { sql: "b" } }', host, noHost],
    ['{ credentials: { hostFrom: {} }, schema: { sql: "b" } }', "secretKeyRef", noHost],
    ['{ url: "a", schema: {} }', state, noState],
    ['{ url: "a", schema: "create table a (b int)" }', state, "the value has the wrong type"],
    ['{ url: "a", schema: { sql: "b", hcl: "c" } }', state, "stated 2 times"],
    ['{ url: "a", schema: { url: "file://b" } }', state, "the operator reads no such URL"],
    ['{ url: "a", schema: { sqll: "b" } }', "'sql'", '"sqll" does not exist'],
    ['{ url: "a", devDB: pod, schema: { sql: "b" } }', devURL, noURL],
  ],
  AtlasMigration: [
    ['{ url: "a", dir: { local: { "1.sql": "b" } } }', "", ""],
    ['{ url: "a", dir: { configMapRef: { name: "b" } } }', "", ""],
    ['{ url: "a", dir: { remote: { name: "b", tag: "c" } } }', "", ""],
    ["{}", "state one target database and the migration directory", noTarget],
    ['{ url: "a" }', "state one target database and the migration directory", noDirectory],
    ['{ dir: { remote: { name: "b" } } }', target, noTarget],
    ['{ url: "a", dir: {} }', directory, noDirectory],
    ['{ url: "a", dir: "file://b" }', directory, "the value has the wrong type"],
    ['{ url: "a", dir: { remote: {} } }', directory, noDirectory],
    ['{ url: "a", dir: { configMapRef: {} } }', directory, noDirectory],
    ['{ url: "a", dir: { remote: { name: "b" }, local: { "1.sql": "" } } }', directory, "stated 2 times"],
    ['{ url: "a", dir: { locl: {} } }', "'local'", '"locl" does not exist'],
    ['{ url: "a", devDB: pod, dir: { remote: { name: "b" } } }', devURL, noURL],
  ],
};

/** Patches of specs that are right: `byUrl` and `local` below. */
const patches: readonly Case[] = [
  ['byUrl, { spec: { txMode: "none" } }', "", ""],
  ["byUrl, { spec: { url: null, urlFrom: url } }", "", ""],
  ['byUrl, { spec: { url: null, credentials: { host: "b", password: inlinePassword("c") } } }', "", ""],
  ['byUrl, { spec: { schema: { sql: null, hcl: "b" } } }', "", ""],
  ['byUrl, { spec: { devDB: pod, devURL: "b" } }', "", ""],
  ["byUrl, { spec: { urlFrom: url } }", target, "stated 2 times"],
  ["byUrl, { spec: { url: null } }", target, noTarget],
  ['byUrl, { spec: { schema: { hcl: "b" } } }', state, "stated 2 times"],
  ["byUrl, { spec: { schema: { sql: null } } }", state, noState],
  ["byUrl, { spec: { schema: null } }", "'null'", noState],
  ["byUrl, { spec: { devDB: pod } }", "state devURL or devURLFrom beside devDB", noURL],
  ['local, { spec: { dir: { local: { "2.sql": "b" } } } }', "", ""],
  ['local, { spec: { dir: { local: null, remote: { name: "b" } } } }', "", ""],
  ['local, { spec: { dir: { remote: { name: "b" } } } }', directory, "stated 2 times"],
  ["local, { spec: { dir: { local: null } } }", directory, noDirectory],
  // No sentence tells the shapes of these apart, and the compiler takes the change as one to another shape.
  ["byHost, { spec: { credentials: { host: null } } }", "", noTarget],
  ["byDevURL, { spec: { devURL: null } }", "", noURL],
];

const rows = Object.entries(cases).flatMap(([kind, specs]) =>
  specs.map(([spec, compiler, validator]) => ({ kind, spec, compiler, validator })),
);
const objectOf = ({ kind, spec }: { readonly kind: string; readonly spec: string }): string =>
  `{ apiVersion: "db.atlasgo.io/v1alpha1", kind: "${kind}", metadata: { name: "a" }, spec: ${spec} }`;

const head = `import { base, compose, define, overlay, patch, type Patch } from "@atlas/compose";
import { inlinePassword, secretKey, type AtlasMigration, type AtlasSchema } from "@atlas/crd-types";
const url = secretKey("shop", "url");
const pod = { spec: { containers: [{ name: "db" }] } };
const byUrl = define<AtlasSchema>()(${objectOf({ kind: "AtlasSchema", spec: '{ url: "a", schema: { sql: "b" } }' })});
const byHost = define<AtlasSchema>()(${objectOf({ kind: "AtlasSchema", spec: '{ credentials: { host: "a" }, schema: { sql: "b" } }' })});
const byDevURL = define<AtlasSchema>()(${objectOf({ kind: "AtlasSchema", spec: '{ url: "a", devURL: "b", devDB: pod, schema: { sql: "b" } }' })});
const local = define<AtlasMigration>()(${objectOf({ kind: "AtlasMigration", spec: '{ url: "a", dir: { local: { "1.sql": "b" } } }' })});
const patched = (change: Patch) => compose(overlay({ base: base({ resources: [change.target] }), patches: [change] }))[0];`;

/** Each object as it is declared, in either way, and as it is patched. */
const declared = [
  ...rows.flatMap((row) => [
    { ...row, code: `define<${row.kind}>()(${objectOf(row)})` },
    { ...row, code: `(${objectOf(row)}) satisfies ${row.kind}` },
  ]),
  ...patches.map(([code, compiler, validator]) => ({ code: `patched(patch(${code}))`, compiler, validator })),
];

let written: TypeCases;
beforeAll(() => {
  const expressions = declared.map(({ code }) => code);
  written = typeCases(fileURLToPath(new URL("..", import.meta.url)), "stated-once", head, expressions);
});
afterAll(() => written.remove());

describe("what a spec is without, or has twice", () => {
  test.each(compilers)(
    "%s says so",
    (_name, tsc) => {
      const wanted = declared.map(({ code, compiler }) => [code, compiler] as const);
      expect(misses(written.messagesOf(tsc), wanted)).toEqual([]);
    },
    60_000,
  );

  test("the validators say so, too", async () => {
    const { made } = (await import(written.file)) as { made: (() => KubernetesObject)[] };
    const said = made.map((make) => {
      const object = make();
      const key = `${object.apiVersion}/${object.kind}` as keyof typeof validators;
      const issues = validators[key].validate(object);
      return issues.map(({ message }) => message).join("\n");
    });
    const wanted = declared.map(({ code, validator }) => [code, validator] as const);
    expect(misses(said, wanted)).toEqual([]);
  });
});
