/** As many problems as a person reads at once. */
const most = 30;

/** The first of many problems, and how many are not shown: whoever fixes those renders again. */
export function firstOf<T>(problems: readonly T[]): { readonly shown: readonly T[]; readonly more: number } {
  return { shown: problems.slice(0, most), more: Math.max(0, problems.length - most) };
}
