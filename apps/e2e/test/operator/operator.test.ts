import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startDatabase } from "../../src/operator/database.ts";
import { operatorCases } from "../../src/operator/operator-cases.ts";
import { operatorRoot } from "../../src/operator/operator.ts";
import { applyCase, readyCondition, targetTables, type Stage } from "../../src/operator/operator-steps.ts";
import type { RootFileSystem } from "../../src/operator/sandbox.ts";
import { applicable, isExisting, ownNamespace, quietly } from "../cluster/cluster.ts";
import { apply, ensureNamespace, remove, removed } from "../cluster/live.ts";
import { flagProblem, installationFolder, installations } from "./installation.ts";
import { describeOperator } from "./operator-suite.ts";
import { renderedProcess } from "./rendered.ts";

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

// The cases are named before hooks run, and name its port.
const database = await startDatabase();
const stage: Stage = { kubectl: quietly, namespace: ownNamespace, database, folder };
const cases = operatorCases(database).map((tried) => [tried.name, tried] as const);
/** Takes away all that is applied here; what is tried next may have been for it. */
let removeAll: () => Promise<void>;

beforeAll(async () => {
  const removeNamespace = await ensureNamespace(rendered, namespace);
  await apply(applicable(rendered));
  await quietly("create", "namespace", ownNamespace);
  for (const [, tried] of cases) await applyCase(stage, tried);
  removeAll = async () => {
    removeAll = async () => {};
    await removeObjects(ownNamespace);
    await remove(applicable(rendered));
    await removeNamespace();
  };
});
afterAll(async () => {
  await database.stop();
  await removeAll();
});

/** Takes away a namespace with what is in it. */
async function removeObjects(from: string): Promise<void> {
  await removed("--all", "atlasschemas,atlasmigrations,secrets,configmaps", "--namespace", from);
  await removed("namespace", from);
}

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

const names = cases.map(([name]) => name);

describeOperator("as dev has it", whyNot, names, async () => ({
  stage: { ...stage, database },
  cases: cases.map(([, tried]) => tried),
  pod,
  root: root as RootFileSystem,
  clear: async () => {},
}));

// One after the other: the names of what they consist of are the same.
for (const [index, installation] of installations.entries()) {
  const { name, options, flag, isScoped } = installation;
  const problem =
    typeof root === "string" || flag === undefined ? undefined : await flagProblem(root, pod.argv[0], flag);
  describeOperator(name, whyNot ?? problem, names, async () => {
    const objects = `${ownNamespace}-${index}`;
    const own = await startDatabase();
    const target = installationFolder(options(objects, namespace), folder);
    const there = { kubectl: quietly, namespace: objects, database: own, folder };
    const applied = operatorCases(own);
    const elsewhere = { ...there, namespace: `${objects}-outside` };
    const outside = applied.find(({ databases }) => databases.length === 0);
    for (const each of [objects, elsewhere.namespace]) await quietly("create", "namespace", each);
    await removeAll();
    const removeNamespace = await ensureNamespace(target, namespace);
    await apply(target);
    for (const tried of applied) await applyCase(there, tried);
    if (outside) await applyCase(elsewhere, outside);
    return {
      stage: there,
      cases: applied,
      pod: await renderedProcess(target, namespace),
      root: root as RootFileSystem,
      ...(isScoped && outside && { outside: { stage: elsewhere, tried: outside } }),
      clear: async () => {
        await own.stop();
        for (const each of [objects, elsewhere.namespace]) await removeObjects(each);
        await remove(target);
        await removeNamespace();
      },
    };
  });
}
