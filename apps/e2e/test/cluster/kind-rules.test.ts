import { compose, base, ComposeError, type KubernetesObject } from "@atlas/compose";
import { expect, test } from "vitest";
import { request, type Answer } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/** Where compose says that something is wrong with an object. */
function refusedAt(object: object): readonly (string | undefined)[] {
  try {
    compose(base({ resources: [object as KubernetesObject] }));
    return [];
  } catch (error) {
    if (error instanceof ComposeError) return error.problems.map(({ path }) => path);
    throw error;
  }
}

const lengths = [52, 53, 63, 64, 253, 254].map((length) => "a".repeat(length));
const signs = ["-a", "a-", ".a", "a:b", "a b", "a_b", "a..b", "a.b-c.d", "a/b", "a%b", ".", "..", "é"];
const names = ["a", "1a", "1-web", "My_Map", "system:Any", ...signs, ...lengths];

/** What is asked of the server, and is not an object. */
const isReview = (kind: string): boolean => kind.endsWith("Review");
/**
 * Kinds that are named after what they are about, of whose names compose says nothing; and one that is created by names under
 * which nobody can ask for it, which compose refuses.
 */
const apart = new Set(["APIService", "CustomResourceDefinition", "IPAddress", "CertificateSigningRequest"]);

test("compose refuses the names that the API server refuses, of every built-in kind", async () => {
  const resources = (await servedResources()).filter(
    ({ resource, verbs, kind, root }) =>
      verbs.includes("create") &&
      !resource.includes("/") &&
      !root.includes(".istio.io") &&
      !isReview(kind) &&
      !apart.has(kind) &&
      kind !== "Binding",
  );
  expect(resources.length).toBeGreaterThan(40);
  for (const { apiVersion, kind, root, resource, isNamespaced } of resources) {
    const path = `${root}${isNamespaced ? "/namespaces/default" : ""}/${resource}?dryRun=All`;
    const refused: string[] = [];
    for (const name of names) {
      const answer = await request("POST", path, { apiVersion, kind, metadata: { name } });
      if (fieldsOf(answer).includes("metadata.name")) refused.push(name);
    }
    const ours = names.filter((name) =>
      refusedAt({ apiVersion, kind, metadata: { name } }).includes("metadata.name"),
    );
    expect(ours, `${apiVersion} ${kind}`).toEqual(refused);
  }
});

/** The fields that the API server finds something wrong with. */
const fieldsOf = ({ body }: Answer): readonly string[] =>
  (body.details?.causes ?? []).map(({ field = "" }) => field);

const pods = { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web" }] } };
const selector = { matchLabels: { app: "web" } };
const job = {
  ...pods,
  spec: { ...pods.spec, restartPolicy: "Never" },
};
const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };

/** A spec that is right, for each kind whose counts compose looks at. */
const specs: readonly (readonly [apiVersion: string, kind: string, spec: object])[] = [
  ["v1", "ReplicationController", { selector: { app: "web" }, template: pods }],
  ["apps/v1", "Deployment", { selector, template: pods }],
  ["apps/v1", "ReplicaSet", { selector, template: pods }],
  ["apps/v1", "StatefulSet", { selector, template: pods, serviceName: "web" }],
  ["apps/v1", "DaemonSet", { selector, template: pods }],
  ["autoscaling/v2", "HorizontalPodAutoscaler", { scaleTargetRef: target, maxReplicas: 3 }],
  ["batch/v1", "Job", { template: job }],
  ["batch/v1", "CronJob", { schedule: "* * * * *", jobTemplate: { spec: { template: job } } }],
];
const counts = [
  "replicas",
  "minReadySeconds",
  "revisionHistoryLimit",
  "progressDeadlineSeconds",
  "minReplicas",
  "maxReplicas",
  "successfulJobsHistoryLimit",
  "failedJobsHistoryLimit",
  "startingDeadlineSeconds",
  "parallelism",
  "completions",
  "backoffLimit",
  "ttlSecondsAfterFinished",
];

