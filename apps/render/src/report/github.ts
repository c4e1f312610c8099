import type { WrittenFinding } from "./written-finding.ts";

/**
 * Findings as GitHub's workflow commands, which show them at the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const githubOf = (findings: readonly WrittenFinding[]): string =>
  findings.map((finding) => `${workflowCommand(finding)}\n`).join("");

function workflowCommand(finding: WrittenFinding): string {
  const { severity, code, subject, object, path, what, fix, file, line, column } = finding;
  const properties = Object.entries({ file, line, col: column, title: code }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${propertyText(String(value))}`],
  );
  const where = [subject, object && `${object.kind}/${object.name}`, path].filter(Boolean).join(": ");
  const message = `${where}: ${what}${fix === undefined ? "" : `\nfix: ${fix}`}`;
  return `::${severity} ${properties.join(",")}::${dataText(message)}`;
}

const dataText = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const propertyText = (text: string): string => dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
