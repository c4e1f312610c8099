import { component, ComposeError, define, patch, refuseFurther, type Component } from "@atlas/compose";
import type { Role, RoleBinding } from "kubernetes-types/rbac/v1.js";
import { clusterRoleBinding } from "../base/cluster-role-binding.ts";
import { clusterRole } from "../base/cluster-role.ts";
import { role } from "../base/role.ts";
import { serviceAccount } from "../base/service-account.ts";
import { managerArgs } from "../manager.ts";
import type { KnowsFlag } from "../manager-types.ts";
import { operator } from "../operator.ts";
import { addArguments } from "./arguments.ts";
import {
  calledWith,
  labelNameProblem,
  refuseSettings,
  unknownSettings,
  type SettingsOf,
} from "../settings.ts";
import { atHome, everywhere, onlyUsed } from "./permissions.ts";

/** Where the operator works, and where it runs. */
export interface ScopeSettings<V extends string> {
  /** The record of the image that runs: from v0.7.36 on the manager can be told its namespaces. */
  readonly image: KnowsFlag<V, "namespace">;
  /** The namespaces whose AtlasSchema and AtlasMigration objects it reconciles. */
  readonly namespaces: readonly [string, ...string[]];
  /** Where its ServiceAccount is. */
  readonly operatorNamespace: string;
}

/**
 * Lets the operator work in a list of namespaces and nowhere else: a Role and a RoleBinding in each stand in the place of the
 * ClusterRole and its binding, and `--namespace` says the same to the manager. It sees no Secret of any other namespace, and may do what it uses alone, as with
 * {@link leastPrivilege}, in the place of which this stands.
 *
 * List it in a layer that states no `namespace`, which would move the Roles: over the layer that says where the operator
 * stands.
 *
 * @throws ComposeError for a release without `--namespace`, where no compiler saw it, and for a list that is empty or names a
 *   namespace twice, and for what is not the name of one.
 *
 * @example
 * overlay({
 *   base: dev,
 *   images: [release],
 *   components: [
 *     scope({ image: release, namespaces: ["shop", "billing"], operatorNamespace: "atlas-operator" }),
 *   ],
 * });
 */
export function scope<const V extends string>(settings: ScopeSettings<V>): Component {
  refuseFurther(scope, arguments);
  return calledWith(scope, [settings], () => {
    refuseSettings(...unknownSettings(settings, scopeSettings));
    const { image, namespaces, operatorNamespace } = settings;
    refuseList(namespaces);
    refuseSettings(
      labelNameProblem("operatorNamespace", operatorNamespace, "the name of a namespace"),
      ...namespaces.map((each) => labelNameProblem("namespaces", each, "the name of a namespace")),
    );
    const { version }: { readonly version: string } = image;
    return component({
      resources: namespaces.flatMap((namespace) => [
        roleIn(namespace),
        bindingIn(namespace, operatorNamespace),
      ]),
      patches: [
        addArguments(managerArgs({ version }, { namespace: namespaces.join(",") })),
        patch(clusterRoleBinding, null),
        patch(clusterRole, null),
        // Events included, of who leads: no other role lets it write them where it runs.
        patch(role, { rules: onlyUsed(atHome) }),
      ],
    });
  });
}

const scopeSettings: SettingsOf<ScopeSettings<string>> = {
  image: null,
  namespaces: null,
  operatorNamespace: null,
};

/** Beside the role of the operator's own namespace, which has its name. */
const scopeName = `${operator.name}-scope`;

const roleIn = (namespace: string) =>
  define<Role>()({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: scopeName, namespace },
    rules: onlyUsed(everywhere),
  });

const bindingIn = (namespace: string, operatorNamespace: string) =>
  define<RoleBinding>()({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: scopeName, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: scopeName },
    subjects: [
      { kind: serviceAccount.kind, name: serviceAccount.metadata.name, namespace: operatorNamespace },
    ],
  });

function refuseList(namespaces: readonly string[]): void {
  const twice = namespaces.filter((each, index) => namespaces.indexOf(each) < index);
  const problems = [
    ...(namespaces.length === 0
      ? [
          {
            code: "manifests/scope-namespaces" as const,
            path: "namespaces",
            what: "no namespace is stated, which to the manager means all of them",
            fix: "name one, or leave the option out",
          },
        ]
      : []),
    ...twice.map((each) => ({
      code: "manifests/scope-namespaces" as const,
      path: "namespaces",
      what: `the namespace "${each}" is stated twice`,
      fix: "state it once",
    })),
  ];
  if (problems.length > 0) throw new ComposeError(problems);
}
