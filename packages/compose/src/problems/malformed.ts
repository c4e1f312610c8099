import { undefinedField } from "./field-problems.ts";
import { displayName, identity, isExternal, missingIn, type Resource } from "../kubernetes/object.ts";
import { isLabelName, isSubdomain } from "../kubernetes/name-rules.ts";
import { mistaken } from "./mistaken.ts";
import { lostValue, lostValueIn } from "./lost-values.ts";
import { whyNotPlain } from "../value/plain.ts";
import { didYouMean, nearest, type Problem } from "./problem.ts";
import { builtInKind, builtInKinds, isBuiltInGroup } from "../kubernetes/schema.ts";
import { lastVersionOf } from "../kubernetes/removed-kinds.ts";

/** Why a layer's resource cannot be composed; undefined when it can. */
export function malformedResource(resource: Resource, index: number): Problem | undefined {
  const path = `resources[${index}]`;
  const missing = missingIn(resource);
  if (missing.length > 0) {
    const { what, fix } = mistaken(resource);
    return {
      code: "object-malformed",
      what:
        fix === undefined
          ? `not a Kubernetes object: it has no ${missing.join(", no ")}`
          : `got ${what}, not a Kubernetes object`,
      ...describeKind(resource),
      path,
      expected: "an object with apiVersion, kind and metadata.name",
      fix: fix ?? "state them",
    };
  }
  const { source } = resource as { readonly source?: unknown };
  if (typeof source === "string") return sourceAsText(displayName(resource), source, path);
  const unknown = malformedName(resource) ?? lostIn("namespace", resource) ?? unknownKind(resource);
  if (isExternal(resource)) {
    // What lies in a file is passed on as it is, also where it is for a Kubernetes of another version.
    return unknown?.path === "apiVersion" ? undefined : unknown;
  }
  if (unknown) return unknown;
  return malformedData(resource, displayName(resource), "");
}

/** A path of text: whose folder it is relative to, nobody knows. */
const sourceAsText = (object: string, source: string, path: string): Problem => ({
  code: "object-malformed",
  what: `the file of the object is the text ${JSON.stringify(source)}, not a URL`,
  object,
  path,
  expected: "the URL of a file",
  fix: `write new URL(${JSON.stringify(source)}, import.meta.url), which is relative to the module`,
});

/**
 * Why no object can have the name: the API server takes it as one segment of a path.
 *
 * Source: `IsValidPathSegmentName` of k8s.io/apimachinery, which holds for every kind; control characters are ours.
 */
export function malformedName(resource: Resource): Problem | undefined {
  const { kind, name } = identity(resource);
  // Most names have the one form, and ask for no other pattern.
  // oxlint-disable-next-line no-control-regex -- these are what is refused
  if (isSubdomain(name) || !/^\.{1,2}$|[/%\u0000-\u001f\u007f]/.test(name)) return lostIn("name", resource);
  return {
    code: "object-name-malformed",
    what: `${JSON.stringify(name)} cannot be a name`,
    object: `${kind}/${JSON.stringify(name).slice(1, -1)}`,
    path: "metadata.name",
    expected: "a segment of a path: no / and no %, neither . nor ..",
    fix: "rename the object",
  };
}

/** Why nobody meant a name: a value without content is in it. */
function lostIn(field: "name" | "namespace", resource: Resource): Problem | undefined {
  const text = identity(resource)[field];
  const lost = lostValueIn(text);
  if (text === undefined || lost === undefined) return undefined;
  return { object: displayName(resource), path: `metadata.${field}`, ...lostValue(text, lost) };
}

/**
 * Why there is no such kind, and since when there is none any more: of the groups of Kubernetes itself, all are known;
 * undefined for those of other groups, and of alpha versions, which come and go.
 *
 * @example
 * unknownKind({ apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy", metadata: { name: "a" } })?.what;
 * // 'Kubernetes has no "PodSecurityPolicy" in policy/v1beta1 any more: 1.24 was the last version with it'
 */
