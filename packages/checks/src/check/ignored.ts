import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Finding } from "../findings/finding.ts";
import type { Rule } from "../findings/rule.ts";
import { misspelt } from "../objects/near.ts";

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
  /**
   * The object, as `Kind/name` or `Kind/namespace/name`: by the name that it has in the end, with the prefix and the suffix that
   * layers give it.
   */
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
  /** Where a list says it; left out for an annotation, which its node is. */
  readonly saidBy?: Ignored;
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
  const meant = listed.flatMap((saidBy) =>
    objects
      .filter((object) => isCalledObject(object, saidBy.object))
      .map((object) => ({ code: saidBy.code, reason: saidBy.reason, object, node: nodeOf(object), saidBy })),
  );
  return [...annotated, ...meant];
}

const isCalledObject = (object: KubernetesObject, given: string): boolean =>
  namesOfObject(object).includes(given);

/** A finding, and the object that it is about. */
export interface ObjectFinding {
  readonly finding: Finding;
  readonly object: KubernetesObject;
  /** The entry among what is ignored that it is about, if it is: what is wrong stands there, and not in the object. */
  readonly saidBy?: Ignored;
}

/** What ignoring makes of findings. */
export interface Sifted {
  readonly kept: readonly ObjectFinding[];
  readonly wrong: readonly WrongIgnoring[];
}

/** An ignoring that is wrong: its code, object, node, and what is wrong. */
interface WrongIgnoring {
  readonly code: string;
  readonly node: Node;
  readonly what: string;
  readonly fix?: string;
  readonly saidBy?: Ignored;
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
    const { code, node, saidBy } = ignoring;
    const place = saidBy && { saidBy };
    if (!found.some((each) => isIgnoredBy(each, ignoring)))
      return [{ code: "ignore-unused", node, what: `nothing here is ${code}`, ...place }];
    return isReasoned(ignoring)
      ? []
      : [{ code: "ignore-without-reason", node, what: `${code} is ignored without a reason`, ...place }];
  });
  const lost = listed.filter(({ object: name }) => !objects.some((object) => isCalledObject(object, name)));
  return { kept, wrong: [...wrong, ...lost.map((each) => ignoredNowhere(each, objects))] };
}

/** An object is ignored that is not there: it is said of the one that is likely meant, or else of what is named. */
function ignoredNowhere(saidBy: Ignored, objects: readonly KubernetesObject[]): WrongIgnoring {
  const { code, object: given } = saidBy;
  const called = new Map(objects.flatMap((object) => namesOfObject(object).map((name) => [name, object])));
  const near =
    misspelt(given, [...called.keys()]) ?? [...called.keys()].find((name) => isAffixed(name, given));
  const [kind = "", name = ""] = [given.split("/")[0], given.split("/").at(-1)];
  const meant = near === undefined ? undefined : called.get(near);
  return {
    code: "ignore-unused",
    node: nodeOf(meant ?? { apiVersion: "", kind, metadata: { name } }),
    what: `${code} is ignored of ${given}, which is not there`,
    ...(near !== undefined && { fix: `did you mean "${near}"?` }),
    saidBy,
  };
}

const namesOfObject = ({ kind, metadata: { name, namespace } }: KubernetesObject): readonly string[] => [
  `${kind}/${name}`,
  ...(namespace === undefined ? [] : [`${kind}/${namespace}/${name}`]),
];

/** Whether a name is the given one with the prefix, the suffix or both of a layer. */
function isAffixed(full: string, given: string): boolean {
  const cut = given.lastIndexOf("/") + 1;
  const [owner, name] = [given.slice(0, cut), given.slice(cut)];
  return name !== "" && full.startsWith(owner) && full.slice(cut).includes(name);
}
