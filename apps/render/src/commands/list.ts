import { identity, isExternal, type KubernetesObject } from "@atlas/compose";
import { operator } from "@atlas/manifests";
import { faultsOf } from "@atlas/manifests/releases";
import { listEnvironments } from "../environments.ts";
import { printableLine } from "../printable.ts";
import { renderEnvironments, type Rendering } from "../rendering.ts";
import { say } from "../say.ts";
import { selectEnvironments } from "../selection.ts";

/** What `atlas-render list` is asked for. */
export interface ListRequest {
  readonly format: "text" | "json";
  readonly environments: string | undefined;
}

/** What there is to know of an environment at a glance. */
export interface Row {
  readonly environment: string;
  /** The tag of the operator's image, as rendered. */
  readonly version: string | undefined;
  /** What the release is known to do wrong, each with where that was reported. */
  readonly faults: readonly string[];
  readonly replicas: number | undefined;
  readonly objects: number;
  readonly namespace: string | undefined;
}

/** The environments as a table, or as JSON. */
export async function list({ format, environments }: ListRequest): Promise<string> {
  const selected = await selectEnvironments([], listEnvironments(environments));
  const rows: Row[] = [];
  for await (const rendering of renderEnvironments(selected.environments, { validate: "none" }))
    rows.push(rowOf(rendering));
  if (format === "json") return `${JSON.stringify(rows, undefined, 2)}\n`;
  const faults = new Set(
    rows.flatMap(({ version, faults: known }) => known.map((fault) => `${version}: ${fault}`)),
  );
  if (faults.size > 0)
    say(`* A release with known faults:\n${[...faults].map((fault) => `- ${fault}\n`).join("")}`);
  return tableOf(rows);
}

interface OperatorDeployment extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
  };
}

export function rowOf({ name, namespace, objects }: Rendering): Row {
  const deployment: OperatorDeployment | undefined = objects.find(
    (object): object is KubernetesObject =>
      !isExternal(object) && object.kind === "Deployment" && identity(object).name === operator.name,
  );
  const { template, replicas } = deployment?.spec ?? {};
  const images = (template?.spec?.containers ?? []).map(({ image = "" }) => image);
  const image = images.find((other) =>
    other.includes(operator.image.name.split("/").at(-1) ?? operator.name),
  );
  const version = image && tagOf(image);
  const faults = faultsOf(version ?? "").map(
    ({ what, before, source }) => `${what}; mended in ${before} (${source})`,
  );
  return { environment: name, version, faults, replicas, objects: objects.length, namespace };
}

/** The tag of an image reference, between the repository and the digest. */
const tagOf = (image: string): string | undefined => /:([^:/@]+)(?:@|$)/.exec(image)?.[1];

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
