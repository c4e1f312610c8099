import { readFileSync } from "node:fs";
import { validators, type ValidationIssue } from "@atlas/crd-types/validators";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  customResources,
  values,
  type JsonSchema,
} from "../../../../packages/crd-types/test/custom-resources.ts";
import { applicable, ownNamespace, request, succeed, type Answer } from "./cluster.ts";
import { apply, ensureNamespace, remove, removed } from "./live.ts";
import { ownRules } from "./own-rules.ts";
import { typeErrors } from "./type-errors.ts";

const base = applicable(inject("environments").find(({ name }) => name === "base")?.folder ?? "");
beforeAll(async () => {
  await ensureNamespace(base, ownNamespace);
  await apply(base);
});
afterAll(async () => {
  await remove(base);
  await removed("namespace", ownNamespace);
});

/** An object as the API server keeps it. */
interface Kept {
  readonly metadata: object;
  readonly status?: object;
}

/** What the API server says of an object under strict validation; nothing is kept. */
const dryRun = (method: string, at: string, object: unknown): Promise<Answer> =>
  request(method, `${at}?dryRun=All&fieldValidation=Strict`, object);

/** Whether an answer accepts the object; a server that is busy or broken has not judged it. */
/** What the fields of an object hold where nothing is written. */
function defaultsOf({ properties = {} }: JsonSchema = {}): object {
  const stated = Object.entries(properties).filter(([, field]) => "default" in field);
  return Object.fromEntries(stated.map(([name, field]) => [name, (field as { default?: unknown }).default]));
}

function isAccepted({ status, body }: Answer): boolean {
  expect([200, 201, 400, 422], JSON.stringify(body)).toContain(status);
  return status < 300;
}

const kinds = [
  ["AtlasSchema", validators["db.atlasgo.io/v1alpha1/AtlasSchema"]],
  ["AtlasMigration", validators["db.atlasgo.io/v1alpha1/AtlasMigration"]],
] as const;

describe.each(kinds)("%s", (kind, validator) => {
  const path = `/apis/db.atlasgo.io/v1alpha1/namespaces/${ownNamespace}/${kind.toLowerCase()}s`;
  const head = { apiVersion: "db.atlasgo.io/v1alpha1", kind, metadata: { name: "shop" } };
  const rules = ownRules.filter((rule) => rule.kind === kind);
  const isOwn = (issue: ValidationIssue): boolean =>
    rules.some((rule) => rule.path === issue.path && rule.message.test(issue.message));
  const schema: JsonSchema = JSON.parse(
    readFileSync(
      new URL(import.meta.resolve(`@atlas/crd-types/schemas/${kind.toLowerCase()}-v1alpha1.json`)),
      "utf8",
    ),
  );

  /** What the API server keeps of the objects that it accepted. */
  const observed: { status?: unknown }[] = [];

  test("the API server and the validator agree on hundreds of objects and on their defaults", async () => {
    const seen = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(customResources(schema), async (object) => {
        const answer = await dryRun("POST", path, object);
        const accepted = isAccepted(answer);
        const issues = validator.validate(object).filter((issue) => !isOwn(issue));
        expect(issues.length === 0, JSON.stringify([issues, answer.body])).toBe(accepted);
        seen[accepted ? "accepted" : "refused"]++;
        if (!accepted) return;
        const kept = await succeed<Kept>("POST", path, {
          ...(object as object),
          metadata: { name: `shop-${seen.accepted}` },
        });
        const { metadata } = kept;
        expect({ ...validator.complete(object as never), metadata }).toEqual(kept);
        observed.push(kept);
      }),
      { numRuns: 500, seed: 11 },
    );
    // Both outcomes have to be tried for the agreement to mean something.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(75);
  });

  test.each(rules.map((rule) => [rule.rule, rule] as const))(
    "the validator alone demands: %s",
    async (_name, { spec, path: place, message }) => {
      const object = { ...head, spec };
      expect(isAccepted(await dryRun("POST", path, object))).toBe(true);
      const issue = { path: place, message: expect.stringMatching(message) };
      expect(validator.validate(object)).toMatchObject([issue]);
    },
  );

  test("a status is kept as it was written, with what is the default", async () => {
    const spec = kind === "AtlasSchema" ? { schema: {} } : { dir: {} };
    let live = await succeed<Kept>("POST", path, { ...head, spec });
    const before = observed.length;
    const defaults = defaultsOf(schema.properties?.["status"]);
    const statuses = values(schema.properties?.["status"] ?? {}, schema);
    await fc.assert(
      fc.asyncProperty(statuses, async (status) => {
        const written = { ...live, status };
        if (!isAccepted(await dryRun("PUT", `${path}/shop/status`, written))) return;
        live = await succeed<Kept>("PUT", `${path}/shop/status`, written);
        expect(live.status).toEqual({ ...defaults, ...(status as object) });
        observed.push(live);
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(observed.length - before).toBeGreaterThan(20);
  });

  test("what the API server returns has the type of what is observed, and is judged as it was", async () => {
    for (const object of observed) {
      expect(validator.validate(object).filter((issue) => !isOwn(issue))).toEqual([]);
      // Of what is created, the API server passes over the status.
      const { status: _status, ...written } = object;
      expect(validator.complete(object as never)).toEqual(written);
    }
    expect(await typeErrors(`${kind}Observed`, observed)).toBe("");
    // The compiler does tell what is wrong.
    expect(await typeErrors(`${kind}Observed`, [{ ...head, spec: {} }])).toContain("error TS");
  });
});
