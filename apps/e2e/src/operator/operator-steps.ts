import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { AtlasMigrationObserved, AtlasSchemaObserved } from "@atlas/crd-types";
import { tablesIn, type Database } from "./database.ts";
import type { OperatorCase } from "./operator-cases.ts";
import type { Kubectl } from "./replica.ts";

/** Where cases are tried. */
export interface Stage {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly database: Database;
  /** Where files may lie. */
  readonly folder: string;
}

/** Creates a case's databases and applies its objects under strict validation. */
export async function applyCase(
  { kubectl, namespace, database, folder }: Stage,
  tried: OperatorCase,
): Promise<void> {
  for (const name of tried.databases) await database.query("postgres", `CREATE DATABASE "${name}"`);
  const file = join(mkdtempSync(join(folder, "case-")), "objects.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: tried.objects }));
  await kubectl("apply", "--namespace", namespace, "--validate=strict", "--filename", file);
}

/** Reasons that the operator gives for what no other try fixes. */
const finalReasons = new Set(["FirstRunDestructive", "LintPolicyError", "ProtectedFlowError"]);

/**
 * Waits until the operator has made a case's object Ready.
 *
 * @param output what the operator has printed so far.
 * @throws Error with the object's condition and the end of what the operator has printed: when the time is over, or as soon
 * as the operator tries no more.
 */
export async function untilReconciled(
  stage: Stage,
  tried: OperatorCase,
  { output = () => "", seconds = 120 }: { output?: () => string; seconds?: number } = {},
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const conditions = await conditionsOf(stage, tried);
    const ready = conditions.find(({ type }) => type === "Ready");
    if (ready?.status === "True") return;
    const isFinal =
      conditions.some(({ type, status }) => type === "Stalled" && status === "True") ||
      (ready?.status === "False" && finalReasons.has(ready.reason));
    if (isFinal || Date.now() > deadline) {
      const why = isFinal ? "the operator tries no more" : `not Ready after ${seconds} s`;
      const said =
        ready === undefined
          ? "nobody has written a condition"
          : `Ready is ${ready.status}, ${ready.reason}: ${ready.message}`;
      const log = output().trimEnd().split("\n").slice(-20).join("\n");
      throw new Error(
        `${caseResource(tried)}: ${why}; ${said}${log === "" ? "" : `\nthe operator's log ends so:\n${log}`}`,
      );
    }
    await sleep(500);
  }
}

/** The condition Ready of a case's object; undefined while nobody has written it. */
export async function readyCondition(stage: Stage, tried: OperatorCase) {
  return (await conditionsOf(stage, tried)).find(({ type }) => type === "Ready");
}

async function conditionsOf({ kubectl, namespace }: Stage, tried: OperatorCase) {
  const text = await kubectl("get", caseResource(tried), "--namespace", namespace, "--output=json");
  const { status }: AtlasSchemaObserved | AtlasMigrationObserved = JSON.parse(text);
  return status?.conditions ?? [];
}

/**
 * The names of the tables in a case's target.
 *
 * @param pathOf where a file of the operator can be read.
 */
export async function targetTables(
  { database, folder }: Pick<Stage, "database" | "folder">,
  { target }: OperatorCase,
  pathOf: (file: string) => string,
): Promise<readonly string[]> {
  if ("database" in target) return tablesIn(database, target.database);
  // SQLite resolves links itself, and a sandbox's root is one that only the system can.
  const copy = join(mkdtempSync(join(folder, "sqlite-")), "copy.db");
  copyFileSync(pathOf(target.file), copy);
  const file = new DatabaseSync(copy, { readOnly: true });
  const rows = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").all();
  file.close();
  return rows.map(({ name }) => String(name));
}

/** A case's own object as kubectl names it. */
function caseResource({ objects }: OperatorCase): string {
  const last = objects.at(-1);
  return `${last?.kind.toLowerCase()}/${last?.metadata.name}`;
}
