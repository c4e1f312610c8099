import { at, nodeOf } from "../objects/node.ts";
import { namespaceOf } from "../objects/kubernetes-object.ts";
import { flagOf, goBoolean, isWrapped } from "./flags.ts";
import type { Operator } from "./operator.ts";

/** Which values of a label a selector takes; `undefined` among them stands for the lack of the label. */
interface Requirement {
  readonly label: string;
  readonly takes: (value: string | undefined) => boolean;
  /** The values that it names, of which one is enough to try. */
  readonly named: readonly (string | undefined)[];
}

/**
 * Whether there may be an object that two operators both reconcile, and none of them waits for the other's lease. Where
 * nobody can tell what one of them looks at, there is none.
 *
 * Source: its flags `--namespace` and `--label-selector`, from v0.7.36 on; without them it reconciles all objects of its kinds.
 */
export function reconcileTheSame(one: Operator, other: Operator): boolean {
  const both = [one, other];
  if (both.some((each) => isWrapped(each) || !hasReplicas(each)) || isOneLeader(one, other)) return false;
  const [own, its] = both.map((each) => [flagText(each, "namespace"), flagText(each, "label-selector")]);
  const all = [...(own ?? []), ...(its ?? [])];
  if (all.some((text) => text === null || text?.includes("$("))) return false;
  return meet(own?.[0], its?.[0]) && canBothSelect(own?.[1] ?? "", its?.[1] ?? "");
}

const hasReplicas = ({ pod: { object } }: Operator): boolean =>
  at(nodeOf(object), "spec", "replicas").value !== 0;

/** What a flag is set to, null where its value is missing. */
function flagText(operator: Operator, name: string): string | null | undefined {
  const value = flagOf(operator, name);
  return value === true ? null : value;
}

/** Two that stand in one namespace and elect by one lease: one leads, the other waits. */
function isOneLeader(one: Operator, other: Operator): boolean {
  const [own, its] = [one, other].map((each) => {
    const elects = flagOf(each, "leader-elect");
    const isElecting = elects === true || (elects !== undefined && goBoolean(elects) === true);
    return isElecting
      ? `${each.pod.namespace}/${String(flagOf(each, "leader-election-id") ?? "")}`
      : undefined;
  });
  return own !== undefined && own === its;
}

/** Whether two lists of namespaces have one in common; an empty list, or none, means all of them. */
function meet(own: string | null | undefined, its: string | null | undefined): boolean {
  const [left, right] = [own, its].map((text) =>
    (text ?? "")
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== ""),
  ) as [string[], string[]];
  return left.length === 0 || right.length === 0 || left.some((each) => right.includes(each));
}

/** Whether labels can fit two selectors at once: of each label, a value that all of them take. */
function canBothSelect(own: string, its: string): boolean {
  const requirements = [own, its].map(requirementsOf);
  if (requirements.includes(undefined)) return false;
  const byLabel = Map.groupBy(
    requirements.flatMap((each) => each ?? []),
    ({ label }) => label,
  );
  return [...byLabel.values()].every((all) =>
    // A value that nobody names stands for all others.
    [undefined, "\0", ...all.flatMap(({ named }) => named)].some((value) =>
      all.every(({ takes }) => takes(value)),
    ),
  );
}

/**
 * What a selector asks of labels; undefined for a text that is none.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
function requirementsOf(text: string): readonly Requirement[] | undefined {
  const parts = text.split(/,(?![^(]*\))/).map((each) => each.trim());
  const requirements = parts.filter((each) => each !== "").map(requirementOf);
  return requirements.some((each) => each === undefined)
    ? undefined
    : requirements.flatMap((each) => each ?? []);
}

function requirementOf(text: string): Requirement | undefined {
  const [, not, name] = /^(!?)\s*([\w./-]+)$/.exec(text) ?? [];
  if (name !== undefined)
    return { label: name, named: [], takes: (value) => (value === undefined) === (not === "!") };
  const [, label, sign = "", inList, single] =
    /^([\w./-]+)\s*(=|==|!=|\bin\b|\bnotin\b)\s*(?:\(([^()]*)\)|([\w.-]*))$/.exec(text) ?? [];
  const isList = sign === "in" || sign === "notin";
  if (label === undefined || isList !== (inList !== undefined)) return undefined;
  const named = (inList ?? single ?? "").split(",").map((each) => each.trim());
  const isNot = sign === "!=" || sign === "notin";
  // What lacks the label is not among the values either.
  return { label, named, takes: (value) => (value !== undefined && named.includes(value)) !== isNot };
}

/** Whether two operators are one workload, as it stands in the objects of two environments. */
export const isSameWorkload = (one: Operator, other: Operator): boolean =>
  one.pod.object.kind === other.pod.object.kind &&
  one.pod.object.metadata.name === other.pod.object.metadata.name &&
  namespaceOf(one.pod.object) === namespaceOf(other.pod.object);
