import { base, overlay, patch, type KubernetesObject } from "@atlas/compose";
import { strategicMerge } from "@atlas/compose/patches";
import type { PlainObject } from "../src/value/plain.ts";
import type { Definition, Field } from "../src/kubernetes/schema.ts";
import type { Case } from "./cases.ts";
import { crdOf } from "./custom-kinds.ts";
import {
  containers,
  custom,
  deployment,
  first,
  named,
  objectOf,
  over,
  plainWeb,
  problem,
  web,
  type Difference,
} from "./difference.ts";

const pod = (spec: object): PlainObject => ({ spec: { template: { spec: spec as PlainObject } } });
/** A merge into an object of the base. */
const merge = (target: KubernetesObject, ...bodies: PlainObject[]): Case => ({
  layers: [{ resources: [target] }, { patches: bodies.map((body) => ({ target, merge: body })) }],
});
const ports = (...list: object[]): object => ({ containers: [{ ...web, ports: list }] });
const retain = { strategy: { $retainKeys: ["type"], type: "Recreate" } };
const rolling = { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } };
const webhooks = (name: string): PlainObject => ({
  webhooks: [
    { name: "a", matchConditions: [{ name, expression: "true", ...(name === "b" && { $patch: "merge" }) }] },
  ],
});
const webhook = objectOf("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", webhooks("a"));
const element: Definition = { fields: new Map([["id", { type: "string" }]]) };
const list: Field = { type: "list", keys: ["id"], items: { type: "object", definition: element } };
const spec: Field = { type: "object", definition: { fields: new Map([["list", list]]) } };
const listed = custom({ list: [{ id: "a" }] });

