/** Whether labels (or annotations) are those that a selector selects. */
export type LabelSelector = (labels: Readonly<Record<string, unknown>>) => boolean;

const namePattern = String.raw`([\w./-]+)`;
const value = String.raw`([\w./-]*)`;
const requirements: readonly (readonly [RegExp, (key: string, values: string) => LabelSelector])[] = [
  [new RegExp(`^${namePattern}$`), (key) => (labels) => Object.hasOwn(labels, key)],
  [new RegExp(`^!\\s*${namePattern}$`), (key) => (labels) => !Object.hasOwn(labels, key)],
  [new RegExp(`^${namePattern}\\s*==?\\s*${value}$`), (key, wanted) => (labels) => labels[key] === wanted],
  [new RegExp(`^${namePattern}\\s*!=\\s*${value}$`), (key, wanted) => (labels) => labels[key] !== wanted],
  [
    new RegExp(`^${namePattern}\\s+in\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) =>
      Object.hasOwn(labels, key) && splitValues(values).includes(String(labels[key])),
  ],
  [
    new RegExp(`^${namePattern}\\s+notin\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) =>
      !Object.hasOwn(labels, key) || !splitValues(values).includes(String(labels[key])),
  ],
];

const splitValues = (values: string): string[] => values.split(",").map((each) => each.trim());

/**
 * A selector as `kubectl -l` takes it: requirements, separated by commas, all of which must hold. Undefined for a text
 * that is none.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseLabelSelector(selector: string): LabelSelector | undefined {
  const parts = selector.split(/,(?![^(]*\))/).map((part) => part.trim());
  const parsed = parts.map((part) => {
    for (const [pattern, make] of requirements) {
      const match = pattern.exec(part);
      if (match) return make(match[1] ?? "", match[2] ?? "");
    }
    return undefined;
  });
  if (parsed.includes(undefined)) return undefined;
  return (labels) => parsed.every((holds) => holds?.(labels));
}
