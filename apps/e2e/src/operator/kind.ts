/*
 * The operator in a real cluster: makes one with kind, installs Istio's CRDs, applies the rendered `dev`, lets the operator
 * reconcile an AtlasSchema against PostgreSQL in the cluster, looks for the table, and removes the cluster, come what may.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa, type Options } from "execa";
import { requireCommands } from "../workspace/commands.ts";
import { istioCrds } from "../control-plane/control-plane-binaries.ts";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { untilAnswering, type Database } from "./database.ts";
import { firstCase } from "./operator-cases.ts";
import { applyCase, targetTables, untilReconciled } from "./operator-steps.ts";
import type { Kubectl } from "./replica.ts";

const sayLine = (line: string): void => {
  process.stderr.write(`kind: ${line}\n`);
};
const renderedFolder = fileURLToPath(new URL("../../../../dist/manifests/dev", import.meta.url));
const shopNamespace = "shop";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => interruption.abort(new Error(`ended by ${signal}`)));
const shownOutput: Options = { stdout: process.stderr, stderr: "inherit", cancelSignal: interruption.signal };

try {
  requireCommands({
    docker: "Docker (https://docs.docker.com/engine/install/)",
    kind: "kind (https://kind.sigs.k8s.io/docs/user/quick-start/)",
    kubectl: "kubectl (https://kubernetes.io/docs/tasks/tools/)",
  });
  await execa("docker", ["info"]).catch(({ stderr }) => {
    throw new Error(
      `Docker does not answer:\n  ${String(stderr).trim().split("\n").at(-1)}\n  fix: start Docker`,
    );
  });
} catch (error) {
  sayLine((error as Error).message);
  process.exit(2);
}

const kindFolder = runFolder();
const name = `atlas-e2e-${process.pid}`;
const kubeconfig = join(kindFolder.path, "kubeconfig");
const kubectl: Kubectl = async (...args) => {
  const { stdout } = await execa("kubectl", ["--kubeconfig", kubeconfig, ...args], {
    stderr: ["pipe", "inherit"],
    cancelSignal: interruption.signal,
  });
  return stdout;
};

try {
  await execa(
    "kind",
    ["create", "cluster", "--name", name, "--kubeconfig", kubeconfig, "--wait=180s"],
    shownOutput,
  );
  await proveIn();
  sayLine("the table is there");
} catch (error) {
  sayLine(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  // Also when it was interrupted: this is no longer cancelled.
  await execa("kind", ["delete", "cluster", "--name", name, "--kubeconfig", kubeconfig], {
    stdio: "inherit",
  });
  kindFolder.remove();
}

async function proveIn(): Promise<void> {
  await kubectl("apply", "--server-side", "--filename", await istioCrds(sayLine));
  await kubectl("apply", "--server-side", "-k", renderedFolder);
  await kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
  const deployment = ["--namespace", "atlas-operator", "deployment/atlas-operator"];
  await kubectl("rollout", "status", ...deployment, "--timeout=300s");
  await kubectl("create", "namespace", shopNamespace);
  const database = await databaseInCluster();
  const stage = { kubectl, namespace: shopNamespace, database, folder: kindFolder.path };
  const tried = firstCase(database);
  await applyCase(stage, tried);
  await untilReconciled(stage, tried);
  const tables = await targetTables(stage, tried, String);
  if (tables.join() !== tried.tables.join())
    throw new Error(
      `expected the tables ${tried.tables.join(", ")}, there are: ${tables.join(", ") || "none"}`,
    );
}

/** PostgreSQL as a pod that its Service finds; asked by the psql of its image. */
async function databaseInCluster(): Promise<Database> {
  const pod = "postgres";
  const login = { host: `${pod}.${shopNamespace}.svc`, port: 5432, user: "postgres", password: "shop" };
  await kubectl(
    "run",
    pod,
    "--namespace",
    shopNamespace,
    "--image=postgres:17",
    "--port=5432",
    "--expose",
    `--env=POSTGRES_PASSWORD=${login.password}`,
  );
  await kubectl(
    "wait",
    `pod/${pod}`,
    "--namespace",
    shopNamespace,
    "--for=condition=Ready",
    "--timeout=300s",
  );
  // By TCP: while the image sets itself up it has a server, too, on a socket alone.
  const query: Database["query"] = async (database, sql) => {
    const psql = [
      "psql",
      "-h",
      "127.0.0.1",
      "-U",
      login.user,
      "-d",
      database,
      "-At",
      "-v",
      "ON_ERROR_STOP=1",
      "-c",
      sql,
    ];
    return (await kubectl("exec", "--namespace", shopNamespace, pod, "--", ...psql))
      .split("\n")
      .filter(Boolean);
  };
  const database = { ...login, query };
  await untilAnswering(database);
  return database;
}
