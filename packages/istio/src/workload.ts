/** The workload that a mesh policy selects. */
export interface Workload {
  /** `metadata.name` of the policy objects made for it. */
  readonly name: string;
  /** Labels of its pods. A policy without labels would select every workload of its namespace. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The pod labels as a selector.
 *
 * @throws {TypeError} when there is no label: Istio takes an empty selector for the whole namespace.
 */
export function podLabels({ name, labels }: Workload): Record<string, string> {
  if (Object.keys(labels).length === 0) {
    throw new TypeError(
      `the workload "${name}" has no labels, so its mesh policy would select every pod of the namespace; ` +
        "give it the labels of its pods",
    );
  }
  return { ...labels };
}