/** Where merges and JSON patches differ. */
export const mergeDifferences: readonly Difference[] = [
  {
    what: "a patch of a field that does not exist",
    given: merge(plainWeb, { spec: { replicaz: 2 } }),
    at: first("spec.replicaz"),
    Kustomize: 2,
    here: problem('the field "replicaz" does not exist'),
  },
  {
    what: "a field of an object that does not exist",
    given: { layers: [{ resources: [deployment({ containers: [web] }, { replicaz: 2 })] }] },
    at: first("spec.replicaz"),
    Kustomize: 2,
    here: problem('the field "replicaz" does not exist'),
  },
  {
    what: "a kind that Kubernetes does not have",
    given: { layers: [{ resources: [{ ...plainWeb, kind: "Deploymnt" }] }] },
    at: first("kind"),
    Kustomize: "Deploymnt",
    here: problem('Kubernetes has no kind "Deploymnt" in apps/v1'),
  },
  {
    what: "a patch of a container that the base does not have",
    given: merge(plainWeb, pod({ containers: [{ name: "wbe" }] })),
    at: first(`${containers}.0.name`),
    Kustomize: "wbe",
    here: problem('the list has no element "wbe"'),
  },
  {
    what: "the removal of what is not there",
    given: merge(plainWeb, { spec: { paused: null } }),
    at: first("spec.paused"),
    Kustomize: undefined,
    here: problem('there is no "paused" to remove'),
  },
  {
    what: "two patches that set one field to different values",
    given: merge(plainWeb, { spec: { replicas: 2 } }, { spec: { replicas: 3 } }),
    at: first("spec.replicas"),
    Kustomize: 3,
    here: problem("two patches of this layer disagree: 2 and 3"),
  },
  {
    what: "lists of custom kinds",
    given: merge(listed, { spec: { list: [{ id: "b" }] } }),
    layer: base({
      resources: [listed],
      crds: [crdOf({ fields: new Map([["spec", spec]]) })],
      patches: [strategicMerge(listed, { spec: { list: [{ id: "b", $patch: "merge" }] } })],
    }),
    at: first("spec.list"),
    Kustomize: [{ id: "b" }],
    here: [{ id: "b" }, { id: "a" }],
  },
  {
    what: "finalizers and owners of custom kinds",
    given: merge(named(custom({}), { finalizers: ["a"] }), { metadata: { finalizers: ["b"] } }),
    at: first("metadata.finalizers"),
    Kustomize: ["b"],
    here: ["b", "a"],
  },
  {
    what: "lists that Kubernetes merges since 1.22, and the lists of newer kinds",
    given: merge(webhook, webhooks("b")),
    at: (objects) =>
      (first("webhooks.0.matchConditions")(objects) as { name: string }[]).map(({ name }) => name),
    Kustomize: ["b"],
    here: ["b", "a"],
  },
  {
    what: "`$retainKeys`, `$setElementOrder`, `$deleteFromPrimitiveList`",
    given: merge(deployment({}, rolling), { spec: retain }),
    at: first("spec.strategy"),
    Kustomize: { ...rolling.strategy, ...retain.strategy },
    here: { type: "Recreate" },
  },
  {
    what: "`$patch: replace` of an element or of the whole object",
    given: merge(plainWeb, pod({ containers: [{ name: "web", args: ["a"], $patch: "replace" }] })),
    at: first(containers),
    Kustomize: [web],
    here: [{ name: "web", args: ["a"] }],
  },
  {
    what: "`$patch: replace` of a list that the base does not have",
    given: merge(plainWeb, pod({ volumes: [{ $patch: "replace" }, { name: "a" }] })),
    at: first("spec.template.spec.volumes"),
    Kustomize: [{ $patch: "replace" }],
    here: [{ name: "a" }],
  },
  {
    what: "a marked element of a list that is marked as a whole",
    given: merge(
      plainWeb,
      pod({ containers: [{ $patch: "merge" }, { name: "web", args: ["a"], $patch: "merge" }] }),
    ),
    at: first(`${containers}.0.args`),
    Kustomize: undefined,
    here: ["a"],
  },
  {
    what: "a directive in a list that is replaced as a whole",
    given: merge(custom({ list: [1] }), { spec: { list: [{ a: 1, $patch: "delete" }] } }),
    at: first("spec.list"),
    Kustomize: [{ a: 1, $patch: "delete" }],
    here: problem("a directive in a list that is replaced as a whole"),
  },
  {
    what: "a port whose protocol only the base or only the patch states",
    given: merge(
      deployment(ports({ containerPort: 80 })),
      pod({ containers: [{ name: "web", ports: [{ containerPort: 80, protocol: "TCP", name: "http" }] }] }),
    ),
    at: first(`${containers}.0.ports`),
    Kustomize: [{ containerPort: 80 }],
    here: [{ containerPort: 80, protocol: "TCP", name: "http" }],
  },
  {
    what: "the removal of a pod's last container",
    given: merge(plainWeb, pod({ containers: [{ name: "web", $patch: "delete" }] })),
    at: first(containers),
    Kustomize: [],
    here: problem("a patch has removed the last container"),
  },
  {
    what: "two elements of one key in the base",
    given: merge(
      deployment({
        containers: [
          {
            ...web,
            env: [
              { name: "A", value: "1" },
              { name: "A", value: "2" },
            ],
          },
        ],
      }),
      {
        spec: { replicas: 2 },
      },
    ),
    at: first(`${containers}.0.env`),
    Kustomize: [{ name: "A", value: "2" }],
    here: problem('the list has an element "A" already'),
  },
  {
    what: "a number in place of text, where both may stand",
    given: merge(custom({ a: "1" }), { spec: { a: 2 } }),
    at: first("spec.a"),
    Kustomize: "2",
    here: 2,
  },
  {
    what: "a `null` among annotations, in a patch with a target or in `patchesStrategicMerge`",
    given: over(named(plainWeb, { annotations: { a: "1" } }), {
      patches: [
        { target: plainWeb, merge: { metadata: { annotations: { a: null, b: "2" } } }, hasTarget: true },
      ],
    }),
    at: first("metadata.annotations"),
    Kustomize: { a: "null", b: "2" },
    here: { b: "2" },
  },
  {
    what: "the index -1 in a JSON patch",
    given: over(custom({ list: [1, 2] }), {
      patches: [{ target: custom({}), operations: [{ op: "remove", path: "/spec/list/-1" }] }],
    }),
    at: first("spec.list"),
    Kustomize: [1],
    here: problem(
      'operation 0 (remove "/spec/list/-1"): the pointer stops matching: the list has no index "-1"',
    ),
  },
  {
    what: "new elements of the record form",
    given: merge(plainWeb, pod({ containers: [{ name: "new" }] })),
    layer: overlay({
      base: base({ resources: [plainWeb] }),
      patches: [patch(plainWeb, pod({ containers: { $add: [{ name: "new" }] } }) as never)],
    }),
    at: (objects) => (first(containers)(objects) as { name: string }[]).map(({ name }) => name),
    Kustomize: ["new", "web"],
    here: ["web", "new"],
  },
];
