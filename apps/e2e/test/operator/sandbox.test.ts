import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { metricsPort } from "../../src/operator/metrics.ts";
import { startReplica } from "../../src/operator/replica.ts";
import { machineRoot, untilReady, type Sandbox } from "../../src/operator/sandbox.ts";
import type { PodProcess } from "../../src/operator/pod-process.ts";
import { isExisting, quietly } from "../cluster/cluster.ts";
import { apply, ensureNamespace, remove, removed } from "../cluster/live.ts";
import { leaseHolder, renderedProcess } from "./rendered.ts";

const standIn = fileURLToPath(new URL("stand-in.ts", import.meta.url));

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A root in which the Deployment's command is the stand-in. */
function standInRoot() {
  const folder = mkdtempSync(join(inject("folder"), "stand-in-"));
  cpSync(standIn, join(folder, "stand-in.ts"));
  writeFileSync(join(folder, "manager"), '#!/bin/sh\nexec /node /stand-in.ts "$@"\n', { mode: 0o755 });
  return machineRoot(join(folder, "root"), [
    { source: join(folder, "stand-in.ts"), path: "/stand-in.ts" },
    { source: join(folder, "manager"), path: "/manager" },
    { source: process.execPath, path: "/node" },
  ]);
}

// In a cluster with controllers and nodes the Deployment's own pods would hold the lease.
describe.skipIf(isExisting).each(inject("environments"))(
  "a stand-in for the operator, run as the Deployment of $name says",
  ({ folder, namespace }) => {
    const replicas = new Map<string, Sandbox>();
    const neighbour = createServer();
    const hidden = createServer();
    let pod: PodProcess;
    let removeNamespace: () => Promise<void>;

    const running = async (name: string): Promise<Sandbox> => {
      const known = replicas.get(name);
      if (known !== undefined) return known;
      const given = {
        kubectl: quietly,
        folder: inject("folder"),
        root: standInRoot(),
        reaches: [portOf(neighbour)],
        answers: [metricsPort],
      };
      const replica = await startReplica(pod, name, given);
      replicas.set(name, replica);
      await untilReady(replica, pod);
      return replica;
    };

    beforeAll(async () => {
      for (const server of [neighbour, hidden])
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      removeNamespace = await ensureNamespace(folder, namespace);
      await apply(folder);
      pod = await renderedProcess(folder, namespace);
    });
    afterAll(async () => {
      for (const replica of replicas.values()) await replica.stop();
      for (const server of [neighbour, hidden]) server.close();
      await removed("lease", "--all", "--namespace", namespace);
      await remove(folder);
      await removeNamespace();
    });

    test("what the sandbox does not reproduce of it is what the README names", () => {
      const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
      expect(pod.notReproduced.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
    });

    test("sees what the Deployment states and nothing else, and is its ServiceAccount to the API server", async () => {
      const replica = await running("atlas-operator-0");
      const { body } = await replica.get(`/report/${portOf(neighbour)},${portOf(hidden)}`);
      const { env, ...report } = JSON.parse(body);
      expect(report).toEqual({
        args: ["--leader-elect"],
        hostname: "atlas-operator-0",
        user: 1000,
        group: 0,
        groups: [0],
        privileges: {
          CapInh: "0000000000000000",
          CapPrm: "0000000000000000",
          CapEff: "0000000000000000",
          CapAmb: "0000000000000000",
          NoNewPrivs: "1",
        },
        writes: {
          "/file": "EROFS",
          "/etc/file": "EROFS",
          "/usr/file": "EROFS",
          "/var/run/secrets/kubernetes.io/serviceaccount/token": "EROFS",
          "/tmp/file": "none",
        },
        runsAs: `system:serviceaccount:${namespace}:atlas-operator`,
        forbidden: 403,
        ports: ["open", "ECONNREFUSED"],
        foreignFolder: "ENOENT",
      });
      const ours = ["HOME", "HOSTNAME", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "PATH"];
      // A shell adds PWD and the like.
      expect(
        Object.keys(env)
          .filter((name) => !/^(?:PWD|OLDPWD|SHLVL|_)$/.test(name))
          .toSorted(),
      ).toEqual(ours);
      expect(readFileSync(replica.pathOf("/tmp/file"), "utf8")).toBe("written");
      expect((await replica.get("/metrics", metricsPort)).body).toBe("metrics");
    });

    test("takes the operator's lease, and a second replica beside it takes over when the first is stopped", async () => {
      const first = await running("atlas-operator-0");
      await leaseHolder(namespace, "atlas-operator-0");
      const second = await running("atlas-operator-1");
      expect(await first.stop(), first.output()).toBe(0);
      await leaseHolder(namespace, "atlas-operator-1");
      expect((await second.get(pod.readiness.path)).status).toBe(200);
    });
  },
);