/** What the API server says of an object that is created, and of one that is applied. */
async function answersTo(object: KubernetesObject): Promise<readonly [created: Answer, applied: Answer]> {
  const all = await servedResources();
  const { root, resource, isNamespaced } = all.find(
    ({ apiVersion, kind, verbs }) =>
      apiVersion === object.apiVersion && kind === object.kind && verbs.includes("create"),
  ) ?? { root: "", resource: "", isNamespaced: false };
  const path = `${root}${isNamespaced ? "/namespaces/default" : ""}/${resource}`;
  return [
    await request("POST", `${path}?dryRun=All`, object),
    await request("PATCH", `${path}/${object.metadata.name}?dryRun=All&fieldManager=test`, object, {
      "content-type": "application/apply-patch+yaml",
    }),
  ];
}

test.each(specs)("what compose refuses of the counts of a %s %s, the API server refuses", async (...row) => {
  const [apiVersion, kind, spec] = row;
  const metadata = { name: "web" };
  const given = { apiVersion, kind, metadata, spec };
  const [right] = await answersTo(given);
  expect(right.status, JSON.stringify(right.body)).toBe(201);
  let refused = 0;
  for (const count of counts) {
    for (const value of [-1, 0, 1]) {
      const object = { apiVersion, kind, metadata, spec: { ...spec, [count]: value } };
      const path = `spec.${count}`;
      // Fields that the kind does not have are not what is asked for.
      const [answer] = await answersTo(object);
      if (answer.status === 400 || !refusedAt(object).includes(path)) continue;
      const known = fieldsOf(answer);
      if (known.length === 0 && answer.status === 201) {
        // The server leaves fields out that the kind does not have; compose says that there are none.
        expect(answer.body).not.toHaveProperty(["spec", count]);
        continue;
      }
      expect(known, `${kind} ${path}: ${value}`).toContain(path);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(0);
});

test.each(specs.slice(0, 5))("a %s %s that does not select its pods is refused by both", async (...row) => {
  const [apiVersion, kind, spec] = row;
  const template = { ...pods, metadata: { labels: { app: "other" } } };
  const object = { apiVersion, kind, metadata: { name: "web" }, spec: { ...spec, template } };
  const [created] = await answersTo(object);
  expect(created.status).toBe(422);
  expect(refusedAt(object)).toEqual([expect.stringMatching(/^spec\.selector/)]);
});

const expressions = [
  {},
  { matchExpressions: [] },
  ...["In", "NotIn"].flatMap((operator) =>
    ["app", "tier"].flatMap((key) =>
      [["web"], ["other"]].map((values) => ({ matchExpressions: [{ key, operator, values }] })),
    ),
  ),
  ...["Exists", "DoesNotExist"].flatMap((operator) =>
    ["app", "tier"].map((key) => ({ matchExpressions: [{ key, operator }] })),
  ),
];
test.each(expressions)("a Deployment's selector %j is refused by both or by none", async (given) => {
  const spec = { selector: given, template: pods };
  const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec };
  const [{ status }] = await answersTo(object);
  expect(refusedAt(object).length > 0).toBe(status !== 201);
});

const twice = <T>(element: T): readonly T[] => [element, element];
const volume = { name: "data", emptyDir: {} };
const container = { name: "web", image: "web" };
const repeated: readonly (readonly [path: string, spec: object])[] = [
  ["containers", { containers: twice(container) }],
  ["initContainers", { initContainers: twice({ ...container, name: "first" }) }],
  ["volumes", { volumes: twice(volume) }],
  ["imagePullSecrets", { imagePullSecrets: twice({ name: "pull" }) }],
  ["hostAliases", { hostAliases: twice({ ip: "10.0.0.1", hostnames: ["a"] }) }],
  ["containers[0].env", { containers: [{ ...container, env: twice({ name: "A", value: "1" }) }] }],
  ["containers[0].ports", { containers: [{ ...container, ports: twice({ containerPort: 80 }) }] }],
  [
    "containers[0].volumeMounts",
    {
      volumes: [volume],
      containers: [{ ...container, volumeMounts: twice({ name: "data", mountPath: "/data" }) }],
    },
  ],
];

// Some of them the API server takes when they are created, and updates one element when they are patched.
test.each(repeated)(
  "two elements of one key in %s cannot be applied, and compose says so",
  async (path, spec) => {
    const template = { ...pods, spec: { ...pods.spec, ...spec } };
    const object = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: { selector, template },
    };
    const [, applied] = await answersTo(object);
    expect(applied.body.message).toContain("duplicate entries for key");
    expect(refusedAt(object)).toEqual([`spec.template.spec.${path}[1]`]);
  },
);
