/** Whether labels (or annotations) are those that a selector selects. */
export type LabelSelector = (labels: Readonly<Record<string, unknown>>) => boolean;

const name = String.raw`([\w./-]+)`;
const value = String.raw`([\w./-]*)`;
const requirements: readonly (readonly [RegExp, (key: string, values: string) => LabelSelector])[] = [
  [new RegExp(`^${name}$`), (key) => (labels) => Object.hasOwn(labels, key)],
  [new RegExp(`^!\\s*${name}$`), (key) => (labels) => !Object.hasOwn(labels, key)],
  [new RegExp(`^${name}\\s*==?\\s*${value}$`), (key, wanted) => (labels) => labels[key] === wanted],
  [new RegExp(`^${name}\\s*!=\\s*${value}$`), (key, wanted) => (labels) => labels[key] !== wanted],
  [
    new RegExp(`^${name}\\s+in\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) => Object.hasOwn(labels, key) && listOf(values).includes(String(labels[key])),
  ],
  [
    new RegExp(`^${name}\\s+notin\\s*\\(([^()]*)\\)$`),
    (key, values) => (labels) => !Object.hasOwn(labels, key) || !listOf(values).includes(String(labels[key])),
  ],
];

const listOf = (values: string): string[] => values.split(",").map((each) => each.trim());

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
