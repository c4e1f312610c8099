import { assumptions, printedNeed, type Assumption } from "@atlas/checks";
import { toJson } from "@atlas/compose/yaml";
import { oneLine } from "../../terminal/printable.ts";
import { subjectsOf, type CheckRequest } from "./check.ts";
import { reasonLines, reasonRecords } from "./reasons.ts";
import type { Subject } from "./subject.ts";

/** What `atlas-render check --assumptions` is asked for. */
export type AssumptionsRequest = Pick<CheckRequest, "names" | "files" | "environments"> & {
  readonly format: "text" | "json";
};

/**
 * What a cluster must have for environments or manifests to work in it, and does not get with them.
 *
 * @throws {InputError} for what cannot be rendered or read.
 */
export async function printAssumptions(request: AssumptionsRequest): Promise<string> {
  const records: object[] = [];
  const sections: string[] = [];
  for await (const subject of subjectsOf(request)) {
    const found = assumptionsOf(subject);
    records.push(...found.map((each) => assumptionRecord(subject, each)));
    sections.push(assumptionSection(subject, found));
  }
  return request.format === "json" ? `${toJson(records, 2)}\n` : sections.join("\n");
}

/** What a subject assumes of its cluster. */
export const assumptionsOf = ({ objects, kubernetesVersion }: Subject): readonly Assumption[] =>
  assumptions(objects, kubernetesVersion === undefined ? {} : { kubernetesVersion });

const assumptionRecord = (subject: Subject, { need, because }: Assumption): object => ({
  subject: subject.name,
  need,
  text: printedNeed(need),
  because: reasonRecords(subject, because),
});

/** As many reasons for one need as a person reads; JSON has all. */
const mostReasons = 3;

function assumptionSection(subject: Subject, found: readonly Assumption[]): string {
  if (found.length === 0) return `${subject.name} assumes nothing of its cluster\n`;
  const blocks = found.flatMap(({ need, because }) => [
    oneLine(printedNeed(need)),
    ...reasonLines(subject, because.slice(0, mostReasons)),
    ...(because.length > mostReasons ? [`  and ${because.length - mostReasons} more`] : []),
  ]);
  return [`${subject.name} assumes that its cluster has`, "", ...blocks, ""].join("\n");
}
