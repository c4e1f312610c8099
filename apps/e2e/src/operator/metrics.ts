/** The port on which the operator serves Prometheus' metrics. */
export const metricsPort = 8080;

/**
 * Whether a controller has reconciled every object that it found, and reconciles none now, by its metrics. The work queue gives
 * an object that is tried again its turn after those that were there first, so that as many ends as there are objects, with
 * none under way, are those of all objects.
 *
 * @param metrics in Prometheus' text format, as controller-runtime serves them.
 * @param objects how many the controller has found.
 * @example
 * isAtRest('controller_runtime_reconcile_total{controller="atlasschema",result="success"} 3\n', "atlasschema", 3); // true
 * @see https://book.kubebuilder.io/reference/metrics-reference
 */
export function isAtRest(metrics: string, controller: string, objects: number): boolean {
  const sum = (name: string): number =>
    metrics
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`) && line.includes(`="${controller}"`))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  return (
    sum("controller_runtime_reconcile_total") >= objects &&
    sum("controller_runtime_active_workers") === 0 &&
    sum("workqueue_depth") === 0
  );
}
