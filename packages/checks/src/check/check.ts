import { accepted } from "../api-server/accepted.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { explain, allRules, type Explanation } from "./codes.ts";
import type { Finding, ObjectReference } from "../findings/finding.ts";
import { sift, type ObjectFinding } from "./ignored.ts";
import type { CodeIgnored } from "./ignoring.ts";
import { fieldsOf, printedPath } from "../objects/path.ts";
import type { Found } from "../findings/rule.ts";
import { isAnywhere, worldOf, type Knowledge, type World } from "../findings/world.ts";

/** What is known beside the objects, and what is meant to be. */
export interface CheckOptions extends Knowledge {
  /** Findings that may be, each with the reason. */
  readonly ignored?: readonly CodeIgnored[];
  /** Whether the objects, or what they are rendered from, are kept in a repository. */
  readonly isCommitted?: boolean;
}

/**
 * All that will not work of objects that are meant for one cluster, before anything is applied: references that lead
 * nowhere, selectors that select nothing, connections that policies refuse, pods that are not admitted, permissions that are
 * missing. What only the cluster knows is taken for right.
 *
 * Findings stand in the order of the objects; those of one object, in that of the rules. An object says by the annotation
 * `checks.atlas-manifests/ignore-<code>` why a finding about it may be.
 *
 * @example
 * check(objects).filter(({ severity }) => severity === "error").map(({ code, what }) => `${code}: ${what}`);
 * // ["probe-port-missing: no port of the container is named \"helth\""]
 */
export const check = (objects: readonly KubernetesObject[], options: CheckOptions = {}): readonly Finding[] =>
  objectFindings(objects, options).map(({ finding }) => finding);

/**
 * What {@link check} finds, each with the very object that it is about: of two with one identity, as in manifests of two
 * clusters, a finding itself does not say which.
 *
 * @example
 * objectFindings(objects).map(({ finding, object }) => `${finding.code} ${objects.indexOf(object)}`);
 */
export function objectFindings(
  objects: readonly KubernetesObject[],
  options: CheckOptions = {},
): readonly ObjectFinding[] {
  const { ignored = [], isCommitted = false, ...knowledge } = options;
  const world = worldOf(objects, knowledge);
  const found = foundBy(world);
  const refusals = refused(objects, isCommitted);
  const { kept, wrong } = sift([...refusals, ...besidesRules(refusals, found)], objects, ignored);
  const ofIgnoring = wrong.flatMap(({ code, node: { object, path }, what, fix, saidBy }) => {
    const explained = explain(code);
    const own = { object, path, what, ...(fix !== undefined && { fix }) };
    return explained ? [{ ...placedFinding(explained, own), ...(saidBy && { saidBy }) }] : [];
  });
  const order = new Map(objects.map((object, index) => [object, index]));
  const meant = isCommitted ? kept : kept.filter(({ finding }) => !aboutCommits.has(finding.code));
  return [...meant, ...ofIgnoring].toSorted(
    (one, other) => (order.get(one.object) ?? order.size) - (order.get(other.object) ?? order.size),
  );
}

/** Codes that are looked for in any case, lest who ignores one be told that there is nothing to ignore. */
const aboutCommits: ReadonlySet<string> = new Set(
  allRules.flatMap(({ code, isAboutCommits = false }) => (isAboutCommits ? [code] : [])),
);

/** What is found beside what the API server refuses: of a value that it refuses, nothing else matters. */
function besidesRules(
  refusals: readonly ObjectFinding[],
  found: readonly ObjectFinding[],
): readonly ObjectFinding[] {
  const values = refusals.filter(
    ({ finding: { path, severity } }) => path.length > 0 && severity === "error",
  );
  if (values.length === 0) return found;
  const said = Map.groupBy(values, ({ object }) => object);
  return found.filter(
    ({ object, finding }) =>
      !said.get(object)?.some((refusal) => printedPath(refusal.finding.path) === printedPath(finding.path)),
  );
}

/** What all rules find, but for what another of them says better of the same place. */
function foundBy(world: World): readonly ObjectFinding[] {
  const found = allRules.flatMap((rule) => rule.find(world).map((each) => ({ rule, each })));
  const better = found.filter(({ rule }) => rule.insteadOf);
  return found
    .filter(
      ({ rule: { code }, each: { object, path } }) =>
        !better.some(
          (other) =>
            other.each.object === object &&
            other.each.path === path &&
            other.rule.insteadOf?.some((instead) => instead === code),
        ),
    )
    .map(({ rule, each }) => placedFinding(rule, each));
}

/**
 * What the API server refuses. That nobody states a namespace is what `kubectl apply --namespace` is for. An object that
 * stands for a file, as compose gives those, has none of its fields here.
 *
 * @param isDeclared whether the objects are kept to be applied, and not read from a cluster.
 */
function refused(objects: readonly KubernetesObject[], isDeclared: boolean): ObjectFinding[] {
  const isStated = !objects.every(isAnywhere);
  const read = objects.filter((object) => !("source" in object && object.source instanceof URL));
  return read.flatMap((object) =>
    accepted(object, { isDeclared })
      .filter(({ code }) => isStated || code !== "namespace-missing")
      .map((finding) => ({ finding: fixable(finding), object })),
  );
}

/** A finding with the fix of its code, where it says no better one. */
function fixable(finding: Finding): Finding {
  const fix = finding.fix ?? explain(finding.code)?.fix;
  return { ...finding, ...(fix !== undefined && { fix }) };
}

function placedFinding(
  { code, severity, fix, link }: Omit<Explanation, "why">,
  { object, path, what, ...own }: Found,
): ObjectFinding {
  const finding = {
    code,
    severity: own.severity ?? severity,
    object: referenceTo(object),
    path: fieldsOf(path),
    what,
    fix: own.fix ?? fix,
    link,
  };
  return { finding, object };
}

function referenceTo({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
