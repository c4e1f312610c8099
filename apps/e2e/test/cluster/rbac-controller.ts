import type { KubernetesObject } from "@atlas/checks";
import { succeed } from "./cluster.ts";

const api = "/apis/rbac.authorization.k8s.io/v1";

interface Aggregated extends KubernetesObject {
  readonly rules?: readonly unknown[] | null;
  readonly aggregationRule?: { readonly clusterRoleSelectors: readonly Selector[] };
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: string[] }[];
}

/** A label selector as the API server takes it in a query. */
function query({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  const forms: Record<string, (key: string, values: string[]) => string> = {
    In: (key, values) => `${key} in (${values.join()})`,
    NotIn: (key, values) => `${key} notin (${values.join()})`,
    Exists: (key) => key,
    DoesNotExist: (key) => `!${key}`,
  };
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => forms[operator]?.(key, values)),
  ].join(",");
}

/** Does what kube-controller-manager would: gathers the rules of aggregated roles, until nothing changes any more. */
export async function aggregate(): Promise<void> {
  const { items } = await succeed<{ items: Aggregated[] }>("GET", `${api}/clusterroles`);
  let isChanged = false;
  for (const { metadata, rules, aggregationRule } of items.filter((role) => role.aggregationRule)) {
    const before = rules ?? [];
    const gathered = new Map<string, unknown>();
    for (const each of aggregationRule?.clusterRoleSelectors ?? []) {
      const { items: found } = await succeed<{ items: Aggregated[] }>(
        "GET",
        `${api}/clusterroles?labelSelector=${encodeURIComponent(query(each))}`,
      );
      const others = found.filter(({ metadata: other }) => other.name !== metadata.name);
      for (const own of others.flatMap((other) => other.rules ?? [])) gathered.set(JSON.stringify(own), own);
    }
    if (before.length === gathered.size && before.every((each) => gathered.has(JSON.stringify(each))))
      continue;
    isChanged = true;
    const type = { "content-type": "application/merge-patch+json" };
    await succeed("PATCH", `${api}/clusterroles/${metadata.name}`, { rules: [...gathered.values()] }, type);
  }
  if (isChanged) await aggregate();
}
