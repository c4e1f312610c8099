import { basename } from "node:path";
import { sourcePlace, type Log } from "../model/log.ts";
import type { TreePlan } from "../plan/tree-plan.ts";

/** What the folder of the sources says of itself. */
export function importReadme({ layers }: TreePlan, log: Log): string {
  const rows = layers.map(({ plan, kustomization }) => {
    const { file } = kustomization.root.place;
    return `- \`${plan.folder}\` from \`${sourcePlace({ file }, log)}\``;
  });
  const notes = log.notes.map(({ what, ...place }) => {
    const { file = "", line } = place;
    return `- \`${sourcePlace({ file, ...(line !== undefined && { line }) }, log)}\`: ${what}`;
  });
  return [
    `# ${basename(log.root)}, imported from Kustomize`,
    "",
    "By `atlas-render import-kustomize`. The sources are yours to change; a further import replaces them only as long as",
    "nobody has.",
    "",
    ...rows,
    "",
    ...(notes.length > 0 ? ["Worth knowing:", "", ...notes, ""] : []),
  ].join("\n");
}
