/**
 * How many indexes a text as "0,2-4" names, which are in order and below a bound; undefined for what is no such text.
 *
 * Source: validateIndexesFormat in k8s.io/kubernetes/pkg/apis/batch/validation.
 */
export function indexesIn(text: string, bound: number): number | undefined {
  if (text === "") return 0;
  let [last, total] = [-1, 0];
  for (const interval of text.split(",")) {
    const [, first, end] = /^(\d+)(?:-(\d+))?$/.exec(interval) ?? [];
    if (first === undefined) return undefined;
    const [from, to] = [Number(first), Number(end ?? first)];
    const isInOrder = from > last && (end === undefined || to > from) && to < bound;
    if (!isInOrder) return undefined;
    total += to - from + 1;
    last = to;
  }
  return total;
}
