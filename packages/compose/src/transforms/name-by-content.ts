import { bindingsAmong, followBindings, unclearBindings } from "./bindings.ts";
import type { CustomKinds } from "../kubernetes/crd.ts";
import { rememberName } from "./names.ts";
import { settableFields, isExternal, type KubernetesObject } from "../kubernetes/object.ts";
import { isObject, type PlainObject } from "../value/plain.ts";
import type { Problem } from "../problems/problem.ts";
import type { Entry } from "./entry.ts";

/** Appends to the names of generated objects a hash of their content, and follows them in all references. */
export function nameByContent(
  entries: readonly Entry[],
  open: (entry: Entry) => KubernetesObject,
  customKinds: CustomKinds,
): readonly Problem[] {
  const generated = entries.filter(({ isNamedByContent }) => isNamedByContent);
  if (generated.length === 0) return [];
  const bindings = bindingsAmong(entries, "all", { customKinds, open });
  for (const entry of generated) {
    const { object } = entry;
    if (isExternal(object)) continue;
    rememberName(entry);
    Object.assign(object.metadata, { name: `${object.metadata.name}-${nameHash(settableFields(object))}` });
  }
  followBindings(bindings);
  return unclearBindings(bindings);
}

/**
 * The ten characters that Kustomize appends: SHA-256 of the content as Go's JSON writes it, in hexadecimal digits that
 * cannot make words.
 *
 * Source: `api/hasher` of Kustomize 5.5.
 */
function nameHash(object: PlainObject): string {
  const { kind, data, binaryData, stringData, type = "" } = object;
  // Kustomize means to hash the name as well, but looks it up by a path that it takes for a field's name.
  const name = "";
  const content: Record<string, unknown> =
    kind === "Secret"
      ? { data: data ?? "", kind, name, ...(isObject(stringData) && { stringData }), type }
      : { ...(isObject(binaryData) && { binaryData }), data: data ?? "", kind, name };
  const { createHash } = process.getBuiltinModule("node:crypto");
  const letters: Readonly<Record<string, string>> = { 0: "g", 1: "h", 3: "k", a: "m", e: "t" };
  const hex = createHash("sha256").update(goJson(content)).digest("hex").slice(0, 10);
  return hex.replaceAll(/[013ae]/g, (digit) => letters[digit] ?? digit);
}

/** JSON as Go's encoder writes it: fields sorted, and no character that means something in HTML. */
function goJson(value: unknown): string {
  if (isObject(value)) {
    const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, inner]) => `${goJson(name)}:${goJson(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
