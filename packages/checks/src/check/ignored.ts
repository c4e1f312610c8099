import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Finding } from "../findings/finding.ts";
import type { Rule } from "../findings/rule.ts";

/** What an annotation begins with by which an object says of a code why it is ignored. */
export const ignorePrefix = "checks.atlas-manifests/ignore-";

/** What is wrong with an ignoring itself. */
export const ignoreRules: readonly Omit<Rule, "find">[] = [
  {
    code: "ignore-unused",
    severity: "warning",
    why: "What is ignored and not found hides the next one of its kind, for a reason that holds no more.",
    fix: "take the annotation, or the entry among what is ignored, out",
    link: "https://github.com/atlas-manifests/atlas-manifests/tree/main/packages/checks#findings",
  },
  {
    code: "ignore-without-reason",
    severity: "error",
    why: "Without the reason nobody can tell later whether it still holds; the finding stays.",
    fix: "write why it may be so as the value",
    link: "https://github.com/atlas-manifests/atlas-manifests/tree/main/packages/checks#findings",
  },
];

/** A finding that is meant to be. */
export interface Ignored {
  readonly code: string;
  /** The object, as `Kind/name` or `Kind/namespace/name`. */
  readonly object: string;
  /** Why it may be so. */
  readonly reason: string;
}

/** One of them, with where it is said. */
interface Ignoring {
  readonly code: string;
  readonly reason: string;
  readonly object: KubernetesObject;
  readonly node: Node;
}

/** What the annotations of objects, and a list, say is to be ignored. */
function ignoringsIn(objects: readonly KubernetesObject[], listed: readonly Ignored[]): readonly Ignoring[] {
  const annotated = objects.flatMap((object) =>
    fieldNodes(at(nodeOf(object), "metadata", "annotations"))
      .filter(([name]) => name.startsWith(ignorePrefix))
      .map(([name, node]) => ({
        code: name.slice(ignorePrefix.length),
        reason: textAt(node) ?? "",
        object,
        node,
      })),
  );
  const meant = listed.flatMap(({ code, object: name, reason }) =>
    objects
      .filter((object) => isCalledObject(object, name))
      .map((object) => ({ code, reason, object, node: nodeOf(object) })),
  );
  return [...annotated, ...meant];
}

const isCalledObject = ({ kind, metadata: { name, namespace } }: KubernetesObject, given: string): boolean =>
  given === `${kind}/${name}` || given === `${kind}/${namespace}/${name}`;

/** A finding, and the object that it is about. */
export interface ObjectFinding {
  readonly finding: Finding;
  readonly object: KubernetesObject;
}

/** What ignoring makes of findings. */
export interface Sifted {
  readonly kept: readonly ObjectFinding[];
  /** Ignorings that are wrong: their codes, objects, nodes, and what is wrong. */
  readonly wrong: readonly { readonly code: string; readonly node: Node; readonly what: string }[];
}

const isIgnoredBy = ({ finding, object }: ObjectFinding, ignoring: Ignoring): boolean =>
  finding.code === ignoring.code && object === ignoring.object;

const isReasoned = ({ reason }: Ignoring): boolean => reason.trim() !== "";

/** Takes out of findings what is ignored with a reason, and tells what of that has no reason, or nothing to ignore. */
export function sift(
  found: readonly ObjectFinding[],
  objects: readonly KubernetesObject[],
  listed: readonly Ignored[],
): Sifted {
  const ignorings = ignoringsIn(objects, listed);
  if (ignorings.length === 0 && listed.length === 0) return { kept: found, wrong: [] };
  const kept = found.filter((each) => !ignorings.some((one) => isReasoned(one) && isIgnoredBy(each, one)));
  const wrong = ignorings.flatMap((ignoring) => {
    const { code, node } = ignoring;
    if (!found.some((each) => isIgnoredBy(each, ignoring)))
      return [{ code: "ignore-unused", node, what: `nothing here is ${code}` }];
    return isReasoned(ignoring)
      ? []
      : [{ code: "ignore-without-reason", node, what: `${code} is ignored without a reason` }];
  });
  const lost = listed.filter(({ object: name }) => !objects.some((object) => isCalledObject(object, name)));
  const [first] = objects;
  const gone = first
    ? lost.map(({ code, object }) => ({
        code: "ignore-unused",
        node: nodeOf(first),
        what: `${code} is ignored of ${object}, which is not there`,
      }))
    : [];
  return { kept, wrong: [...wrong, ...gone] };
}