export function unknownKind(resource: Resource): Problem | undefined {
  const { apiVersion, kind } = resource;
  if (!isBuiltInGroup(apiVersion) || apiVersion.includes("alpha") || builtInKind(apiVersion, kind))
    return undefined;
  const known = builtInKinds();
  const versions = new Set(known.map((each) => each.apiVersion));
  const homes = known.filter((each) => each.kind === kind).map((each) => each.apiVersion);
  const object = displayName(resource);
  if (homes.length > 0 || !versions.has(apiVersion)) {
    const near = nearest(apiVersion, homes) ?? homes.at(-1) ?? nearest(apiVersion, versions);
    const otherwise = "state the version that the cluster serves the kind in";
    const last = lastVersionOf(apiVersion, kind);
    const gone = last === undefined ? "" : ` any more: ${last} was the last version with it`;
    return {
      code: "api-version-unknown",
      what: `Kubernetes has no ${JSON.stringify(kind)} in ${apiVersion}${gone}`,
      object,
      path: "apiVersion",
      expected:
        homes.length > 0 ? `one of: ${homes.join(", ")}` : "an API version of Kubernetes 1.31 to 1.37",
      fix: near === undefined ? otherwise : `did you mean "${near}"? Otherwise ${otherwise}`,
    };
  }
  const kinds = known.filter((each) => each.apiVersion === apiVersion).map((each) => each.kind);
  return {
    code: "kind-unknown",
    what: `Kubernetes has no kind ${JSON.stringify(kind)} in ${apiVersion}`,
    object,
    path: "kind",
    expected: kinds.length > 12 ? `a kind of ${apiVersion}` : `one of: ${kinds.join(", ")}`,
    fix: didYouMean(kind, kinds, "correct the kind or its apiVersion"),
  };
}

/** The object that is meant, as far as it says so. */
export function describeKind(resource: unknown): { object?: string } {
  const { kind, metadata } = (resource ?? {}) as { kind?: unknown; metadata?: { name?: unknown } };
  const name = typeof metadata?.name === "string" ? metadata.name : "?";
  return typeof kind === "string" ? { object: `${kind}/${name}` } : {};
}

/** Why a value that is, or changes, an object is not plain data; undefined when it is. */
export function malformedData(value: unknown, object: string, at: string): Problem | undefined {
  const malformed = notPlain(value, (path) => [at, path].filter(Boolean).join(": "));
  return malformed && { object, ...malformed };
}

/**
 * Why a value is none that YAML and JSON can say; undefined when it is one.
 *
 * @param placed makes the problem's path of the path within the value.
 */
export function notPlain(value: unknown, placed: (path: string) => string): Problem | undefined {
  const why = whyNotPlain(value);
  if (!why) return undefined;
  const path = placed(why.path);
  if (why.path && why.got === "undefined") return undefinedField(path);
  return {
    code: "value-not-plain",
    what: `got ${why.got}`,
    ...(path && { path }),
    expected: "what YAML and JSON can say: text, numbers, true, false, null, lists and objects",
    fix: "give plain data",
  };
}

/** The path of something within a value that has a path itself. */
export const pathWithin =
  (at: string) =>
  (path: string): string =>
    at === "" || path === "" || path.startsWith("[") ? at + path : `${at}.${path}`;

/** Why a text is not the name of a namespace; undefined when it is. */
export function malformedNamespace(namespace: unknown): Problem | undefined {
  const lost = lostValueIn(namespace);
  if (lost !== undefined) return { path: "namespace", ...lostValue(String(namespace), lost) };
  if (typeof namespace === "string" && isLabelName(namespace)) return undefined;
  return {
    code: "namespace-malformed",
    what: `${JSON.stringify(namespace)} is not the name of a namespace`,
    path: "namespace",
    expected: "1 to 63 lower-case letters, digits and dashes, as in a DNS label",
    fix: "give the namespace such a name",
  };
}
