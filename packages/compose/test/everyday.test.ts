import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KubernetesObject, Patch } from "@atlas/compose";
import { compilers, misses, typeCases, type TypeCases } from "@atlas/testing/type-cases";
import { afterAll, beforeAll, expect, test } from "vitest";
import { differing, refused, taken } from "./everyday-cases.ts";
import { engineOn } from "./everyday-targets.ts";

const wanted = [
  ...taken.map((code) => ({ code, compiler: "", engine: "" })),
  ...refused.map(([code, engine]) => ({ code, compiler: "error TS", engine })),
  ...differing.map(([code, compiler, engine]) => ({ code, compiler, engine })),
];

const targets = readFileSync(new URL("everyday-targets.ts", import.meta.url), "utf8");
const names = [...targets.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
const head = `import { define, patch } from "@atlas/compose";
import type { Deployment, StatefulSet } from "kubernetes-types/apps/v1.js";
import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import type { CronJob, Job } from "kubernetes-types/batch/v1.js";
import type {
  ConfigMap, Namespace, PersistentVolumeClaim, Pod, Secret, Service,
} from "kubernetes-types/core/v1.js";
import type { EndpointSlice } from "kubernetes-types/discovery/v1.js";
import type { Ingress } from "kubernetes-types/networking/v1.js";
import type { ClusterRole } from "kubernetes-types/rbac/v1.js";
import type { PriorityClass } from "kubernetes-types/scheduling/v1.js";
import { type Rollout, type ServiceMonitor, ${names.join(", ")} } from "../../test/everyday-targets.ts";`;

let written: TypeCases;
beforeAll(() => {
  const codes = wanted.map(({ code }) => code);
  written = typeCases(fileURLToPath(new URL("..", import.meta.url)), "everyday", head, codes);
});
afterAll(() => written.remove());

test.each(compilers)(
  "%s takes what is right and refuses what is wrong",
  (_name, tsc) => {
    const messages = wanted.map(({ code, compiler }) => [code, compiler] as const);
    expect(misses(written.messagesOf(tsc), messages)).toEqual([]);
  },
  60_000,
);

test("the engine takes what is right and refuses what is wrong", async () => {
  const { made } = (await import(written.file)) as { made: (() => KubernetesObject | Patch)[] };
  const said = made.map((make) => engineOn(make()));
  expect(
    misses(
      said,
      wanted.map(({ code, engine }) => [code, engine] as const),
    ),
  ).toEqual([]);
});
