import { createHash } from "node:crypto";
import { bumpOf, type ApiChange } from "./api-change.ts";
import type { OutputFile } from "../emit/output-file.ts";

const order = ["major", "minor", "patch"] as const;

/** The changes for people: one line each, the weightiest first, and what they mean for the version. */
export function formatReport(changes: readonly ApiChange[]): string {
  const bump = bumpOf(changes);
  if (bump === undefined) return "The API is the same.\n";
  const sections = order.flatMap((level) => {
    const lines = changes.filter((change) => change.bump === level).map(formatChange);
    return lines.length === 0
      ? []
      : [`${level} (${lines.length}):\n${lines.map((line) => `  ${line}\n`).join("")}`];
  });
  return `${sections.join("")}Together: a ${bump} change.\n`;
}

export const formatChange = ({ part, path, what }: ApiChange): string =>
  `${part}${path === "" ? "" : ` ${path}`}: ${what}`;

/** As many changes as a changelog's reader will read. */
const mostLines = 20;

/** The changeset of some changes. Its name follows from what it says, so that the same import writes it once. */
export function changesetOf(changes: readonly ApiChange[], packageName: string): OutputFile | undefined {
  const bump = bumpOf(changes);
  if (bump === undefined) return undefined;
  const ranked = order.flatMap((level) => changes.filter((change) => change.bump === level));
  const lines = ranked.slice(0, mostLines).map((change) => `- ${formatChange(change)}\n`);
  const rest =
    ranked.length > mostLines ? [`- and ${ranked.length - mostLines} changes more, see api/api.txt\n`] : [];
  const body = `The CRDs have changed:\n\n${[...lines, ...rest].join("")}`;
  const hash = createHash("sha256").update(ranked.map(formatChange).join("\n")).digest("hex").slice(0, 8);
  return { path: `crds-${hash}.md`, content: `---\n"${packageName}": ${bump}\n---\n\n${body}` };
}
