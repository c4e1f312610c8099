import { at, elements, isThere, mapAt, textAt, textsAt, type Node } from "./node.ts";

/** Labels by name. */
export type LabelMap = ReadonlyMap<string, string>;

/**
 * Whether a label selector, with `matchLabels` and `matchExpressions`, selects what has these labels. An empty one selects
 * everything, one that is not there nothing.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export const selects = (selector: Node, labels: LabelMap): boolean =>
  maySelect(selector, labels, isAny) === true;

const isAny = (): boolean => true;

/**
 * Whether a label selector selects what has these labels, and perhaps others; `unknown` where it is those that decide.
 *
 * @param isKnown whether it is known if the label is there, by its name.
 */
export function maySelect(
  selector: Node,
  labels: LabelMap,
  isKnown: (name: string) => boolean,
): boolean | "unknown" {
  if (!isThere(selector)) return false;
  const requirements = [
    ...[...mapAt(at(selector, "matchLabels"))].map(
      ([name, wanted]) => [name, labels.get(name) === wanted] as const,
    ),
    ...elements(at(selector, "matchExpressions")).map(
      (expression) => [textAt(at(expression, "key")) ?? "", expressionHolds(expression, labels)] as const,
    ),
  ];
  if (requirements.some(([name, isMet]) => isKnown(name) && !isMet)) return false;
  return requirements.every(([name]) => isKnown(name)) ? true : "unknown";
}

/** Whether the labels have those of a map, as a Service selects by it. */
export function hasLabels(labels: LabelMap, wanted: Node): boolean {
  return [...mapAt(wanted)].every(([name, value]) => labels.get(name) === value);
}

/** Whether an expression holds; one with an operator that there is not holds of nothing. */
function expressionHolds(expression: Node, labels: LabelMap): boolean {
  const label = labels.get(textAt(at(expression, "key")) ?? "");
  const values = textsAt(at(expression, "values"));
  const isAmong = label !== undefined && values.includes(label);
  const { value: operator } = at(expression, "operator");
  if (operator === "In") return isAmong;
  // What lacks the label is not among the values either.
  if (operator === "NotIn") return !isAmong;
  if (operator === "Exists") return label !== undefined;
  return operator === "DoesNotExist" && label === undefined;
}

/**
 * A label selector as kubectl takes it; empty for one that selects everything.
 *
 * @example
 * printedSelector(selector); // "app=shop,tier in (web,api),!canary"
 */
export const printedSelector = (selector: Node): string =>
  [
    ...[...mapAt(at(selector, "matchLabels"))].map(([name, value]) => `${name}=${value}`),
    ...elements(at(selector, "matchExpressions")).map((expression) => {
      const [key = "", operator] = ["key", "operator"].map((field) => textAt(at(expression, field)));
      if (operator === "Exists") return key;
      if (operator === "DoesNotExist") return `!${key}`;
      const values = textsAt(at(expression, "values")).join(",");
      return `${key} ${operator === "In" ? "in" : "notin"} (${values})`;
    }),
  ].join(",");
