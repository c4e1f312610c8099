import type { DeclaredType } from "@atlas/typescript/read";
import { declaredType } from "./declared-types.ts";

/** Where a value is none that a type allows. */
export interface Misfit {
  /** Field names and indices, each after a slash. */
  readonly path: string;
  readonly what: string;
  /** Whether it is a single value, whose type can be set aside. */
  readonly isScalar: boolean;
}

const isTypedObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const primitives = new Set(["string", "number", "boolean"]);

/** What a type of `kubernetes-types` has against a value. */
export function misfitsOf(value: unknown, type: DeclaredType, path = ""): Misfit[] {
  const misfit = (what: string): Misfit[] => [
    { path, what, isScalar: typeof value !== "object" || value === null },
  ];
  switch (type.kind) {
    case "word": {
      if (type.name === "any" || type.name === "object" || type.name === "unknown") return [];
      if (primitives.has(type.name)) return typeof value === type.name ? [] : misfit(`is not a ${type.name}`);
      const named = declaredType(type.module, type.name);
      return named ? misfitsOf(value, named, path) : misfit(`has a type ${type.name} that is not declared`);
    }
    case "literal":
      return value === type.value ? [] : misfit(`is not "${type.value}"`);
    case "union": {
      const found = type.members.map((member) => misfitsOf(value, member, path));
      return found.some((each) => each.length === 0) ? [] : (found[0] ?? []);
    }
    case "list":
      if (!Array.isArray(value)) return misfit("is not a list");
      return value.flatMap((item, index) => misfitsOf(item, type.items, `${path}/${index}`));
    case "map":
      if (!isTypedObject(value)) return misfit("is not an object");
      return Object.entries(value).flatMap(([name, inner]) =>
        misfitsOf(inner, type.values, `${path}/${name}`),
      );
    default:
      return isTypedObject(value) ? misfitsOfFields(value, type, path) : misfit("is not an object");
  }
}

function misfitsOfFields(
  value: Readonly<Record<string, unknown>>,
  { fields }: DeclaredType & { kind: "object" },
  path: string,
): Misfit[] {
  const missing = [...fields].filter(([name, field]) => !field.isOptional && value[name] === undefined);
  return [
    ...missing.map(([name]) => ({ path: `${path}/${name}`, what: "is missing", isScalar: false })),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const field = fields.get(name);
      if (!field) return [{ path: `${path}/${name}`, what: "does not exist", isScalar: false }];
      return misfitsOf(inner, field.type, `${path}/${name}`);
    }),
  ];
}

/** What a type has against a patch in the record form. */
export function misfitsOfPatch(patch: unknown, type: DeclaredType, path = ""): Misfit[] {
  if (type.kind === "word" && !primitives.has(type.name)) {
    const named = declaredType(type.module, type.name);
    return named ? misfitsOfPatch(patch, named, path) : [];
  }
  if (type.kind === "list" && isTypedObject(patch)) return misfitsOfListPatch(patch, type, path);
  if (!isTypedObject(patch)) return misfitsOf(patch, type, path);
  if (type.kind === "map") {
    return Object.entries(patch).flatMap(([name, inner]) =>
      inner === null ? [] : misfitsOf(inner, type.values, `${path}/${name}`),
    );
  }
  if (type.kind !== "object") return misfitsOf(patch, type, path);
  return Object.entries(patch).flatMap(([name, inner]) => {
    const at = `${path}/${name}`;
    const field = type.fields.get(name);
    if (!field) return [{ path: at, what: "does not exist", isScalar: false }];
    return inner === null && field.isOptional ? [] : misfitsOfPatch(inner, field.type, at);
  });
}

function misfitsOfListPatch(
  patch: Readonly<Record<string, unknown>>,
  type: DeclaredType & { kind: "list" },
  path: string,
): Misfit[] {
  return Object.entries(patch).flatMap(([name, inner]) => {
    const at = `${path}/${name}`;
    if (name === "$add" || name === "$replace") return misfitsOf(inner, type, at);
    return inner === null ? [] : misfitsOfPatch(inner, type.items, at);
  });
}
