import { ComposeError } from "@atlas/compose";
import { secretKey } from "@atlas/crd-types";
import { atlasSchema } from "@atlas/crd-types/validators";
import {
  allowDevDatabases,
  databaseCredentials,
  databaseUrl,
  devDatabase,
  externalDatabaseUrl,
  plainDevDatabases,
} from "@atlas/manifests/databases";
import { describe, expect, test } from "vitest";

const login = { user: "atlas", password: "p@ss:w/rd? +" };
const encoded = "atlas:p%40ss%3Aw%2Frd%3F%20%2B";

describe("a URL says what was meant", () => {
  test.each([
    [
      databaseUrl("postgres", { host: "db", database: "shop", schema: "my schema" }, login),
      `postgres://${encoded}@db:5432/shop?search_path=my%20schema`,
    ],
    [
      databaseUrl("postgres", { host: "db", port: 6432, parameters: { sslmode: "disable" } }, login),
      `postgres://${encoded}@db:6432?sslmode=disable`,
    ],
    [
      databaseUrl("mysql", { host: "fd00::1", database: "a/b" }, login),
      `mysql://${encoded}@[fd00::1]:3306/a%2Fb`,
    ],
    [databaseUrl("mariadb", { host: "db" }, { user: "a'b" }), "mariadb://a%27b@db:3306"],
    [
      databaseUrl("sqlserver", { host: "db", database: "shop", mode: "database" }, login),
      `sqlserver://${encoded}@db:1433?database=shop&mode=database`,
    ],
    [
      databaseUrl("clickhouse", { host: "db", database: "shop" }, login),
      `clickhouse://${encoded}@db:9000/shop`,
    ],
  ])("%s", (url, want) => expect(url).toBe(want));
});

describe("is refused", () => {
  const user = { user: "atlas" };
  const half = "a\ud800";
  test.each<[what: string, make: () => unknown, path: string, message: RegExp]>([
    [
      "a schema that is a parameter, too",
      () => databaseUrl("postgres", { host: "db", schema: "a", parameters: { search_path: "b" } }, user),
      "parameters.search_path",
      /the field "schema" states this parameter, too/,
    ],
    [
      "the same in parts",
      () =>
        databaseCredentials(
          "postgres",
          { host: "db", schema: "a", parameters: { search_path: "a" } },
          { user: "a", password: secretKey("a", "b") },
        ),
      "parameters.search_path",
      /the field "schema" states/,
    ],
    [
      "a database that is a parameter, too",
      () => databaseUrl("sqlserver", { host: "db", database: "a", parameters: { database: "b" } }, user),
      "parameters.database",
      /the field "database" states/,
    ],
    [
      "a mode that is a parameter, too",
      () => databaseUrl("sqlserver", { host: "db", mode: "schema", parameters: { mode: "DATABASE" } }, user),
      "parameters.mode",
      /the field "mode" states/,
    ],
    [
      "half of a character in a user",
      () => databaseUrl("mysql", { host: "db" }, { user: half }),
      "user",
      /surrogate/,
    ],
    [
      "half of a character in a password",
      () => databaseUrl("mysql", { host: "db" }, { user: "a", password: half }),
      "password",
      /surrogate/,
    ],
    [
      "half of a character in a database",
      () => databaseUrl("mysql", { host: "db", database: half }, user),
      "database",
      /surrogate/,
    ],
    [
      "half of a character in a parameter",
      () => databaseUrl("mysql", { host: "db", parameters: { a: half } }, user),
      "parameters.a",
      /surrogate/,
    ],
  ])("%s", (_what, make, path, message) => {
    expect(make).toThrow(ComposeError);
    expect(make).toThrow(message);
    expect(make).toThrow(path);
  });
});

test("a parameter that no field states stands as it is", () => {
  const url = databaseUrl("postgres", { host: "db", parameters: { search_path: "b" } }, { user: "a" });
  expect(url).toBe("postgres://a@db:5432?search_path=b");
});

