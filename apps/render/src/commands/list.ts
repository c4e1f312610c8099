import { rowOf, type Row } from "../rendering/environment-row.ts";
import { listEnvironments } from "../environments/environments.ts";
import { printableLine } from "../terminal/printable.ts";
import { renderEnvironments } from "../rendering/rendering.ts";
import { eachRight } from "../report/report.ts";
import { say } from "../terminal/say.ts";
import { selectEnvironments } from "../environments/selection.ts";

/** What `atlas-render list` is asked for. */
export interface ListRequest {
  readonly format: "text" | "json";
  readonly environments: string | undefined;
}

/** The environments as a table, or as JSON; of those that are wrong is said what is, and it ends with 2. */
export async function list({ format, environments }: ListRequest): Promise<string> {
  const selected = await selectEnvironments([], listEnvironments(environments));
  const rows: Row[] = [];
  const renderings = renderEnvironments(selected.environments, { validate: "none", keepsOn: true });
  await eachRight(renderings, (rendering) => void rows.push(rowOf(rendering)));
  if (format === "json") return `${JSON.stringify(rows, undefined, 2)}\n`;
  const faults = new Set(
    rows.flatMap(({ version, faults: known }) => known.map((fault) => `${version}: ${fault}`)),
  );
  if (faults.size > 0)
    say(`* A release with known faults:\n${[...faults].map((fault) => `- ${fault}\n`).join("")}`);
  return tableOf(rows);
}

function tableOf(rows: readonly Row[]): string {
  const cells = [
    ["ENVIRONMENT", "VERSION", "REPLICAS", "OBJECTS", "NAMESPACE"],
    ...rows.map((row) =>
      [
        row.environment,
        row.version && `${row.version}${row.faults.length > 0 ? "*" : ""}`,
        row.replicas,
        row.objects,
        row.namespace,
      ].map((cell) => printableLine(String(cell ?? "-"))),
    ),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
