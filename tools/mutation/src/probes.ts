import type { Site } from "./mutants.ts";

/** The variable that names the file which a process, and those that it starts, write down in which sites they reach. */
export const reachedVariable = "MUTATION_REACHED";

const watch = "__reachedBy";

/**
 * The text with a probe at each site: whatever process runs it says so, once each, in the file that the variable names.
 *
 * @param sites by the number that is written down.
 */
export function withProbes(text: string, sites: ReadonlyMap<number, Site>): string {
  const inserted = [...sites]
    .toSorted(
      ([, a], [, b]) => b.end - b.start - (a.end - a.start) || Number(b.isStatement) - Number(a.isStatement),
    )
    .flatMap(([number, { start, end, isStatement }], depth) => [
      { at: start, depth, text: isStatement ? `{${watch}(${number});` : `(${watch}(${number}),` },
      { at: end, depth: -depth - 1, text: isStatement ? "}" : ")" },
    ])
    .toSorted((a, b) => a.at - b.at || a.depth - b.depth);
  let [probed, from] = ["", 0];
  for (const { at, text: insertion } of inserted) {
    probed += text.slice(from, at) + insertion;
    from = at;
  }
  return `${probed}${text.slice(from)}\n${watcher}`;
}

// It is hoisted, and there before the first statement of its module runs, whatever imports whatever.
const watcher = `function ${watch}(site: number): void {
  const file = process.env["${reachedVariable}"];
  const seen = ((globalThis as any).${watch} ??= new Set());
  if (file === undefined || seen.has(file + site)) return;
  seen.add(file + site);
  process.getBuiltinModule("node:fs").appendFileSync(file, site + "\\n");
}
`;
