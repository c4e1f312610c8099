import { validators } from "@atlas/crd-types/validators";
import { describe, expect, test } from "vitest";

const head = (kind: string) => ({ apiVersion: "db.atlasgo.io/v1alpha1", kind, metadata: { name: "shop" } });
const schema = (spec: object) => ({ ...head("AtlasSchema"), spec });
const migration = (spec: object) => ({ ...head("AtlasMigration"), spec });
const good = { url: "sqlite://shop.db", schema: { sql: "CREATE TABLE a (b int);" } };
const goodMigration = {
  urlFrom: { secretKeyRef: { name: "shop", key: "url" } },
  dir: { configMapRef: { name: "migrations" } },
};
const pod = (ports: object[]) => ({ containers: [{ name: "db", image: "postgres", ports }] });

const issuesOf = (value: unknown, kind = "AtlasSchema") =>
  Object.entries(validators)
    .find(([key]) => key.endsWith(`/${kind}`))?.[1]
    .validate(value) ?? [];

describe("accepted", () => {
  test.each<[string, object]>([
    ["a URL and SQL", schema(good)],
    [
      "credentials",
      schema({
        ...good,
        url: undefined,
        credentials: { scheme: "postgres", host: "db", passwordFrom: { secretKeyRef: { key: "p" } } },
      }),
    ],
    [
      "a dev database of one's own",
      schema({
        ...good,
        devURL: "postgres://db",
        devDB: { spec: pod([{ containerPort: 5432 }, { containerPort: 5432, protocol: "UDP" }]) },
      }),
    ],
    [
      "a configuration of one's own, which has target and desired state",
      schema({ config: "env {}", envName: "k8s", schema: {} }),
    ],
    ["a null for a field that is left out", schema({ ...good, exclude: null })],
    [
      "what the API server returns",
      {
        ...schema(good),
        metadata: { name: "shop", uid: "1", generation: 1, creationTimestamp: null },
        status: { failed: 0, last_applied: 1, observed_hash: "a", conditions: [] },
      },
    ],
  ])("%s", (_name, value) => expect(issuesOf(value)).toEqual([]));

  test("a migration", () => expect(issuesOf(migration(goodMigration), "AtlasMigration")).toEqual([]));
});

describe("refused", () => {
  const table: [
    string,
    { given: unknown; path: string; message: string; suggestion?: string; kind?: string },
  ][] = [
    ["no object", { given: null, path: "", message: "the value has the wrong type" }],
    [
      "another kind",
      { given: { ...schema(good), kind: "AtlasSchemas" }, path: "kind", message: "the value is not allowed" },
    ],
    [
      "no name",
      {
        given: { ...schema(good), metadata: {} },
        path: "metadata.name",
        message: 'the field "name" is required',
      },
    ],
    [
      "a misspelt field of metadata",
      {
        given: { ...schema(good), metadata: { name: "a", lables: {} } },
        path: "metadata.lables",
        message: 'the field "lables" does not exist',
        suggestion: "labels",
      },
    ],
    [
      "a misspelt field",
      {
        given: schema({ ...good, txmode: "all" }),
        path: "spec.txmode",
        message: 'the field "txmode" does not exist',
        suggestion: "txMode",
      },
    ],
    [
      "a misspelt field of a Kubernetes definition",
      {
        given: schema({ ...good, devURL: "a", devDB: { spec: { containers: [{ name: "a", imag: "b" }] } } }),
        path: "spec.devDB.spec.containers[0].imag",
        message: 'the field "imag" does not exist',
        suggestion: "image",
      },
    ],
    [
      "a value that is not allowed",
      {
        given: schema({ ...good, txMode: "some" }),
        path: "spec.txMode",
        message: "the value is not allowed",
      },
    ],
    [
      "a wrong type",
      {
        given: schema({ ...good, backoffLimit: "20" }),
        path: "spec.backoffLimit",
        message: "the value has the wrong type",
      },
    ],
    [
      "a fraction",
      {
        given: schema({ ...good, backoffLimit: 1.5 }),
        path: "spec.backoffLimit",
        message: "the value has the wrong type",
      },
    ],
    [
      "a field left out",
      {
        given: schema({ ...good, devURL: "a", devDB: { spec: {} } }),
        path: "spec.devDB.spec.containers",
        message: 'the field "containers" is required',
      },
    ],
    [
      "a nonsense quantity",
      {
        given: schema({
          ...good,
          devURL: "a",
          devDB: { spec: { containers: [{ name: "a", resources: { limits: { cpu: "much" } } }] } },
        }),
        path: "spec.devDB.spec.containers[0].resources.limits.cpu",
        message: "the text does not match",
      },
    ],
    [
      "a port twice, the protocol's default counted",
      {
        given: schema({
          ...good,
          devURL: "a",
          devDB: { spec: pod([{ containerPort: 1 }, { containerPort: 1, protocol: "TCP" }]) },
        }),
        path: "spec.devDB.spec.containers[0].ports[1]",
        message: "the element stands twice",
      },
    ],
    [
      "no target",
      { given: schema({ schema: good.schema }), path: "spec", message: "the target database is not stated" },
    ],
    [
      "two targets",
      {
        given: schema({ ...good, urlFrom: { secretKeyRef: { key: "a" } } }),
        path: "spec",
        message: "the target database is stated 2 times: url, urlFrom",
      },
    ],
    [
      "credentials without a host",
      {
        given: schema({ schema: good.schema, credentials: { scheme: "postgres", hostFrom: {} } }),
        path: "spec.credentials",
        message: "the credentials have no host to reach the target database by",
      },
    ],
    [
      "no desired state",
      { given: schema({ url: good.url }), path: "spec.schema", message: "the desired state is not stated" },
    ],
    [
      "two desired states",
      {
        given: schema({ ...good, schema: { sql: "a", hcl: "b" } }),
        path: "spec.schema",
        message: "the desired state is stated 2 times: sql, hcl",
      },
    ],
    [
      "a file of no known language",
      {
        given: schema({ ...good, schema: { configMapKeyRef: { name: "a", key: "schema.txt" } } }),
        path: "spec.schema.configMapKeyRef.key",
        message: "the operator can't tell the language of the file",
      },
    ],
    [
      "a dev database without its URL",
      {
        given: schema({ ...good, devDB: { spec: pod([]) } }),
        path: "spec.devDB",
        message: "a custom dev database has no URL to reach it by",
      },
    ],
    [
      "two migration directories",
      {
        given: migration({ ...goodMigration, dir: { configMapRef: { name: "a" }, local: { a: "b" } } }),
        path: "spec.dir",
        message: "the migration directory is stated 2 times: configMapRef, local",
        kind: "AtlasMigration",
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, kind, ...want }) => {
    const issues = issuesOf(given, kind);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject(want);
  });

  test("everything at once", () => {
    const issues = issuesOf(schema({ urll: "a", txMode: "some", backoffLimit: "1" }));
    expect(issues.map(({ path }) => path)).toEqual([
      "spec.urll",
      "spec.txMode",
      "spec.backoffLimit",
      "spec",
      "spec.schema",
    ]);
  });

  test("a prototype's name is a field like any other", () => {
    const issues = issuesOf(
      JSON.parse(
        '{"apiVersion":"db.atlasgo.io/v1alpha1","kind":"AtlasSchema","metadata":{"name":"a"},"spec":{"url":"a","schema":{"sql":"b"},"__proto__":{},"constructor":1}}',
      ),
    );
    expect(issues.map(({ path }) => path)).toEqual(["spec.__proto__", "spec.constructor"]);
  });
});
