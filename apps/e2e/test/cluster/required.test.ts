import { expect, test } from "vitest";
import {
  builtInKind,
  definitionOf,
  fieldNamed,
  type Field,
} from "../../../../packages/compose/src/kubernetes/schema.ts";
import { notDemanded } from "../../../../packages/compose/src/problems/not-demanded.ts";
import { bases } from "../../../../packages/checks/test/api-server/bases/index.ts";
import { changed, type Steps } from "../../../../packages/checks/test/api-server/change.ts";
import { send } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/*
 * Which fields that the OpenAPI documents require an API server does without: each is taken out of objects that have it.
 */
interface Required {
  readonly steps: Steps;
  /** The definition and the field: `rbac.v1.RoleRef.apiGroup`. */
  readonly name: string;
}

function requiredIn(value: unknown, field: Field | undefined, steps: Steps = []): readonly Required[] {
  if (typeof value !== "object" || value === null || !field) return [];
  const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
  return Object.entries(value).flatMap(([step, inner]) => {
    const way = [...steps, Array.isArray(value) ? Number(step) : step];
    return [
      ...(definition?.required?.includes(step) ? [{ steps: way, name: `${definition.name}.${step}` }] : []),
      ...requiredIn(inner, definition ? fieldNamed(definition, step) : field.items, way),
    ];
  });
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

test("all fields that a schema requires are demanded, but for those that are known not to be", async () => {
  const paths = new Map(
    (await servedResources()).map((each) => [
      `${each.apiVersion} ${each.kind}`,
      `${each.root}${each.isNamespaced ? "/namespaces/default" : ""}/${each.resource}`,
    ]),
  );
  const lax = new Set<string>();
  const demanded = new Set<string>();
  for (const object of Object.values(bases)) {
    const { apiVersion, kind } = object as Manifest;
    const path = paths.get(`${apiVersion} ${kind}`);
    // Of a kind that this version does not serve, it says nothing.
    if (path === undefined) continue;
    const definition = builtInKind(apiVersion, kind);
    const all = requiredIn(object, definition && { type: "object", definition });
    const said = await Promise.all(
      all.map(async (each) => {
        const response = await send(
          "POST",
          `${path}?dryRun=All&fieldValidation=Strict`,
          changed(object, [[each.steps]]),
        );
        await response.text();
        return [each.name, response.status] as const;
      }),
    );
    for (const [field, status] of said) (status === 201 ? lax : demanded).add(field);
  }
  const judged = [...notDemanded].filter((each) => lax.has(each) || demanded.has(each));
  expect([...lax].toSorted()).toEqual(judged.toSorted());
  expect(demanded.size).toBeGreaterThan(100);
});
