import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  operatorApiUsage,
  ownerReferenceUsage,
  type ApiCall,
} from "../../src/operator/operator-api-usage.ts";
import { applicable, isExisting, ownNamespace, quietly, succeed, type LiveObject } from "./cluster.ts";
import { apply, ensureNamespace, liveObjects, remove, removed } from "./live.ts";
import { isSame, nameOfPermission, permissions, without, type PolicyRule } from "./policy-rules.ts";
import { createTargets, statusOfCall, type Identity } from "./service-account-calls.ts";

/** In a cluster of others it is not known whether the admission plugin is on that asks for these. */
const needed: readonly ApiCall[] = [...operatorApiUsage, ...(isExisting ? [] : ownerReferenceUsage)];

/** What belongs to an object can only be made by who may make it. */
const needs = (other: ApiCall, { verb, resource }: ApiCall): boolean =>
  ownerReferenceUsage.includes(other) && verb === "create" && resource === "secrets";

type RoleObject = LiveObject & { readonly rules: readonly PolicyRule[] };

describe.each(inject("environments"))("$name", ({ folder, namespace }) => {
  const target = applicable(folder);
  let removeNamespace: () => Promise<void>;
  let roles: RoleObject[];
  let identity: Identity;

  beforeAll(async () => {
    removeNamespace = await ensureNamespace(target, isExisting ? ownNamespace : namespace);
    await apply(target);
    const objects = await liveObjects(target);
    roles = objects.filter((object): object is RoleObject => /^(?:Cluster)?Role$/.test(object.kind));
    const account = objects.find(({ kind }) => kind === "ServiceAccount");
    identity = { name: account?.metadata.name ?? "", namespace: account?.metadata.namespace ?? "" };
    if (!isExisting) await quietly("create", "namespace", ownNamespace);
    await createTargets(needed, identity);
  });
  afterAll(async () => {
    await removed("namespace", ownNamespace);
    await remove(target);
    await removeNamespace();
  });

  /** The calls that the API server does not carry out for the ServiceAccount; each of the others succeeds. */
  const refused = async (): Promise<string[]> => {
    const statuses = await Promise.all(needed.map((call) => statusOfCall(call, identity)));
    const answers = needed.map((call, index) => [nameOfPermission(call), statuses[index] ?? 0] as const);
    expect(answers.filter(([, status]) => status !== 403 && status >= 300)).toEqual([]);
    return answers.filter(([, status]) => status === 403).map(([name]) => name);
  };
  const settled = { timeout: 60_000 };

  test("every call of the operator is allowed to the rendered ServiceAccount", async () => {
    await expect.poll(refused, settled).toEqual([]);
  });

  test.each(needed.map((call) => [nameOfPermission(call), call] as const))(
    "%s is refused when it is taken from the rules, and nothing else is",
    async (_name, call) => {
      await change((rules) => without(rules, call));
      const lost = needed.filter((other) => other === call || needs(other, call));
      await expect.poll(refused, settled).toEqual(lost.map(nameOfPermission));
      await change((rules) => rules);
      await expect.poll(refused, settled).toEqual([]);
    },
  );

  async function change(edit: (rules: readonly PolicyRule[]) => readonly PolicyRule[]): Promise<void> {
    for (const { rules, kind, metadata } of roles) {
      const path = ["/apis/rbac.authorization.k8s.io/v1"];
      if (metadata.namespace !== undefined) path.push("namespaces", metadata.namespace);
      path.push(`${kind.toLowerCase()}s`, metadata.name);
      const patch = { rules: edit(rules) };
      const type = { "content-type": "application/merge-patch+json" };
      await succeed("PATCH", path.join("/"), patch, type);
    }
  }

  test("what is granted beyond it is what the README judges", () => {
    const granted = roles.flatMap(({ rules }) => permissions(rules));
    expect(JSON.stringify(granted)).not.toContain("*");
    const used = [...operatorApiUsage, ...ownerReferenceUsage];
    const beyond = granted.filter((permission) => !used.some((call) => isSame(call, permission)));
    expect([...new Set(beyond.map(nameOfPermission))].toSorted()).toEqual(judged().toSorted());
  });
});

/** The permissions in the README's table, whose rows are `| resource | verbs | judgement |`. */
function judged(): string[] {
  const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z./0-9]+)` +\| ([a-z, ]+?) +\| \S.*\|$/gm)];
  return rows.flatMap(([, resource = "", verbs = ""]) =>
    verbs.split(", ").map((verb) => `${verb} ${resource}`),
  );
}