test("credentials keep the parts as they are, each where the driver looks for it", () => {
  const password = secretKey("shop", "password");
  expect(
    databaseCredentials(
      "postgres",
      { host: "db", database: "shop", schema: "public" },
      { user: secretKey("shop", "user"), password },
    ),
  ).toEqual({
    scheme: "postgres",
    host: "db",
    port: 5432,
    database: "shop",
    userFrom: secretKey("shop", "user"),
    passwordFrom: password,
    parameters: { search_path: "public" },
  });
  expect(
    databaseCredentials("sqlserver", { host: "db", database: "shop" }, { user: "atlas", password }),
  ).toEqual({
    scheme: "sqlserver",
    host: "db",
    port: 1433,
    user: "atlas",
    passwordFrom: password,
    parameters: { database: "shop" },
  });
});

const image = { mirror: "registry.example.com/db", version: "1.2", digest: `sha256:${"0".repeat(64)}` };
const licence = { acceptEula: "Y", edition: "Developer" } as const;

describe("a dev database", () => {
  test.each([
    [
      "postgres",
      devDatabase("postgres", { image, scope: "schema" }),
      "/dev?search_path=public&sslmode=disable",
    ],
    ["postgres", devDatabase("postgres", { image, scope: "database" }), "/dev?sslmode=disable"],
    ["mysql", devDatabase("mysql", { image, scope: "schema" }), "/dev"],
    ["mariadb", devDatabase("mariadb", { image, scope: "database" }), ""],
    [
      "sqlserver",
      devDatabase("sqlserver", { image, scope: "database", licence }),
      "?database=master&mode=database",
    ],
    ["clickhouse", devDatabase("clickhouse", { image, scope: "schema" }), "/dev"],
  ])("of %s is one that the CRD takes, at the place of its URL", (driver, { devURL, devDB }, end) => {
    const [container] = devDB.spec.containers;
    expect(container?.image).toBe(`registry.example.com/db:1.2@${image.digest}`);
    expect(devURL).toMatch(new RegExp(`^${driver}://`));
    expect(devURL.endsWith(`@localhost:${container?.ports?.[0]?.containerPort}${end}`)).toBe(true);
    // What the server is told is what the URL says.
    const values = container?.env?.map(({ value }) => value);
    expect(values).toContain(new URL(devURL).password);
    if (end.startsWith("/dev")) expect(values).toContain("dev");
    const schema = {
      apiVersion: "db.atlasgo.io/v1alpha1",
      kind: "AtlasSchema",
      metadata: { name: "shop" },
      spec: { url: "sqlite://a", schema: { sql: "a" }, devURL, devDB },
    };
    expect(atlasSchema.validate(schema)).toEqual([]);
  });

  test("takes limits and a place of its own", () => {
    const resources = { limits: { memory: "2Gi" } };
    const tolerations = [{ key: "databases", operator: "Exists" }];
    const { devDB } = devDatabase("mysql", { image, scope: "schema", resources, tolerations });
    expect(devDB.spec).toMatchObject({ tolerations, containers: [{ resources }] });
  });

  test("is let in to on the ports of its driver, each once", () => {
    expect(
      allowDevDatabases("atlas-operator", ["mysql", "mariadb", "postgres"]).spec.ingress[0].ports,
    ).toEqual([
      { protocol: "TCP", port: 3306 },
      { protocol: "TCP", port: 5432 },
    ]);
    expect(plainDevDatabases(["clickhouse"]).spec.portLevelMtls).toEqual({ "9000": { mode: "PERMISSIVE" } });
  });
});

test("an ExternalSecret makes a Secret of its own name", () => {
  const secret = externalDatabaseUrl(
    { name: "shop", namespace: "shop" },
    "postgres",
    { host: "db" },
    {
      store: { kind: "ClusterSecretStore", name: "vault" },
      user: { key: "shop", property: "user" },
      password: { key: "shop", property: "password" },
    },
  );
  expect(secret).toMatchObject({
    metadata: { name: "shop", namespace: "shop" },
    spec: { target: { name: "shop" }, refreshInterval: "1h" },
  });
});
