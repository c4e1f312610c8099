import { assumptions } from "../assumptions/assumptions.ts";
import { printedNeed } from "../assumptions/assumption.ts";
import { check, type CheckOptions } from "../check/check.ts";
import { printedPath } from "../objects/path.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, textAt, textsAt } from "../objects/node.ts";
import { grantsIn } from "../rbac/grants.ts";
import { objectsIn } from "./names.ts";

/** What is worth a look in a review when it changes, a line each. */
export interface EnvironmentSnapshot {
  /** What will not work. */
  readonly findings: readonly string[];
  /** Who may do what. */
  readonly permissions: readonly string[];
  /** What the cluster must have. */
  readonly assumptions: readonly string[];
}

/**
 * What a review of an environment has to see when it changes: what will not work, who may do what, and what is assumed of
 * the cluster.
 *
 * @throws {TypeError} for what are not the objects of an environment.
 * @example
 * expect(snapshotOf(compose(dev))).toMatchSnapshot();
 */
export function snapshotOf(
  environment: readonly KubernetesObject[],
  options: CheckOptions = {},
): EnvironmentSnapshot {
  const objects = objectsIn(environment);
  return {
    findings: check(objects, options).map(({ severity, code, object: { kind, name }, path, what }) =>
      [`${severity} ${code}: ${kind}/${name}`, printedPath(path), what].filter(Boolean).join(": "),
    ),
    permissions: permissionsIn(objects).toSorted(),
    assumptions: assumptions(objects).map(({ need }) => printedNeed(need)),
  };
}

function permissionsIn(objects: readonly KubernetesObject[]): readonly string[] {
  const lines = grantsIn(objects).flatMap(({ subjects, rules, namespace }) =>
    subjects.flatMap((subject) => {
      const [kind, name, home] = ["kind", "name", "namespace"].map((field) => textAt(at(subject, field)));
      const who = `${kind}/${[home, name].filter(Boolean).join("/")}`;
      const where = namespace === undefined ? "everywhere" : `in ${namespace}`;
      return (rules() ?? []).flatMap((rule) => {
        const [verbs, urls, names] = ["verbs", "nonResourceURLs", "resourceNames"].map((field) =>
          textsAt(at(rule, field)),
        );
        const only = names && names.length > 0 ? ` named ${names.join(", ")}` : "";
        const resources = textsAt(at(rule, "apiGroups")).flatMap((group) =>
          textsAt(at(rule, "resources")).map((resource) => {
            const [first, ...sub] = resource.split("/");
            return [[first, group].filter(Boolean).join("."), ...sub].join("/");
          }),
        );
        return [...(urls ?? []), ...resources].map(
          (what) => `${who} may ${(verbs ?? []).toSorted().join(", ")} ${what}${only} ${where}`,
        );
      });
    }),
  );
  return [...new Set(lines)];
}
