import { explanations, printedPath } from "@atlas/checks";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import type { PlacedFinding } from "./checked.ts";
import { stdin } from "./manifest-subject.ts";

const home = "https://github.com/atlas-manifests/atlas-manifests";

/**
 * Findings as a log of SARIF 2.1.0, as code scanning takes it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly PlacedFinding[], version: string): Log {
  const rules = explanations.map(({ code, severity, why, fix, link }): ReportingDescriptor => ({
    id: code,
    shortDescription: { text: code.replaceAll("-", " ") },
    fullDescription: { text: why },
    help: { text: fix },
    helpUri: link,
    defaultConfiguration: { level: severity },
  }));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const driver = { name: "atlas-render check", semanticVersion: version, informationUri: home, rules };
  const results = findings.map((finding) => resultOf(finding, indexes.get(finding.code) ?? -1));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

function resultOf(finding: PlacedFinding, ruleIndex: number): Result {
  const { code, severity, subject, object, path, what, fix } = finding;
  const name = [subject, object.kind, object.namespace, object.name].filter(Boolean).join("/");
  const value = printedPath(path);
  const text = `${object.kind}/${object.name}${value && `: ${value}`}: ${what}${fix === undefined ? "" : `; fix: ${fix}`}`;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text },
    locations: [
      {
        ...physical(finding),
        logicalLocations: [{ fullyQualifiedName: [name, value].filter(Boolean).join(":"), kind: "object" }],
      },
    ],
    // What stays the same when lines move.
    partialFingerprints: { "object/v1": [code, name, value].join(" ") },
  };
}

function physical({ file, line, column }: PlacedFinding): Pick<Location, "physicalLocation"> {
  if (file === undefined || file === stdin || line === undefined) return {};
  const uri = file.split(/[\\/]/).map(encodeURIComponent).join("/");
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  return { physicalLocation: { artifactLocation: { uri }, region } };
}
