import { spawnSync } from "node:child_process";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, test } from "vitest";
import { projects } from "../src/foreign-crds/projects.ts";
import { verdictOf } from "../src/foreign-crds/verdict.ts";

/** The others take minutes: `node --conditions=@atlas/source apps/e2e/src/foreign-crds/main.ts` holds all of them. */
const small = projects.filter(({ name }) => name === "cert-manager" || name === "keda");

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

describe.skipIf(isWithoutGo)("the generator, which needs Go for it,", () => {
  test.each(small)(
    "brings $name's CRDs out as they went in, with types that every compiler takes",
    async (project) => {
      expect(await verdictOf(project, temporaryFolder())).toMatchObject({ problems: [] });
    },
    240_000,
  );
});
