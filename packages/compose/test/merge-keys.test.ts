import { readFileSync } from "node:fs";
import type { DeclaredType } from "@atlas/typescript/read";
import { describe, expect, test } from "vitest";
import { declarations } from "../scripts/declarations.ts";
import { apiFields } from "../src/kubernetes/api-fields.ts";
import { mergeKeys } from "../src/typed/merge-keys.ts";
import { builtInKind, builtInKinds, parseDefinition } from "../src/kubernetes/schema.ts";

/** Every definition of the table, by name. */
const definitions = new Map(
  apiFields
    .trim()
    .split("\n")
    .map((line) => [line.slice(0, line.indexOf(" ")), parseDefinition(line)]),
);
const fieldsOf = new Map([...definitions].map(([name, { fields }]) => [name, [...fields.keys()]]));
/** Every list of objects in the table: its name, its keys (none for an atomic one), the definitions of element and parent. */
const lists = [...definitions].flatMap(([parent, { fields }]) =>
  [...fields].flatMap(([name, { items, keys }]) =>
    typeof items?.definition === "string" ? [{ parent, name, element: items.definition, keys }] : [],
  ),
);

/** The keys that the types of patches know for a list, chosen as `typed-patch.ts` chooses them. */
function typedKeys({ name, element, parent }: (typeof lists)[number]): readonly string[] | undefined {
  const known: readonly string[] | Record<string, readonly string[]> | undefined = Object.hasOwn(
    mergeKeys,
    name,
  )
    ? mergeKeys[name as keyof typeof mergeKeys]
    : undefined;
  if (known === undefined || Array.isArray(known)) return known as readonly string[] | undefined;
  const around = new Set([...(fieldsOf.get(element) ?? []), ...(fieldsOf.get(parent) ?? [])]);
  return Object.entries(known).find(([mark]) => around.has(mark))?.[1];
}

describe("merge keys", () => {
  test("there are lists to look at", () => {
    expect(lists.filter(({ keys }) => keys).length).toBeGreaterThan(20);
    expect(lists.filter(({ keys }) => !keys).length).toBeGreaterThan(100);
  });

  const elsewhere = new Set([
    // Nobody patches by key what a CRD's schema validates, nor what the API server says of its components.
    "apiextensions.v1.JSONSchemaProps.x-kubernetes-validations",
    "core.v1.ComponentStatus.conditions",
    // Not a list that Kubernetes merges.
    "rbac.v1.ClusterRoleBinding.subjects",
    "rbac.v1.RoleBinding.subjects",
  ]);
  const patched = lists.filter(({ parent, name }) => !elsewhere.has(`${parent}.${name}`));
  test.each(patched.map((list) => [`${list.parent}.${list.name}`, list] as const))(
    "of %s are the same to the compiler as at run time",
    (_name, list) => expect(typedKeys(list)).toEqual(list.keys),
  );
});

const literalOf = (type: DeclaredType | undefined): string | undefined =>
  type?.kind === "literal" ? type.value : undefined;

describe("the kinds of kubernetes-types", () => {
  /** The interfaces that declare objects: those with an apiVersion, a kind and the metadata of an object. */
  const kinds = [...declarations.values()]
    .flatMap((types) => [...types.values()])
    .flatMap((declared) => {
      if (declared.kind !== "object") return [];
      const typeAt = (name: string) => declared.fields.get(name)?.type;
      const [apiVersion, kind] = ["apiVersion", "kind"].map((name) => literalOf(typeAt(name)));
      const metadata = typeAt("metadata");
      const isObject = metadata?.kind === "word" && metadata.name === "ObjectMeta";
      return apiVersion !== undefined && kind !== undefined && isObject ? [{ apiVersion, kind }] : [];
    });

  test("are all in the table, every version of them", () => {
    expect(kinds.length).toBeGreaterThan(75);
    expect(kinds.filter(({ apiVersion, kind }) => !builtInKind(apiVersion, kind))).toEqual([]);
  });

  test("and those that they lack are what types know as the kinds of Kubernetes", () => {
    const types = readFileSync(new URL("../src/typed/newer-fields.ts", import.meta.url), "utf8");
    const typed = [...types.matchAll(/^ {2}"([^"]+)": \w+\.\w+;$/gm)].map(([, id]) => id);
    expect(typed).toEqual(
      builtInKinds()
        .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)
        .toSorted(),
    );
  });
});
