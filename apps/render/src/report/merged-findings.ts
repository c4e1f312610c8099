import type { Finding } from "@atlas/input";

/** What is wrong in the same way in several environments, as in what they stand on, is said once for all of them. */
export function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, { readonly finding: Finding; readonly environments: string[] }>();
  for (const { environment, ...finding } of findings) {
    const key = JSON.stringify([environment === undefined, finding]);
    const { environments } = groups.get(key) ?? { environments: [] as string[] };
    if (environment !== undefined) environments.push(environment);
    groups.set(key, { finding, environments });
  }
  return [...groups.values()].map(({ finding, environments }) =>
    environments.length === 0 ? finding : { environment: enumerate(environments), ...finding },
  );
}

/** The names of environments, the first of many. */
export function enumerate(environments: readonly string[]): string {
  const [first, second, third, ...rest] = [...new Set(environments)];
  const shown = [first, second, third].filter((name) => name !== undefined).join(", ");
  return rest.length > 0 ? `${shown} and ${rest.length} more` : shown;
}
