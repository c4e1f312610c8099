import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { stdin, type WrittenFinding } from "./written-finding.ts";

const home = "https://github.com/atlas-manifests/atlas-manifests";

/** A code, and what there is to know of it. */
export interface SarifRule {
  readonly code: string;
  readonly severity?: string;
  readonly why: string;
  readonly fix?: string;
  readonly link?: string;
}

/** What has found something. */
export interface SarifTool {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly SarifRule[];
}

/**
 * Findings as a log of SARIF 2.1.0, as code scanning takes it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly WrittenFinding[], tool: SarifTool): Log {
  const rules = tool.rules.map(descriptorOf);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const driver = { name: tool.name, semanticVersion: tool.version, informationUri: home, rules };
  const results = findings.map((finding) => sarifResult(finding, indexes.get(finding.code) ?? -1));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

const descriptorOf = ({ code, severity, why, fix, link }: SarifRule): ReportingDescriptor => ({
  id: code,
  shortDescription: { text: code.replaceAll("-", " ") },
  fullDescription: { text: why },
  ...(fix !== undefined && { help: { text: fix } }),
  ...(link !== undefined && { helpUri: link }),
  defaultConfiguration: { level: severity === "warning" ? "warning" : "error" },
});

function sarifResult(finding: WrittenFinding, ruleIndex: number): Result {
  const { code, severity, subject, object, path, what, fix } = finding;
  const name = [subject, object?.kind, object?.namespace, object?.name].filter(Boolean).join("/");
  const where = [object && `${object.kind}/${object.name}`, path].filter(Boolean).join(": ");
  const text = `${where && `${where}: `}${what}${fix === undefined ? "" : `; fix: ${fix}`}`;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text },
    locations: [
      {
        ...physical(finding),
        logicalLocations: [{ fullyQualifiedName: [name, path].filter(Boolean).join(":"), kind: "object" }],
      },
    ],
    // What stays the same when lines move.
    partialFingerprints: { "object/v1": [code, name, path].join(" ") },
  };
}

function physical({ file, line, column }: WrittenFinding): Pick<Location, "physicalLocation"> {
  if (file === undefined || file === stdin || line === undefined) return {};
  const uri = file.split(/[\\/]/).map(encodeURIComponent).join("/");
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  return { physicalLocation: { artifactLocation: { uri }, region } };
}
