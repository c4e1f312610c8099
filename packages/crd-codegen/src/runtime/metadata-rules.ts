import { join, show, type ValidationIssue } from "./issue.ts";
import { dnsSubdomain } from "./metadata.ts";
import { isFields, type Fields } from "./schema.ts";

/** What is wrong with an object's name and place. */
export function identityIssues(value: unknown, scope: string): ValidationIssue[] {
  const metadata = isFields(value) ? value["metadata"] : undefined;
  if (!isFields(metadata)) return [];
  const { name, generateName, namespace } = metadata;
  const issues: ValidationIssue[] = [];
  if (!name && !generateName)
    issues.push({ path: "metadata.name", message: `the field "name" is required`, expected: "a value" });
  if (scope === "Cluster" && namespace)
    issues.push({
      path: "metadata.namespace",
      message: "the kind is cluster-scoped",
      expected: "no namespace",
      got: show(namespace),
    });
  return issues;
}

/**
 * What metadata demands beyond the types of its fields: the syntax of keys, label values and finalizers, and what excludes
 * each other (`apimachinery/pkg/api/validation`, `ValidateObjectMetaAccessor`).
 */
export function metadataIssues(metadata: Fields, path: string): ValidationIssue[] {
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const names = Array.isArray(finalizers) ? finalizers.map(String) : [];
  return [
    ...namesOfMap(labels).flatMap((key) => nameIssues(key, join(`${path}.labels`, key))),
    // Keys of annotations may have capitals before the slash, too.
    ...namesOfMap(annotations).flatMap((key) =>
      nameIssues(key.toLowerCase(), join(`${path}.annotations`, key)),
    ),
    ...sizeIssues(annotations, `${path}.annotations`),
    ...names.flatMap((name, index) => nameIssues(name, `${path}.finalizers[${index}]`)),
    ...deletionIssues(names, `${path}.finalizers`),
    ...ownerIssues(ownerReferences, `${path}.ownerReferences`),
    ...textEntries(labels)
      .filter(([, text]) => !labelValuePattern.test(text))
      .map(([key, text]) => ({
        path: join(`${path}.labels`, key),
        message: "the label's value is malformed",
        expected: "at most 63 letters, digits, dashes, underscores and dots",
        got: show(text),
      })),
  ];
}

const mostBytes = 256 * 1024;

function sizeIssues(annotations: unknown, path: string): ValidationIssue[] {
  const bytes = new TextEncoder().encode(textEntries(annotations).flat().join("")).length;
  return bytes <= mostBytes
    ? []
    : [{ path, message: `the annotations have ${bytes} bytes`, expected: `at most ${mostBytes}` }];
}

/** Two finalizers say what becomes of the objects that belong to this one, and exclude each other. */
function deletionIssues(finalizers: readonly string[], path: string): ValidationIssue[] {
  return ["orphan", "foregroundDeletion"].every((name) => finalizers.includes(name))
    ? [{ path, message: "orphan and foregroundDeletion exclude each other", expected: "one of them" }]
    : [];
}

function ownerIssues(ownerReferences: unknown, path: string): ValidationIssue[] {
  const owners = Array.isArray(ownerReferences) ? ownerReferences.filter(isFields) : [];
  const controllers = owners.filter(({ controller }) => controller === true).length;
  return [
    ...owners.flatMap(({ apiVersion, kind }, index) =>
      apiVersion === "v1" && kind === "Event"
        ? [{ path: `${path}[${index}]`, message: "an Event owns nothing", expected: "another owner" }]
        : [],
    ),
    ...(controllers > 1
      ? [{ path, message: `${controllers} owners are the controller`, expected: "one at most" }]
      : []),
  ];
}

const textEntries = (map: unknown): [string, string][] =>
  Object.entries(isFields(map) ? map : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
const namesOfMap = (map: unknown): string[] => Object.keys(isFields(map) ? map : {});
const labelValuePattern = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const qualifiedNamePattern = /^(?:([^/]+)\/)?([A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;
const subdomainForm = new RegExp(dnsSubdomain);

function nameIssues(text: string, path: string): ValidationIssue[] {
  const [, prefix, name] = qualifiedNamePattern.exec(text) ?? [];
  if (name !== undefined && (prefix === undefined || (prefix.length <= 253 && subdomainForm.test(prefix))))
    return [];
  const expected = "a name, or a DNS name, a slash and a name: example.com/name";
  return [{ path, message: "the name is malformed", expected, got: show(text) }];
}
