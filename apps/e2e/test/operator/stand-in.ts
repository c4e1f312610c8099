/*
 * Not the operator: a small program that looks at the sandbox from inside and does with the API server what every
 * operator does, so that the sandbox is proved where the operator's binary is not at hand. Node alone runs it.
 */
import { randomUUID } from "node:crypto";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { hostname } from "node:os";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

const account = "/var/run/secrets/kubernetes.io/serviceaccount";
const of = (file: string): string => readFileSync(`${account}/${file}`, "utf8");
const leases = `/apis/coordination.k8s.io/v1/namespaces/${of("namespace")}/leases`;
const leaseName = "5220c287.atlasgo.io";

/** What is read of an answer: of who asks, and of a lease. */
interface Answer {
  readonly status: number;
  readonly body: {
    readonly status?: { readonly userInfo: { readonly username: string } };
    readonly metadata?: object;
    readonly spec?: { readonly holderIdentity?: string };
  };
}

function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  const headers = { authorization: `Bearer ${of("token")}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host, port, method, path, headers, ca: of("ca.crt"), agent: false },
      (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((answer) => resolve({ status, body: JSON.parse(answer) }), reject);
      },
    );
    sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The code of the error that an action ends with. */
function failure(action: () => void): string {
  try {
    action();
    return "none";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const reach = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve("open"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on("connect", () => socket.destroy());
  });

/** What the program sees, for the test to compare with what the Deployment says. */
async function report(ports: readonly number[]): Promise<unknown> {
  const privileges = /^(Cap(?:Inh|Prm|Eff|Amb)|NoNewPrivs):\s+(\S+)$/gm;
  const lines = [...readFileSync("/proc/self/status", "utf8").matchAll(privileges)];
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const { body } = await ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review);
  return {
    args: process.argv.slice(2),
    env: process.env,
    hostname: hostname(),
    user: process.getuid?.(),
    group: process.getgid?.(),
    groups: process.getgroups?.(),
    privileges: Object.fromEntries(lines.map(([, name, value]) => [name, value])),
    writes: Object.fromEntries(
      ["/file", "/etc/file", "/usr/file", `${account}/token`, "/tmp/file"].map((file) => [
        file,
        failure(() => writeFileSync(file, "written")),
      ]),
    ),
    runsAs: body.status?.userInfo.username,
    forbidden: (await ask("GET", "/api/v1/nodes")).status,
    ports: await Promise.all(ports.map(reach)),
    foreignFolder: failure(() => accessSync("/root", constants.F_OK)),
  };
}

let isLeader = false;
const holderIdentity = `${hostname()}_${randomUUID()}`;

/** Takes the lease where nobody holds it, or keeps it: what the operator's leader election does. */
async function elect(): Promise<void> {
  const { status, body: lease } = await ask("GET", `${leases}/${leaseName}`);
  const kind = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
  if (status === 404) {
    const metadata = { name: leaseName };
    isLeader = (await ask("POST", leases, { ...kind, metadata, spec: { holderIdentity } })).status === 201;
  } else if (!lease.spec?.holderIdentity) {
    const taken = { ...lease, spec: { ...lease.spec, holderIdentity } };
    isLeader = (await ask("PUT", `${leases}/${leaseName}`, taken)).status === 200;
  }
}

const over = new AbortController();
const election = (async () => {
  for (; !over.signal.aborted; await sleep(100)) await elect();
})();

process.on("SIGTERM", async () => {
  over.abort();
  await election;
  if (isLeader) {
    const { body: lease } = await ask("GET", `${leases}/${leaseName}`);
    await ask("PUT", `${leases}/${leaseName}`, { ...lease, spec: { ...lease.spec, holderIdentity: "" } });
  }
  process.exit(0);
});

createServer(async ({ url = "" }, response) => {
  const [, path, ports = ""] = /^\/(\w+)\/?(.*)$/.exec(url) ?? [];
  if (path === "readyz") response.end("ok");
  else if (path === "report")
    response.end(JSON.stringify(await report(ports.split(",").filter(Boolean).map(Number))));
  else response.writeHead(404).end();
}).listen(8081);

createServer((_request, response) => response.end("metrics")).listen(8080);
