import { databaseUrl, externalDatabaseUrl, type Driver } from "@atlas/manifests/databases";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const drivers: readonly Driver[] = ["postgres", "mysql", "mariadb", "sqlserver", "clickhouse"];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme-ascii" }));
// Readers of the WHATWG's kind drop a path of dots, encoded or not; Go's, which the operator has, keeps it.
const database = text.filter((name) => name !== "." && name !== ".." && name !== "");
const connection = fc.record({
  host: fc.constantFrom("db", "db.shop.svc", "10.0.0.1", "fd00::1"),
  port: fc.integer({ min: 1, max: 65_535 }),
  database,
  parameters: fc.dictionary(text, text, { maxKeys: 3 }),
});
const login = fc.record({ user: text, password: text });

type Given = typeof connection extends fc.Arbitrary<infer T> ? T : never;

/** What a reader of URLs by the WHATWG's standard finds. */
function read(driver: Driver, address: string) {
  const { protocol, hostname, port, username, password, pathname, searchParams, hash } = new URL(address);
  const inPath = driver !== "sqlserver";
  return {
    driver: protocol,
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    path: inPath ? decodeURIComponent(pathname) : pathname,
    parameters: new Map(searchParams),
    hash,
  };
}

function wanted(driver: Driver, given: Given, who: { readonly user: string; readonly password: string }) {
  const inPath = driver !== "sqlserver";
  return {
    driver: `${driver}:`,
    host: given.host.includes(":") ? `[${given.host}]` : given.host,
    port: given.port,
    ...who,
    path: inPath ? `/${given.database}` : "",
    parameters: new Map(
      Object.entries({ ...(!inPath && { database: given.database }), ...given.parameters }),
    ),
    hash: "",
  };
}

describe.each(drivers)("a URL of %s has what was given, whatever characters that has", (driver) => {
  test("of a user and a password", () =>
    fc.assert(
      fc.property(connection, login, (given, who) => {
        expect(read(driver, databaseUrl<Driver>(driver, given, who))).toEqual(wanted(driver, given, who));
      }),
    ));

  test("of what the template of an ExternalSecret is filled with", () =>
    fc.assert(
      fc.property(connection, login, (given, who) => {
        const { spec } = externalDatabaseUrl<Driver>({ name: "shop" }, driver, given, {
          store: { kind: "SecretStore", name: "vault" },
          user: { key: "user" },
          password: { key: "password" },
        });
        expect(read(driver, filled(spec.target.template.data.url, who))).toEqual(wanted(driver, given, who));
      }),
    ));
});

test("a schema is a parameter that may have any character", () =>
  fc.assert(
    fc.property(text, (schema) => {
      const url = new URL(
        databaseUrl("postgres", { host: "db", database: "shop", schema }, { user: "atlas" }),
      );
      expect([...url.searchParams]).toEqual([["search_path", schema]]);
    }),
  ));

test.each([
  [{ host: "db:5432" }, "host"],
  [{ host: "postgres://db" }, "host"],
  [{ host: "db/shop" }, "host"],
  [{ host: "u@db" }, "host"],
  [{ host: " db" }, "host"],
  [{ host: "[fd00::1]" }, "host"],
  [{ host: "" }, "host"],
  [{ host: "db", port: 99_999 }, "port"],
  [{ host: "db", port: 0 }, "port"],
  [{ host: "db", port: 5432.5 }, "port"],
])("what is no host or no port is refused: %j", (at, path) => {
  expect(() => databaseUrl("postgres", { ...at, database: "shop" }, { user: "atlas" })).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ path })] }),
  );
});

test.each([
  "db",
  "db.shop.svc.cluster.local.",
  "my_db",
  "10.0.0.1",
  "::1",
  "fe80::1%eth0",
  "::ffff:10.0.0.1",
  "{{ .host }}",
  "${DB_HOST}",
])("a host is taken: %s", (host) => {
  expect(databaseUrl("postgres", { host }, { user: "atlas" })).toContain(
    host.includes(":") ? `[${host}]` : host,
  );
});

/** What Go's templates make of one: `urlquery` writes a form, as URLSearchParams does. */
function filled(template: string, who: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{ \.(\w+) \| urlquery \| replace "\+" "%20" \}\}/g, (_all, field: string) =>
    new URLSearchParams([["", who[field] ?? ""]]).toString().slice(1).replaceAll("+", "%20"),
  );
}
