import { ComposeError, type Problem } from "@atlas/compose";
import { operator } from "@atlas/manifests";
import * as databases from "@atlas/manifests/databases";
import * as manager from "@atlas/manifests/manager";
import * as options from "@atlas/manifests/options";
import {
  databaseCredentials,
  databaseUrl,
  devDatabase,
  externalDatabaseUrl,
} from "@atlas/manifests/databases";
import { managerArgs, managerEnv } from "@atlas/manifests/manager";
import {
  customConfig,
  gitops,
  instance,
  monitoring,
  persistence,
  privateRegistry,
  proxy,
  resources,
  scope,
} from "@atlas/manifests/options";
import { describe, expect, test } from "vitest";

type Option = (...given: never[]) => unknown;

/** What is wrong with a call as JavaScript makes it: the compiler has not looked at what is given. */
function problemsOf(option: Option, ...given: readonly unknown[]): readonly Problem[] {
  try {
    (option as (...given: readonly unknown[]) => unknown)(...given);
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
}

const hereAlone = [
  expect.objectContaining({ label: "call", file: expect.stringMatching(/unknown-settings\.test\.ts$/) }),
];

/** What is said of it, each with the place of the call. */
const saidOf = (option: Option, ...given: readonly unknown[]): string[] =>
  problemsOf(option, ...given).map(({ path, what, fix = "", places }) => {
    expect(places).toEqual(hereAlone);
    return `${path}: ${what}: ${fix}`;
  });

const image = { ...operator.image, version: "v0.7.37" };
const at = { host: "db", database: "shop" };
const login = { user: "atlas", password: "p" };
const secret = { secretKeyRef: { name: "a", key: "b" } };
const external = {
  store: { kind: "SecretStore", name: "vault" },
  user: { key: "a" },
  password: { key: "a" },
};
const own = { image, name: "billing", crds: "owned" };
const claim = { image, storage: "1Gi", accessMode: "ReadWriteOnce" };
const sizes = { requests: { cpu: "1" }, limits: { memory: "1Gi" }, tmp: "1Gi" };
const dev = { image: { version: "17" }, scope: "schema" };
const watched = { image, namespaces: ["a"], operatorNamespace: "b" };

describe("what an option or a database does not know is refused:", () => {
  test.each<[said: string, option: Option, given: unknown[]]>([
    ['labelSelectors: the field "labelSelectors"', instance, [{ ...own, labelSelectors: "a=b" }]],
    ['did you mean "owned"', instance, [{ ...own, crds: "owner" }]],
    ['did you mean "storageClassName"', persistence, [{ ...claim, storageClasName: "fast" }]],
    ['did you mean "ReadWriteOnce"', persistence, [{ ...claim, accessMode: "ReadWriteOnse" }]],
    ['did you mean "except"', proxy, [{ url: "http://a:1", exept: [".b"] }]],
    ['requests.memry: the field "memry"', resources, [{ ...sizes, requests: { memry: "1Gi" } }]],
    ['did you mean "limits"', resources, [{ ...sizes, limit: {} }]],
    ['did you mean "namespaces"', scope, [{ ...watched, namespace: ["a"] }]],
    ['did you mean "pullSecrets"', privateRegistry, [image, { prefix: "a.b", pullSecret: ["c"] }]],
    ['did you mean "labels"', monitoring, [{ scrape: { by: "PodMonitor" }, label: {} }]],
    ['did you mean "PodMonitor"', monitoring, [{ scrape: { by: "PodMonitors" } }]],
    ['scrape.from: the field "from"', monitoring, [{ scrape: { by: "ServiceMonitor", from: "proxy" } }]],
    ['scrape.from: "proxi"', monitoring, [{ scrape: { by: "PodMonitor", from: "proxi" } }]],
    ['did you mean "argocd"', gitops, ["argo-cd"]],
    ['schema: the field "schema"', databaseUrl, ["mysql", { ...at, schema: "a" }, login]],
    ['mode: the field "mode"', databaseUrl, ["postgres", { ...at, mode: "schema" }, login]],
    ['did you mean "password"', databaseUrl, ["postgres", at, { user: "a", pasword: "p" }]],
    ['did you mean "postgres"', databaseUrl, ["postgress", at, login]],
    [
      'did you mean "password"',
      databaseCredentials,
      ["postgres", at, { user: "a", password: secret, passwrd: secret }],
    ],
    [
      "store.namespace",
      externalDatabaseUrl,
      [{ name: "a" }, "postgres", at, { ...external, store: { ...external.store, namespace: "b" } }],
    ],
    [
      'did you mean "property"',
      externalDatabaseUrl,
      [{ name: "a" }, "postgres", at, { ...external, user: { key: "a", properti: "b" } }],
    ],
    ['did you mean "registry"', devDatabase, ["postgres", { ...dev, regstry: { prefix: "a.b" } }]],
    ["image.tag", devDatabase, ["postgres", { ...dev, image: { version: "17", tag: "17" } }]],
    ['did you mean "schema"', devDatabase, ["postgres", { ...dev, scope: "schemas" }]],
    ['licence: the field "licence"', devDatabase, ["postgres", { ...dev, licence: {} }]],
  ])("%s", (said, option, given) => {
    expect(saidOf(option, ...given)).toEqual([expect.stringContaining(said)]);
  });

  test("of what they know, none is", () => {
    const licence = { acceptEula: "Y", edition: "Developer" };
    expect([
      ...saidOf(instance, own),
      ...saidOf(persistence, claim),
      ...saidOf(resources, sizes),
      ...saidOf(scope, watched),
      ...saidOf(externalDatabaseUrl, { name: "a" }, "sqlserver", { ...at, mode: "schema" }, external),
      ...saidOf(devDatabase, "sqlserver", { ...dev, licence, tolerations: [], registry: { prefix: "a.b" } }),
    ]).toEqual([]);
  });
});

const old = { ...operator.image, version: "v0.7.10" };

describe("which field of which argument is meant is told with the call of", () => {
  test.each<[name: string, option: Option, given: unknown[], argument: number, ...fields: readonly string[]]>(
    [
      ["instance", instance, [{ ...own, name: "Billing" }], 0, "name"],
      ["persistence", persistence, [{ ...claim, storage: "1m" }], 0, "storage"],
      ["proxy", proxy, [{ url: "a:b@c" }], 0, "url"],
      ["resources", resources, [{ ...sizes, limits: { memory: "1m" } }], 0, "limits", "memory"],
      ["scope", scope, [{ ...watched, namespaces: ["A"] }], 0, "namespaces"],
      ["scope of none", scope, [{ ...watched, namespaces: [] }], 0, "namespaces"],
      ["scope of an old release", scope, [{ ...watched, image: old }], 0],
      ["customConfig", customConfig, [{ ...old, version: "v0.6.0" }], 0],
      ["privateRegistry", privateRegistry, [image, { prefix: "https://a" }], 1, "prefix"],
      ["monitoring", monitoring, [{ scrape: { by: "PodMonitors" } }], 0, "scrape", "by"],
      ["gitops", gitops, ["argo-cd"], 0, "tools", "0"],
      ["devDatabase", devDatabase, ["postgres", { ...dev, scope: "a" }], 1, "scope"],
      ["databaseUrl", databaseUrl, ["mysql", { ...at, schema: "a" }, login], 1, "schema"],
      ["databaseUrl of a login", databaseUrl, ["mysql", at, { ...login, pasword: "b" }], 2, "pasword"],
      ["databaseUrl of a driver", databaseUrl, ["mysq", at, login], 0],
      [
        "databaseCredentials",
        databaseCredentials,
        ["mysql", { ...at, schema: "a" }, { user: "a", password: secret }],
        1,
        "schema",
      ],
      [
        "externalDatabaseUrl",
        externalDatabaseUrl,
        [{ name: "a" }, "mysql", at, { ...external, as: 1 }],
        3,
        "as",
      ],
      ["managerArgs", managerArgs, [image, { "leader-elct": true }], 1, "leader-elct"],
      ["managerEnv", managerEnv, [image, { PREWARM_DEVDB: "maybe" }], 1, "PREWARM_DEVDB"],
    ],
  )("%s", (_, option, given, argument, ...fields) => {
    const [problem] = problemsOf(option, ...given);
    expect(problem?.places).toEqual([expect.objectContaining({ within: { argument, fields } })]);
    expect(problem?.places).toEqual(hereAlone);
  });
});

/** One takes as many words as there are; the other is a question about a text. */
const takesAny = new Set<unknown>([options.gitops, manager.selectorProblem]);
const builders = Object.values<unknown>({ ...options, ...databases, ...manager }).filter(
  (option): option is Option => typeof option === "function" && !takesAny.has(option),
);

describe("an argument more than an option, a database or the manager takes is refused:", () => {
  test.each(builders.map((builder) => [builder.name, builder] as const))("%s", (name, builder) => {
    const given = Array.from({ length: builder.length + 1 }, () => ({}));
    expect(saidOf(builder, ...given)).toEqual([
      expect.stringMatching(`${name}\\(\\) is given an argument too many, which would be lost: (merge|take)`),
    ]);
  });
});
