import { explanations, printedPath } from "@atlas/checks";
import { toJson } from "@atlas/compose/yaml";
import { ownVersion } from "../../environments/own-version.ts";
import { findingsOfSubject, type PlacedFinding } from "./checked.ts";
import { environmentSubjects } from "./environment-subjects.ts";
import { eachRight } from "../../report/report.ts";
import { githubOf } from "../../report/github.ts";
import { manifestFindings } from "./manifest-findings.ts";
import { manifestSubject } from "./manifest-subject.ts";
import { sarifOf } from "../../report/sarif.ts";
import type { Subject } from "./subject.ts";
import { checkedText, type Checked } from "./text.ts";

/** What `atlas-render check` is asked for. */
export interface CheckRequest {
  /** The environments; none means all, unless there are files. */
  readonly names: readonly string[];
  /** Manifests, whatever rendered them; `-` is stdin. */
  readonly files: readonly string[];
  readonly format: "text" | "json" | "sarif" | "github";
  readonly environments: string | undefined;
}

/**
 * What will not work of environments or manifests, before anything is applied; ends with 1 when there is an error among it,
 * and with 2 where an environment cannot be rendered, once the others are checked.
 *
 * @throws {InputError} for what cannot be rendered or read, where there is nothing else.
 */
export async function checkCommand(request: CheckRequest): Promise<string> {
  const checked = new Map<string, readonly PlacedFinding[]>();
  const subjects: Subject[] = [];
  await eachRight(subjectsOf(request, true), async (subject) => {
    const more = subject.isComposed ? [] : await manifestFindings(subject);
    const beside = subjects.filter((other) => isOneCluster(subject, other));
    subjects.push(subject);
    checked.set(subject.name, findingsOfSubject(subject, more, beside));
  });
  const findings = [...checked.values()].flat();
  if (findings.some(({ severity }) => severity === "error")) process.exitCode ??= 1;
  return writtenFindings(checked, findings, request);
}

/** Whether two environments say that they are for one cluster. */
const isOneCluster = ({ clusters = new Set() }: Subject, other: Subject): boolean =>
  [...clusters].some((cluster) => other.clusters?.has(cluster));

/**
 * What is checked: environments, manifests, or both.
 *
 * @param keepsOn whether environments that are right come before what is wrong in others is thrown; otherwise none does.
 */
export async function* subjectsOf(
  { names, files, environments }: Pick<CheckRequest, "names" | "files" | "environments">,
  keepsOn = false,
): AsyncGenerator<Subject, void, undefined> {
  if (files.length > 0) yield manifestSubject(files);
  if (names.length > 0 || files.length === 0) yield* environmentSubjects(names, environments, keepsOn);
}

function writtenFindings(
  checked: Checked,
  findings: readonly PlacedFinding[],
  { format }: CheckRequest,
): string {
  const all = findings.map(({ path, ...finding }) => ({ ...finding, path: printedPath(path) }));
  if (format === "github") return githubOf(all);
  const tool = { name: "atlas-render check", version: ownVersion(), rules: explanations };
  if (format === "sarif") return `${toJson(sarifOf(all, tool), 2)}\n`;
  return format === "json" ? `${toJson(findings, 2)}\n` : checkedText(checked);
}
