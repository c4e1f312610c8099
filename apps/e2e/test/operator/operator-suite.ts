import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tablesIn, type OwnDatabase } from "../../src/operator/database.ts";
import { isAtRest, metricsPort } from "../../src/operator/metrics.ts";
import type { OperatorCase } from "../../src/operator/operator-cases.ts";
import {
  readyCondition,
  targetTables,
  untilReconciled,
  type Stage,
} from "../../src/operator/operator-steps.ts";
import type { PodProcess } from "../../src/operator/pod-process.ts";
import { startReplica } from "../../src/operator/replica.ts";
import { untilReady, type RootFileSystem, type Sandbox } from "../../src/operator/sandbox.ts";
import { quietly } from "../cluster/cluster.ts";
import { removed } from "../cluster/live.ts";
import { leaseHolder } from "./rendered.ts";

/** Where the operator is run, once everything is applied. */
export interface Ground {
  readonly stage: Stage & { readonly database: OwnDatabase };
  readonly cases: readonly OperatorCase[];
  readonly pod: PodProcess;
  readonly root: RootFileSystem;
  /** Objects in a namespace that is not the operator's business. */
  readonly outside?: { readonly stage: Stage; readonly tried: OperatorCase };
  readonly clear: () => Promise<void>;
}

/**
 * What the operator does in an installation: it leads, reconciles each case, is refused nothing, and a second replica goes on.
 *
 * @param whyNot why it is not run, which its title says.
 * @param names those of the cases.
 */
export function describeOperator(
  name: string,
  whyNot: string | undefined,
  names: readonly string[],
  prepare: () => Promise<Ground>,
): void {
  const title = `the operator itself ${name}${whyNot === undefined ? "" : ` (not run: ${whyNot})`}`;
  describe.skipIf(whyNot !== undefined)(title, () => {
    let ground: Ground;
    const replicas = new Map<string, Sandbox>();
    const running = async (replica: string): Promise<Sandbox> => {
      const known = replicas.get(replica);
      if (known !== undefined) return known;
      const { pod, root, stage } = ground;
      const sandbox = await startReplica(pod, replica, {
        kubectl: quietly,
        folder: stage.folder,
        root,
        reaches: [stage.database.port],
        answers: [metricsPort],
      });
      replicas.set(replica, sandbox);
      await untilReady(sandbox, pod);
      return sandbox;
    };
    beforeAll(async () => {
      ground = await prepare();
    });
    afterAll(async () => {
      for (const replica of replicas.values()) await replica.stop();
      await removed("lease", "--all", "--namespace", ground.pod.namespace);
      await ground.clear();
    });

    test("becomes ready and takes its lease", async () => {
      await running("atlas-operator-0");
      await leaseHolder(ground.pod.namespace, "atlas-operator-0");
    });

    test.each(names)("%s", async (named) => {
      const { stage, cases } = ground;
      const tried = cases.find((one) => one.name === named) ?? expect.unreachable(named);
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

    test("is refused nothing, and touches nothing that is not its business", async () => {
      const { output } = await running("atlas-operator-0");
      expect(
        output()
          .split("\n")
          .filter((line) => /forbidden/i.test(line)),
      ).toEqual([]);
      const { outside } = ground;
      if (outside) expect(await readyCondition(outside.stage, outside.tried)).toBeUndefined();
    });

    test("a second replica takes over when the first is stopped, and applies what changes then", async () => {
      const { pod, stage, cases } = ground;
      const second = await running("atlas-operator-1");
      await (await running("atlas-operator-0")).stop();
      await leaseHolder(pod.namespace, "atlas-operator-1");
      // The operator watches what an object refers to from the end of its first reconcile on: what changes before is missed.
      const schemas = cases.filter(({ objects }) => objects.at(-1)?.kind === "AtlasSchema").length;
      await vi.waitFor(
        async () => {
          const { body } = await second.get("/metrics", metricsPort);
          expect(isAtRest(body, "atlasschema", schemas), body).toBe(true);
        },
        { timeout: 120_000, interval: 200 },
      );
      const sql =
        "CREATE TABLE orders (id integer NOT NULL, note text, PRIMARY KEY (id));\nCREATE TABLE returns (id integer);\n";
      const patch = ["--type=merge", "--patch", JSON.stringify({ data: { "schema.sql": sql } })];
      await quietly("patch", "configmap", "orders", "--namespace", stage.namespace, ...patch);
      const tables = () => tablesIn(stage.database, "orders");
      await expect.poll(tables, { timeout: 60_000 }).toEqual(["orders", "returns"]);
      expect((await second.get(pod.readiness.path)).status).toBe(200);
    });
  });
}
