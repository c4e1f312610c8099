import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
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

/** Waits until the operator has made a case's object Ready. */
export async function untilReconciled({ kubectl, namespace }: Stage, tried: OperatorCase): Promise<void> {
  await kubectl(
    "wait",
    resourceOf(tried),
    "--namespace",
    namespace,
    "--for=condition=Ready",
    "--timeout=120s",
  );
}

/** The condition Ready of a case's object; undefined while nobody has written it. */
export async function readyCondition({ kubectl, namespace }: Stage, tried: OperatorCase) {
  const text = await kubectl("get", resourceOf(tried), "--namespace", namespace, "--output=json");
  const { status }: AtlasSchemaObserved | AtlasMigrationObserved = JSON.parse(text);
  return status?.conditions?.find(({ type }) => type === "Ready");
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
function resourceOf({ objects }: OperatorCase): string {
  const last = objects.at(-1);
  return `${last?.kind.toLowerCase()}/${last?.metadata.name}`;
}
