import { spawnSync } from "node:child_process";
import { admitted } from "@atlas/checks";
import {
  databaseUrl,
  devDatabase,
  externalDatabaseUrl,
  type DevDatabase,
  type Driver,
} from "@atlas/manifests/databases";
import { temporaryFolder } from "@atlas/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { buildUrlReader, type GoUrl } from "../../src/engines/database-urls.ts";

const seed = Number(process.env["CHECKS_SEED"] ?? 1);
const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

const drivers: readonly Driver[] = ["postgres", "mysql", "mariadb", "sqlserver", "clickhouse"];

const image = { version: "1.2.3" };
const licence = { acceptEula: "Y", edition: "Developer" } as const;
const presets: readonly [Driver, DevDatabase][] = (["schema", "database"] as const).flatMap((scope) => [
  ["postgres", devDatabase("postgres", { image, scope })],
  ["mysql", devDatabase("mysql", { image, scope })],
  ["mariadb", devDatabase("mariadb", { image, scope })],
  ["sqlserver", devDatabase("sqlserver", { image, scope, licence })],
  ["clickhouse", devDatabase("clickhouse", { image, scope })],
]);

test.each(presets)(
  "a dev database of %s is admitted by Pod Security's level restricted",
  (_driver, { devDB }) => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "dev" }, spec: devDB.spec };
    const namespace = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    };
    expect(admitted(pod, namespace)).toMatchObject({ allowed: true });
  },
);

/** Any text that a password, a name or a parameter may be. */
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const someone = fc.record({
  driver: fc.constantFrom(...drivers),
  host: fc.constantFrom("db.shop.svc", "10.0.0.1", "fd00::1"),
  port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
  database: fc.option(text, { nil: undefined }),
  user: text,
  password: text,
  parameter: text,
});

// In CI it has to run.
describe.skipIf(isWithoutGo)("URLs as Atlas reads them, which needs Go", () => {
  let read: Awaited<ReturnType<typeof buildUrlReader>>;
  beforeAll(async () => {
    read = await buildUrlReader(temporaryFolder("database-urls-"));
  }, 900_000);

  const given = fc.sample(someone, { seed, numRuns: 1000 }).map((each) => {
    const { host, port, database, parameter } = each;
    const connection = {
      host,
      ...(port !== undefined && { port }),
      ...(database !== undefined && { database }),
      parameters: { "a b": parameter },
    };
    return { ...each, connection };
  });

  /** Every part of the URLs is what was given. */
  const expectGiven = (urls: readonly GoUrl[]): void => {
    for (const [index, { driver, host, port, database, user, password, parameter }] of given.entries()) {
      const isParameter = driver === "sqlserver";
      expect(urls[index]).toMatchObject({
        Scheme: driver,
        User: user,
        Password: password,
        Hostname: host,
        Path: database === undefined || isParameter ? "" : `/${database}`,
        Query: { "a b": [parameter], ...(isParameter && database !== undefined && { database: [database] }) },
      });
      if (port !== undefined) expect(urls[index]?.Port).toBe(String(port));
    }
  };

  test("a thousand URLs of any characters are read as they were meant", () => {
    expectGiven(
      read(
        given.map(({ driver, connection, user, password }) => ({
          template: "{{ .url }}",
          fields: { url: databaseUrl(driver, connection, { user, password }) },
        })),
      ),
    );
  });

  test("so are those that External Secrets writes", () => {
    const remote = { key: "shop" };
    const store = { kind: "SecretStore", name: "vault" } as const;
    expectGiven(
      read(
        given.map(({ driver, connection, user, password }) => {
          const login = { store, user: remote, password: remote };
          const { spec } = externalDatabaseUrl({ name: "shop" }, driver, connection, login);
          return { template: spec.target.template.data.url, fields: { user, password } };
        }),
      ),
    );
  });
});
