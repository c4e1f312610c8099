import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startDatabase, tablesIn } from "../../src/operator/database.ts";
import { operatorCases } from "../../src/operator/operator-cases.ts";
import { operatorRoot } from "../../src/operator/operator.ts";
import {
  applyCase,
  readyCondition,
  targetTables,
  untilReconciled,
  type Stage,
} from "../../src/operator/operator-steps.ts";
import { startReplica } from "../../src/operator/replica.ts";
import { untilReady, type RootFileSystem, type Sandbox } from "../../src/operator/sandbox.ts";
import { applicable, isExisting, ownNamespace, quietly } from "../cluster/cluster.ts";
import { apply, ensureNamespace, remove, removed } from "../cluster/live.ts";
import { leaseHolder, renderedProcess } from "./rendered.ts";

const dev = inject("environments").find(({ name }) => name === "dev");
if (dev === undefined) throw new Error("there is no environment dev");
const { folder: rendered, namespace } = dev;
const folder = inject("folder");
const say = (line: string): void => void process.stderr.write(`e2e: ${line}\n`);

const pod = await renderedProcess(rendered, namespace);
const root = isExisting
  ? "in a cluster with nodes it runs as a pod: see e2e:kind"
  : await operatorRoot(pod, folder, say).catch(({ message }: Error) => message);
const whyNot = typeof root === "string" ? root : undefined;
if (whyNot !== undefined) say(`NOT RUN: the operator itself: ${whyNot}`);
const title = `the operator itself${whyNot === undefined ? "" : ` (not run: ${whyNot})`}`;

// The cases are named before hooks run, and name its port.
const database = await startDatabase();
const stage: Stage = { kubectl: quietly, namespace: ownNamespace, database, folder };
const cases = operatorCases(database).map((tried) => [tried.name, tried] as const);
let removeNamespaces: () => Promise<void>;

beforeAll(async () => {
  const removeNamespace = await ensureNamespace(rendered, namespace);
  await apply(applicable(rendered));
  await quietly("create", "namespace", ownNamespace);
  for (const [, tried] of cases) await applyCase(stage, tried);
  removeNamespaces = async () => {
    await removed("--all", "atlasschemas,atlasmigrations,secrets,configmaps", "--namespace", ownNamespace);
    await removed("namespace", ownNamespace);
    await remove(applicable(rendered));
    await removeNamespace();
  };
});
afterAll(async () => {
  await database.stop();
  await removeNamespaces();
});

/** What a Secret in the cluster says, as a person would read it. */
async function secretUrl(name: string): Promise<URL> {
  const encoded = await quietly(
    "get",
    "secret",
    name,
    "--namespace",
    ownNamespace,
    "--output=jsonpath={.data.url}",
  );
  return new URL(Buffer.from(encoded, "base64").toString());
}
async function configuredSql(name: string): Promise<string> {
  return quietly(
    "get",
    "configmap",
    name,
    "--namespace",
    ownNamespace,
    "--output=jsonpath={.data.schema\\.sql}",
  );
}
/** Runs the SQL of a case's ConfigMap by the URL of its Secret, and takes it back. */
async function runGiven(name: string): Promise<readonly string[]> {
  const { hostname, port, username, password, pathname } = await secretUrl(name);
  const decoded = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  const client = database.as({ host: hostname, port: Number(port), ...decoded });
  // What is tried here must not be there when the operator comes.
  return client.query(pathname.slice(1), `BEGIN; ${await configuredSql(name)}; ROLLBACK`);
}

describe("what the operator is given, without it", () => {
  test("the URL of the Secret opens the database, which takes the SQL of the ConfigMap", async () => {
    expect(await runGiven("orders")).toEqual([]);
  });

  const broken = cases.filter(([, { complaint }]) => complaint !== undefined);
  test.each(broken)("%s is refused by PostgreSQL or the network", async (_name, { target, complaint }) => {
    await expect(runGiven("database" in target ? target.database : "")).rejects.toThrow(complaint);
  });

  test.each(cases)("%s: nobody has touched its target or its status", async (_name, tried) => {
    expect(await readyCondition(stage, tried)).toBeUndefined();
    if ("database" in tried.target) expect(await targetTables(stage, tried, String)).toEqual([]);
  });
});

describe.skipIf(whyNot !== undefined)(title, () => {
  const replicas = new Map<string, Sandbox>();
  const running = async (name: string): Promise<Sandbox> => {
    const known = replicas.get(name);
    if (known !== undefined) return known;
    const given = { kubectl: quietly, folder, root: root as RootFileSystem, reaches: [database.port] };
    const replica = await startReplica(pod, name, given);
    replicas.set(name, replica);
    await untilReady(replica, pod);
    return replica;
  };
  afterAll(async () => {
    for (const replica of replicas.values()) await replica.stop();
    await removed("lease", "--all", "--namespace", namespace);
  });

  test("becomes ready and takes its lease", async () => {
    await running("atlas-operator-0");
    await leaseHolder(namespace, "atlas-operator-0");
  });

  test.each(cases)("%s", async (_name, tried) => {
    if (tried.complaint === undefined) {
      const { output, pathOf } = await running("atlas-operator-0");
      await untilReconciled(stage, tried, { output });
      const tables = await targetTables(stage, tried, pathOf);
      expect(tables).toEqual(expect.arrayContaining([...tried.tables]));
      return;
    }
    const message = async () => (await readyCondition(stage, tried))?.message;
    await expect.poll(message, { timeout: 120_000 }).toMatch(tried.complaint);
    expect((await readyCondition(stage, tried))?.status).toBe("False");
    expect(await targetTables(stage, tried, String)).toEqual([]);
  });

  test("a second replica takes over when the first is stopped, and applies what changes then", async () => {
    const second = await running("atlas-operator-1");
    await (await running("atlas-operator-0")).stop();
    await leaseHolder(namespace, "atlas-operator-1");
    const sql =
      "CREATE TABLE orders (id integer NOT NULL, note text, PRIMARY KEY (id));\nCREATE TABLE returns (id integer);\n";
    const patch = JSON.stringify({ data: { "schema.sql": sql } });
    await quietly(
      "patch",
      "configmap",
      "orders",
      "--namespace",
      ownNamespace,
      "--type=merge",
      "--patch",
      patch,
    );
    await expect.poll(() => tablesIn(database, "orders"), { timeout: 60_000 }).toEqual(["orders", "returns"]);
    expect((await second.get(pod.readiness.path)).status).toBe(200);
  });
});
