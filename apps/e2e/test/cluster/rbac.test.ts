import { can, type KubernetesObject, type Question } from "@atlas/checks";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isExisting, request, succeed } from "./cluster.ts";
import { aggregate } from "./rbac-controller.ts";
import { rbacQuestion, rbacWorld } from "./rbac-world.ts";

/** How many questions are asked, and of which world. */
const count = Number(process.env["CHECKS_CASES"] ?? 500);
const seed = Number(process.env["CHECKS_SEED"] ?? 1);

const api = "/apis/rbac.authorization.k8s.io/v1";
const kinds = ["clusterroles", "clusterrolebindings", "roles", "rolebindings"];
const collection = ({ kind, metadata: { namespace } }: KubernetesObject): string =>
  [api, ...(namespace === undefined ? [] : ["namespaces", namespace]), `${kind.toLowerCase()}s`].join("/");

async function live(): Promise<KubernetesObject[]> {
  const lists = await Promise.all(
    kinds.map((kind) =>
      succeed<{ kind: string; items: readonly KubernetesObject[] }>("GET", `${api}/${kind}`),
    ),
  );
  return lists.flatMap(({ kind, items }) =>
    items.map((item) => ({
      ...item,
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: kind.replace("List", ""),
    })),
  );
}

async function review(asked: Question): Promise<boolean> {
  const { account: who } = asked;
  const spec =
    "user" in who
      ? { user: who.user, groups: who.groups }
      : {
          user: `system:serviceaccount:${who.namespace}:${who.serviceAccount}`,
          groups: [
            "system:serviceaccounts",
            `system:serviceaccounts:${who.namespace}`,
            "system:authenticated",
          ],
        };
  const { status } = await succeed<{ status: { allowed: boolean } }>(
    "POST",
    "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: { ...spec, ...attributes(asked) },
    },
  );
  return status.allowed;
}

function attributes(asked: Question) {
  if ("path" in asked) return { nonResourceAttributes: { verb: asked.verb, path: asked.path } };
  const { verb, group, name, namespace } = asked;
  const [resource, subresource] = asked.resource.split("/");
  return { resourceAttributes: { verb, group, resource, subresource, name, namespace } };
}

describe.skipIf(isExisting)("RBAC, in a control plane of our own", () => {
  const made = rbacWorld(seed);
  let objects: KubernetesObject[];
  beforeAll(async () => {
    for (const object of made) await succeed("POST", collection(object), object);
    objects = await live();
    await aggregate();
  });
  afterAll(async () => {
    for (const object of made) await request("DELETE", `${collection(object)}/${object.metadata.name}`);
  });

  test(`${count} random questions are answered as by SubjectAccessReview`, async () => {
    let open = fc
      .sample(rbacQuestion, { seed, numRuns: count })
      .map((asked) => ({ asked, ...can(objects, asked) }));
    const allowed = open.filter((each) => each.allowed).length;
    expect(allowed).toBeGreaterThan(count / 20);
    expect(allowed).toBeLessThan(count * 0.95);
    // The authorizer watches what it decides by, and is behind it by a moment.
    const differing = async () => {
      const wrong: typeof open = [];
      for (const each of open) if ((await review(each.asked)) !== each.allowed) wrong.push(each);
      open = wrong;
      return wrong.map(({ asked, allowed: ours }) => ({ ...asked, ours }));
    };
    await expect.poll(differing, { timeout: 120_000, interval: 1_000 }).toEqual([]);
  });
});
