/** A rule of a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** One permission: a verb on a resource. */
export interface Permission {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
}

/** Each permission that rules give, one by one. */
export const permissions = (rules: readonly PolicyRule[]): Permission[] =>
  rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) => verbs.map((verb) => ({ apiGroup, resource, verb }))),
    ),
  );

/** As kubectl writes it: `update atlasschemas.db.atlasgo.io/status`. */
export function nameOfPermission({ verb, apiGroup, resource }: Permission): string {
  const [name, ...subresource] = resource.split("/");
  return `${verb} ${[[name, apiGroup].filter(Boolean).join("."), ...subresource].join("/")}`;
}

export const isSame = (one: Permission, other: Permission): boolean =>
  one.apiGroup === other.apiGroup && one.resource === other.resource && one.verb === other.verb;

/** The rules without one permission. */
export const without = (rules: readonly PolicyRule[], permission: Permission): PolicyRule[] =>
  permissions(rules)
    .filter((other) => !isSame(other, permission))
    .map(({ apiGroup, resource, verb }) => ({ apiGroups: [apiGroup], resources: [resource], verbs: [verb] }));
