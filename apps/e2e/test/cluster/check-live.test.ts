import { writeFileSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { isExisting, quietly, succeed } from "./cluster.ts";
import { apply, ensureNamespace, everything, remove, removed } from "./live.ts";

const entry = fileURLToPath(new URL("../../../render/bin/atlas-render.js", import.meta.url));
const cluster = inject("cluster");
const dev = inject("environments").find(({ name }) => name === "dev");

interface Finding {
  readonly code: string;
  readonly object: { readonly kind: string; readonly name: string };
  readonly what: string;
}

/** What the real command says of the cluster of the run, with the real kubectl. */
async function checkLive(): Promise<readonly Finding[]> {
  const folders = [
    ...(isAbsolute(cluster.kubectl) ? [dirname(cluster.kubectl)] : []),
    process.env["PATH"] ?? "",
  ];
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ["--conditions=@atlas/source", entry, "check", "dev", "--live", "--format", "json"],
    {
      reject: false,
      env: { PATH: folders.join(delimiter), KUBECONFIG: cluster.kubeconfig ?? "" },
    },
  );
  expect([exitCode, stderr]).toEqual([1, ""]);
  return JSON.parse(stdout);
}

const saidOf = (findings: readonly Finding[], code: string): readonly string[] =>
  findings
    .filter((each) => each.code === code)
    .map(({ object, what }) => `${object.kind}/${object.name}: ${what}`);

// What is planted would disturb whoever uses a cluster that was there before.
describe.skipIf(isExisting || dev === undefined)("check --live", () => {
  const { folder, namespace } = dev ?? { folder: "", namespace: "" };
  let removeNamespace: () => Promise<void>;

  beforeAll(async () => {
    removeNamespace = await ensureNamespace(folder, namespace);
    await apply(folder);
  });
  afterAll(async () => {
    await removed("atlasschemas,leases", "--all", "--namespace", namespace);
    await removed("pod", "--all", "--namespace", namespace, "--force");
    await remove(folder);
    await removeNamespace();
  });

  test("changes nothing, and says what a control plane without controllers and Istio lacks", async () => {
    const before = await everything();
    const findings = await checkLive();
    expect(await everything()).toEqual(before);
    expect(saidOf(findings, "pods-missing")).toEqual(["Deployment/atlas-operator: 0 of 2 pods are there"]);
    expect(saidOf(findings, "no-leader")).toEqual([
      "Deployment/atlas-operator: no operator leads: there is no lease of its",
    ]);
    expect(saidOf(findings, "not-applied")).toEqual([]);
    const lacking = saidOf(findings, "assumption-not-held").join("\n");
    expect(lacking).toContain("the cluster has not: Istio's CNI plugin");
    // Its CRDs are there.
    expect(lacking).not.toContain("the kind ");
  });

  test("says what is planted: a pod that crashes, a schema that fails, an object that is gone", async () => {
    const planted = { name: "planted", namespace };
    const renewTime = new Date(Date.now()).toISOString().replace("Z", "000Z");
    const { spec } = JSON.parse(
      await quietly("get", "deployment", "atlas-operator", "--namespace", namespace, "--output", "json"),
    );
    const items = [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...planted, labels: spec.template.metadata.labels },
        spec: spec.template.spec,
      },
      {
        apiVersion: "db.atlasgo.io/v1alpha1",
        kind: "AtlasSchema",
        metadata: planted,
        spec: { url: "sqlite://a", schema: { sql: "" } },
      },
      {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: { ...planted, name: "5220c287.atlasgo.io" },
        spec: { holderIdentity: "planted", renewTime },
      },
    ];
    const file = join(inject("folder"), "planted.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    await quietly("create", "--filename", file);
    await plantStatus(`/api/v1/namespaces/${namespace}/pods/planted`, {
      containerStatuses: [
        {
          name: "manager",
          image: "",
          imageID: "",
          ready: false,
          restartCount: 3,
          state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } },
        },
      ],
    });
    await plantStatus(`/apis/db.atlasgo.io/v1alpha1/namespaces/${namespace}/atlasschemas/planted`, {
      conditions: [
        {
          type: "Ready",
          status: "False",
          lastTransitionTime: "2026-01-01T00:00:00Z",
          reason: "CreatingWorkingDir",
          message: "read-only file system",
        },
      ],
      observed_hash: "",
      last_applied: 0,
    });
    await quietly("delete", "poddisruptionbudget", "atlas-operator", "--namespace", namespace);

    const findings = await checkLive();
    expect(saidOf(findings, "pod-not-ready")).toEqual([
      "Pod/planted: the container manager waits: CrashLoopBackOff: back-off",
    ]);
    expect(saidOf(findings, "resource-not-ready")).toEqual([
      "AtlasSchema/planted: it is not Ready: CreatingWorkingDir: read-only file system",
    ]);
    expect(saidOf(findings, "not-applied")).toEqual([
      "PodDisruptionBudget/atlas-operator: it is not in the cluster",
    ]);
    expect(saidOf(findings, "no-leader")).toEqual([]);
  });
});

const plantStatus = (path: string, status: object): Promise<unknown> =>
  succeed("PATCH", `${path}/status`, { status }, { "content-type": "application/merge-patch+json" });
