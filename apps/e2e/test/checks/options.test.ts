import { can, check, type Finding, type KubernetesObject } from "@atlas/checks";
import { releases } from "@atlas/manifests/releases";
import { describe, expect, test } from "vitest";
import {
  operatorApiUsage,
  ownerReferenceUsage,
  type ApiCall,
} from "../../src/operator/operator-api-usage.ts";
import { environments, objectsOf, options, scopes, withOptions } from "./option-cases.ts";

const calls = [...operatorApiUsage, ...ownerReferenceUsage];
/** Events of who leads, which stand beside the lease. */
const ofLeader = calls
  .filter(({ resource }) => resource === "events")
  .map((call): ApiCall => ({ ...call, scope: "own namespace" }));
const nameOf = ({ verb, apiGroup, resource }: ApiCall): string => `${verb} ${apiGroup}/${resource}`;

const findingsOf = (objects: readonly KubernetesObject[]): readonly string[] =>
  check(objects, { releases }).map(({ code, object, what }: Finding) => `${code} ${object.kind}: ${what}`);

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
interface Ruled extends KubernetesObject {
  readonly rules: readonly Rule[];
}

const isRole = (object: KubernetesObject): object is Ruled => /^(?:Cluster)?Role$/.test(object.kind);

/** Whether the operator may make a call, in each namespace where it would. */
function isAllowed(objects: readonly KubernetesObject[], call: ApiCall): boolean {
  const account = objects.find(({ kind }) => kind === "ServiceAccount")?.metadata;
  const home = account?.namespace ?? "";
  const isScoped = !objects.some(({ kind }) => kind === "ClusterRoleBinding");
  const watched = call.scope === "cluster" && !isScoped ? [undefined] : scopes;
  return (call.scope === "own namespace" ? [home] : watched).every(
    (namespace) =>
      can(objects, {
        account: { serviceAccount: account?.name ?? "", namespace: home },
        verb: call.verb,
        group: call.apiGroup,
        resource: call.resource,
        ...(namespace !== undefined && { namespace }),
      }).allowed,
  );
}

/** The objects without one verb of one rule, for each of them. */
function* withoutOne(
  objects: readonly KubernetesObject[],
): Generator<{ readonly taken: string; readonly rest: readonly KubernetesObject[] }> {
  for (const role of objects.filter(isRole))
    for (const [index, rule] of role.rules.entries())
      for (const verb of rule.verbs) {
        const verbs = rule.verbs.filter((other) => other !== verb);
        const changed = { ...role, rules: role.rules.with(index, { ...rule, verbs }) };
        const taken = `${role.kind}/${role.metadata.namespace ?? ""}/${role.metadata.name}: ${verb} ${rule.resources.join()}`;
        yield { taken, rest: objects.map((object) => (object === role ? changed : object)) };
      }
}

describe.each(environments)("over %s", (_name, layer, namespace) => {
  const before = new Set(findingsOf(objectsOf(withOptions(layer, []))));
  const each = Object.entries(options).map(
    ([name, option]) => [name, objectsOf(withOptions(layer, [option(namespace)]))] as const,
  );
  const scoped = each.filter(([name]) => name === "scope" || name === "leastPrivilege");

  test.each(each)("%s brings no finding", (_option, objects) => {
    expect(findingsOf(objects).filter((finding) => !before.has(finding))).toEqual([]);
  });

  test("all together bring none", () => {
    // Each of these two is in the place of the other.
    const { leastPrivilege: _, ...others } = options;
    const components = Object.values(others).map((option) => option(namespace));
    const findings = findingsOf(objectsOf(withOptions(layer, components)));
    expect(findings.filter((finding) => !before.has(finding))).toEqual([]);
  });

  test.each(each)("%s allows the operator every call that was recorded", (_option, objects) => {
    expect([...calls, ...ofLeader].filter((call) => !isAllowed(objects, call)).map(nameOf)).toEqual([]);
  });

  test.each(scoped)("%s leaves it no permission that no call needs", (_option, objects) => {
    const changed = [...withoutOne(objects)];
    expect(changed.length).toBeGreaterThanOrEqual(calls.length);
    const unneeded = changed.filter(({ rest }) =>
      [...calls, ...ofLeader].every((call) => isAllowed(rest, call)),
    );
    expect(unneeded.map(({ taken }) => taken)).toEqual([]);
  });
});
