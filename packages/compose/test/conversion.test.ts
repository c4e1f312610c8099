import { base, compose, patch, type KubernetesObject, type Patch } from "@atlas/compose";
import { explicitPatch, recordForm } from "@atlas/compose/conversion";
import { strategicMerge } from "@atlas/compose/patches";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInMerges } from "./built-in-merges.ts";
import { isRefusedForPods } from "./differential.ts";
import { deployment, roleBinding } from "./fixtures.ts";

const pod = (spec: object): { spec: object } => ({ spec: { template: { spec } } });
type Body = Parameters<typeof explicitPatch>[1];

/** The two forms of a patch of the fixture, and what removed nothing. */
function forms(given: object): { explicit: object; record: object | undefined; vain: readonly string[] } {
  const { body, vain } = explicitPatch(deployment, given as Body);
  return { explicit: body, record: recordForm(deployment, body), vain };
}

describe("a strategic merge patch of Kustomize's", () => {
  test.each<[string, object, object, object | undefined]>([
    [
      "fields",
      { spec: { replicas: 2, paused: true } },
      { spec: { replicas: 2, paused: true } },
      { spec: { replicas: 2, paused: true } },
    ],
    [
      "an element that is there",
      pod({ containers: [{ name: "web", args: ["-q"] }] }),
      pod({ containers: [{ name: "web", args: ["-q"] }] }),
      pod({ containers: { web: { args: ["-q"] } } }),
    ],
    [
      "an element that is new",
      pod({ containers: [{ name: "log", image: "log" }] }),
      pod({ containers: [{ $patch: "merge", name: "log", image: "log" }] }),
      pod({ containers: { $add: [{ name: "log", image: "log" }] } }),
    ],
    [
      "an element that goes",
      pod({ containers: [{ name: "proxy", $patch: "delete" }] }),
      pod({ containers: [{ name: "proxy", $patch: "delete" }] }),
      pod({ containers: { proxy: null } }),
    ],
    [
      "a port of one number and another protocol",
      pod({ containers: [{ name: "web", ports: [{ containerPort: 53, protocol: "UDP", name: "udp" }] }] }),
      pod({ containers: [{ name: "web", ports: [{ containerPort: 53, protocol: "UDP", name: "udp" }] }] }),
      pod({ containers: { web: { ports: { "53/UDP": { name: "udp" } } } } }),
    ],
    [
      "a whole list",
      pod({ volumes: [{ $patch: "replace" }, { name: "tmp", emptyDir: {} }] }),
      pod({ volumes: [{ $patch: "replace" }, { name: "tmp", emptyDir: {} }] }),
      pod({ volumes: { $replace: [{ name: "tmp", emptyDir: {} }] } }),
    ],
    [
      "a directive that records have no word for",
      { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } },
      { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } },
      undefined,
    ],
  ])("%s", (_name, given, explicit, record) => {
    expect(forms(given)).toEqual({ explicit, record, vain: [] });
  });

  test("says what it removes in vain, and does without", () => {
    const given = {
      metadata: { labels: { app: null, gone: null } },
      spec: {
        paused: null,
        template: {
          spec: {
            containers: [
              { name: "lost", $patch: "delete" },
              { name: "web", tty: null },
            ],
          },
        },
      },
    };
    const { explicit, vain } = forms(given);
    expect(vain).toEqual([
      "metadata.labels.gone",
      "spec.paused",
      "spec.template.spec.containers[lost]",
      "spec.template.spec.containers[web].tty",
    ]);
    expect(explicit).toEqual({
      metadata: { labels: { app: null } },
      spec: { template: { spec: { containers: [{ name: "web" }] } } },
    });
  });

  test.each<[body: object, want: object | undefined]>([
    [{ spec: { strategy: { $patch: "delete" } } }, { spec: { strategy: null } }],
    [{ spec: { strategy: { type: "Recreate" } } }, { spec: { strategy: { type: "Recreate" } } }],
    [{ metadata: { labels: { app: null, b: "c" } } }, { metadata: { labels: { app: null, b: "c" } } }],
    [{ spec: { paused: undefined } }, { spec: {} }],
    // What a record has no word for.
    [{ $patch: "delete" }, undefined],
    [{ spec: { strategy: { $retainKeys: ["type"] } } }, undefined],
    [{ spec: { selector: null } }, undefined],
    [{ metadata: { finalizers: ["a"] } }, undefined],
    [{ spec: { template: { spec: { containers: ["web"] } } } }, undefined],
    [{ spec: { template: { spec: { containers: [{ image: "a" }] } } } }, undefined],
    [{ spec: { template: { spec: { containers: [{ name: "web", $patch: "replace" }] } } } }, undefined],
    [{ spec: { template: { spec: { containers: [{ name: "a", $patch: "other" }] } } } }, undefined],
  ])("has for %j the record %j", (body, want) => {
    expect(recordForm(deployment, body as Body)).toEqual(want);
  });

  test("replaces the subjects of a binding, as Kubernetes does", () => {
    const subjects = [{ kind: "User", name: "me" }];
    expect(recordForm(roleBinding, { subjects })).toEqual({ subjects: { $replace: subjects } });
  });

  test("replaces the lists of custom kinds, whatever their definition says", () => {
    const properties = {
      parts: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        items: { type: "object", properties: { name: { type: "string" } } },
      },
    };
    const schema = { openAPIV3Schema: { type: "object", properties } };
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "gadgets.example.com" },
      spec: { names: { kind: "Gadget" }, versions: [{ name: "v1", schema }] },
    };
    const gadget = {
      apiVersion: "example.com/v1",
      kind: "Gadget",
      metadata: { name: "a" },
      parts: [{ name: "x" }],
    };
    const { body } = explicitPatch(gadget, { parts: [{ name: "y" }] }, [crd]);
    expect(body).toEqual({ parts: [{ $patch: "replace" }, { name: "y" }] });
    expect(
      compose(base({ resources: [gadget], crds: [crd], patches: [strategicMerge(gadget, body)] })),
    ).toEqual([{ ...gadget, parts: [{ name: "y" }] }]);
    expect(recordForm(gadget, body)).toBeUndefined();
  });

  test("comes to the same in both forms", () => {
    const { explicit, record } = forms(
      pod({ containers: [{ name: "web", env: [{ name: "MODE", value: "test" }] }] }),
    );
    const strategic = compose(
      base({ resources: [deployment], patches: [strategicMerge(deployment, explicit)] }),
    );
    const typed = compose(base({ resources: [deployment], patches: [patch(deployment, record as object)] }));
    expect(typed).toEqual(strategic);
  });

  test("comes to the same in both forms, of every built-in kind, but for the order of elements", () => {
    let records = 0;
    const property = fc.property(builtInMerges, ({ target, merge }) => {
      const { body } = explicitPatch(target, merge as Body);
      const record = recordForm(target, body);
      if (!record) return;
      records++;
      expect(madeBy(target, { target, body: record, override: false })).toEqual(
        madeBy(target, strategicMerge(target, body)),
      );
    });
    fc.assert(property, { seed: 1, numRuns: 1000 });
    expect(records).toBeGreaterThan(500);
  });
});

/** What a patch makes of an object, whatever the order of elements; or that it leaves a pod without a container. */
function madeBy(target: KubernetesObject, change: Patch): unknown {
  try {
    return sorted(compose(base({ resources: [target], patches: [change] })));
  } catch (error) {
    if (isRefusedForPods(error)) return "no container is left";
    throw error;
  }
}

/** The same with the elements of every list of objects in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const elements = value.map((element) => sorted(element));
    const isOfObjects = elements.every((element) => typeof element === "object");
    return isOfObjects
      ? elements.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : elements;
  }
  const fields = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
