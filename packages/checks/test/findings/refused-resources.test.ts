import { check, printedPath, type RuleCode } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { edited, type Edits } from "./edit.ts";
import { sound } from "./sound.ts";

/*
 * What the operator refuses in its own objects by their spec alone, or by what lies beside them, although the API server takes
 * it: each row breaks the sound environment, and says what is found of it.
 */

const container = "spec.template.spec.containers[0]";
const operator = "Deployment/atlas/operator";
/** Stands for that of `@atlas/crd-types/migrations`, which has tests of its own. */
const migrationSumProblems = (files: Readonly<Record<string, string>>): readonly string[] =>
  "atlas.sum" in files || !("1.sql" in files) ? [] : ["there is no atlas.sum"];

type Case = readonly [name: string, edits: Edits, found: readonly string[]];

const table = (of: RuleCode, cases: readonly Case[]): void => {
  describe(of, () => {
    test.each(cases)("%s", (_name, edits, expected) => {
      const found = check(edited(sound, edits), { migrationSumProblems });
      expect(found.map(({ code, path, severity }) => `${severity} ${code} ${printedPath(path)}`)).toEqual(
        expected,
      );
    });
  });
};

const [schema, migration] = ["AtlasSchema/shop/orders", "AtlasMigration/shop/orders"];
const remote = (more: object = {}) => ({
  [migration]: {
    "spec.dir": { remote: { name: "shop" } },
    "spec.cloud": { tokenFrom: { secretKeyRef: { name: "web", key: "token" } } },
    ...more,
  },
});
const cloudSchema = { [schema]: { "spec.schema": { url: "atlas://shop" } } };
const variable = (name: string, value: string) => ({ [`${container}.env[1]`]: { name, value } });
const down = (allow: boolean, autoApprove?: boolean) => ({
  "spec.protectedFlows.migrateDown": { allow, ...(autoApprove !== undefined && { autoApprove }) },
});
const configured = (resource: string, more: object) => ({
  [operator]: variable("ALLOW_CUSTOM_CONFIG", "true"),
  [resource]: { "spec.config": "env {}", "spec.envName": "k8s", ...more },
});

table("cloud-token-missing", [
  ["a remote directory with one", remote(), []],
  [
    "a remote directory without",
    remote({ "spec.cloud": undefined }),
    ["error cloud-token-missing spec.dir.remote"],
  ],
  [
    "that of the operator does not do for a directory",
    { ...remote({ "spec.cloud": { project: "shop" } }), [operator]: variable("ATLAS_TOKEN", "x") },
    ["error cloud-token-missing spec.dir.remote"],
  ],
  ["a configuration may have it", configured(migration, { "spec.dir": { remote: { name: "shop" } } }), []],
  ["a schema without", cloudSchema, ["error cloud-token-missing spec.schema.url"]],
  [
    "a schema without, and no operator to ask",
    {
      ...cloudSchema,
      [operator]: undefined,
      "PodDisruptionBudget/atlas/operator": undefined,
      "PeerAuthentication/atlas/operator": undefined,
      "Sidecar/atlas/operator": undefined,
    },
    ["warning cloud-token-missing spec.schema.url"],
  ],
  ["a schema, and one on the operator", { ...cloudSchema, [operator]: variable("ATLAS_TOKEN", "x") }, []],
  [
    "a schema, and a Secret of variables on the operator",
    {
      ...cloudSchema,
      [operator]: { [`${container}.envFrom`]: [{ secretRef: { name: "cloud", optional: true } }] },
    },
    [],
  ],
]);

table("config-environment-missing", [
  ["with its name", configured(schema, {}), []],
  [
    "without",
    configured(schema, { "spec.envName": undefined }),
    ["error config-environment-missing spec.envName"],
  ],
  [
    "of a migration, and empty",
    configured(migration, { "spec.envName": "" }),
    ["error config-environment-missing spec.envName"],
  ],
]);

table("migrate-down-refused", [
  ["not allowed", { [migration]: down(false, true) }, []],
  [
    "in the cluster, without approval",
    { [migration]: down(true) },
    ["error migrate-down-refused spec.protectedFlows.migrateDown.allow"],
  ],
  [
    "in the object itself, without approval",
    {
      [migration]: {
        ...down(true, false),
        "spec.dir": { local: { "1.sql": "", "atlas.sum": "h1:" } },
      },
    },
    ["error migrate-down-refused spec.protectedFlows.migrateDown.allow"],
  ],
  [
    "in the cluster, approved",
    { [migration]: down(true, true) },
    ["warning migrate-down-automatic spec.protectedFlows.migrateDown.autoApprove"],
  ],
  ["remote, without approval", remote(down(true)), []],
  [
    "remote, approved",
    remote(down(true, true)),
    ["error migrate-down-refused spec.protectedFlows.migrateDown.autoApprove"],
  ],
]);

const files = (data: object, field = "data"): Edits => ({
  "ConfigMap/shop/migrations": { data: undefined, [field]: data },
});
const local = (directory: object) => ({ [migration]: { "spec.dir": { local: directory } } });
const withoutSum = ["error migration-sum-mismatch data"];

table("migration-sum-mismatch", [
  ["there", files({ "1.sql": "", "atlas.sum": "" }), []],
  ["none", files({ "1.sql": "" }), withoutSum],
  [
    "as binary, which the operator does not see",
    { "ConfigMap/shop/migrations": { data: { "1.sql": "" }, binaryData: { "atlas.sum": "YQ==" } } },
    withoutSum,
  ],
  ["filled by somebody else", files({}), []],
  ["there, in the object itself", local({ "1.sql": "", "atlas.sum": "" }), []],
  ["none, in the object itself", local({ "1.sql": "" }), ["error migration-sum-mismatch spec.dir.local"]],
  ["none, of a ConfigMap that the operator does not read", { ...files({ "1.sql": "" }), ...remote() }, []],
]);
