import { apiFields } from "./api-fields.ts";

/** What the Kubernetes API says of one field. */
export interface Field {
  /** `list` is atomic unless it has keys; a `map` has any keys. */
  readonly type: "value" | "object" | "map" | "list";
  /** The definition of the object, of the list's elements or of the map's values, where they are objects. */
  readonly definition?: string;
  /** The merge keys of a list whose elements are merged; the first alone identifies most elements. */
  readonly keys?: readonly string[];
}

/** The fields of one Kubernetes definition, such as PodSpec. */
export type Definition = ReadonlyMap<string, Field>;

const parsed = new Map<string, Definition>();

/** The definition of that name, or undefined for what this version of Kubernetes does not know. */
export function definitionOf(name: string | undefined): Definition | undefined {
  if (name === undefined) return undefined;
  if (!parsed.has(name)) {
    // Of hundreds of definitions a render looks at a few: only their lines are cut out of the table.
    const start = apiFields.indexOf(`\n${name} `) + 1;
    if (start > 0)
      parsed.set(
        name,
        parseFields(apiFields.slice(start, apiFields.indexOf("\n", start)).split(" ").slice(1)),
      );
  }
  return parsed.get(name);
}

/** The name of the definition of a built-in kind: `apps/v1` and `Deployment` give `apps.v1.Deployment`. */
export function definitionName(apiVersion: string, kind: string): string {
  const [version = "", group = ""] = apiVersion.split("/").toReversed();
  return [(group || "core").split(".")[0], version, kind].join(".");
}

function parseFields(texts: readonly string[]): Definition {
  return new Map(
    texts.map((text) => {
      const colon = text.indexOf(":");
      return colon < 0
        ? [text, { type: "value" }]
        : [text.slice(0, colon), parseField(text.slice(colon + 1))];
    }),
  );
}

/** `Definition`, `[Definition]` (atomic list), `[Definition;key,key]` (merged list), `{}` or `{Definition}` (map). */
function parseField(text: string): Field {
  const inner = text.slice(1, -1);
  if (text.startsWith("{")) return { type: "map", ...(inner && { definition: inner }) };
  if (!text.startsWith("[")) return { type: "object", definition: text };
  const [definition = "", keys] = inner.split(";");
  return { type: "list", definition, ...(keys && { keys: keys.split(",") }) };
}
