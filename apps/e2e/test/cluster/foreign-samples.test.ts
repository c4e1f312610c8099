import { spawnSync } from "node:child_process";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, inject, test } from "vitest";
import { projects } from "../../src/foreign-crds/projects.ts";
import { verdictOf } from "../../src/foreign-crds/verdict.ts";
import { isExisting } from "./cluster.ts";

/** The others take minutes: `node --conditions=@atlas/source apps/e2e/src/foreign-crds/main.ts` holds all of them. */
const small = projects.filter(({ name }) => name === "keda" || name === "contour");

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

// In a cluster that was there before, the CRDs may be somebody's.
describe.skipIf(isWithoutGo || isExisting)(
  "the generator, which needs Go and a control plane of its own for it,",
  () => {
    test.each(small)(
      "says of $name's published objects what the API server says",
      async (project) => {
        const verdict = await verdictOf(project, temporaryFolder(), inject("cluster"));
        expect(verdict.problems).toEqual([]);
        expect(verdict.samples).toBeGreaterThan(5);
      },
      240_000,
    );
  },
);
