import type { KubernetesObject } from "@atlas/checks";
import { fieldsOf } from "../../src/objects/path.ts";

/** Values by their paths, by the object as `Kind/namespace/name`; undefined takes a value out, and without paths the object. */
export type Edits = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** The name by which edits mean an object. */
const nameOf = ({ kind, metadata }: KubernetesObject): string =>
  [kind, metadata.namespace, metadata.name].filter(Boolean).join("/");

/** Objects with some values changed; those that stay share nothing with what they were made of. */
export function edited(objects: readonly KubernetesObject[], edits: Edits): KubernetesObject[] {
  const known = new Set(objects.map(nameOf));
  const lost = Object.keys(edits).filter((name) => !known.has(name));
  if (lost.length > 0) throw new Error(`no such object: ${lost.join(", ")}`);
  return objects.flatMap((object) => {
    const name = nameOf(object);
    if (!(name in edits)) return [object];
    const paths = edits[name];
    if (paths === undefined) return [];
    const copy = structuredClone(object);
    for (const [path, value] of Object.entries(paths)) set(copy, fieldsOf(path), value);
    return [copy];
  });
}

function set(holder: object, path: readonly (string | number)[], value: unknown): void {
  const [field = "", ...rest] = path;
  const fields = holder as Record<string | number, unknown>;
  if (rest.length > 0) set((fields[field] ??= {}), rest, value);
  else if (value === undefined) Reflect.deleteProperty(fields, field);
  else fields[field] = value;
}
