import { expect, test } from "vitest";
import { bases } from "../../../../packages/checks/test/api-server/bases/index.ts";
import {
  builtInKind,
  definitionOf,
  fieldNamed,
  type Field,
} from "../../../../packages/compose/src/kubernetes/schema.ts";
import { gatedFieldsOf, gateIn } from "../../../../packages/compose/src/problems/gates.ts";
import { send } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/*
 * An API server drops most fields whose feature gate is off when an object is created. A few it keeps, for the scheduler or
 * a controller to pass over.
 */
const kept = new Set(["CoordinatedLeaderElection", "DRADeviceTaints"]);
const minor = 34;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

const metadata = { name: "gated", namespace: "default" };
const labels = { app: "gated" };
const restartPolicyRules = [{ action: "Restart", exitCodes: { operator: "In", values: [1] } }];
const lifecycle = { stopSignal: "SIGUSR1" };
const template = { metadata: { labels }, spec: { containers: [{ name: "a", image: "a" }] } };
/** What the bases, which are right for every version, do not have. */
const gatedObjects: readonly (Manifest & { readonly metadata: object; readonly spec: object })[] = [
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: {
      os: { name: "linux" },
      hostnameOverride: "gated",
      containers: [{ name: "a", image: "a", lifecycle, restartPolicyRules }],
    },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" },
      maxReplicas: 2,
      behavior: { scaleUp: { tolerance: "50m" } },
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata,
    spec: {
      serviceName: "a",
      selector: { matchLabels: labels },
      template,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 2 } },
    },
  },
];

/** The fields behind a gate that is off, of those that an object has: `core.v1.Volume.image ImageVolume`. */
function gatedIn(value: unknown, field: Field | undefined): readonly string[] {
  if (typeof value !== "object" || value === null || !field) return [];
  const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
  const gated = gatedFieldsOf(definition?.name ?? "");
  return Object.entries(value).flatMap(([name, inner]) => {
    const gate = gateIn(gated?.get(name) ?? "", minor);
    return [
      ...(gate ? [`${definition?.name}.${name} ${gate.name}`] : []),
      ...gatedIn(inner, definition ? fieldNamed(definition, name) : field.items),
    ];
  });
}

test("fields whose feature gates are off have no effect", async () => {
  const paths = new Map(
    (await servedResources()).map((each) => [
      `${each.apiVersion} ${each.kind}`,
      `${each.root}${each.isNamespaced ? "/namespaces/default" : ""}/${each.resource}`,
    ]),
  );
  const stated = new Set<string>();
  const answered: string[] = [];
  for (const object of [...(Object.values(bases) as Manifest[]), ...gatedObjects]) {
    const definition = builtInKind(object.apiVersion, object.kind);
    const field: Field | undefined = definition && { type: "object", definition };
    const own = gatedIn(object, field);
    if (own.length === 0) continue;
    const path = paths.get(`${object.apiVersion} ${object.kind}`) ?? "";
    const response = await send("POST", `${path}?dryRun=All`, object);
    expect(response.status).toBe(201);
    for (const each of own) stated.add(each);
    answered.push(...gatedIn(await response.json(), field));
  }
  expect(answered.filter((each) => !kept.has(each.split(" ")[1] ?? ""))).toEqual([]);
  expect(stated.size).toBeGreaterThan(3);
});
