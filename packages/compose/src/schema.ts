import { apiFields } from "./api-fields.ts";

/** What a schema says of one value. */
export interface Field {
  /** `scalar` is a number or a string (`25%`, a quantity); `any` is not looked into. */
  readonly type:
    | "string"
    | "integer"
    | "number"
    | "boolean"
    | "scalar"
    | "any"
    | "object"
    | "map"
    | "list"
    | "set";
  /** Of an object: its fields, or the name of the definition that has them. */
  readonly definition?: string | Definition;
  /** Of the elements of a list or set, or of the values of a map. */
  readonly items?: Field;
  /** The merge keys of a list whose elements are merged; a list without them is atomic. */
  readonly keys?: readonly string[];
}

/** The fields of an object. */
export interface Definition {
  readonly fields: ReadonlyMap<string, Field>;
  /** Whether there may be fields that are not listed. */
  readonly open?: boolean;
  /** What they are, as far as it is known: the values of a map are all of one type. */
  readonly others?: Field;
}

/** A field of an object; undefined where nothing is known of it. */
export const fieldNamed = (definition: Definition | undefined, name: string): Field | undefined =>
  definition?.fields.get(name) ?? definition?.others;

const parsed = new Map<string, Definition>();

/** The definition itself or the one of that name; undefined for what this version of Kubernetes does not know. */
export function definitionOf(definition: string | Definition | undefined): Definition | undefined {
  if (typeof definition !== "string") return definition;
  if (!parsed.has(definition)) {
    // Of hundreds of definitions a render looks at a few: only their lines are cut out of the table.
    const start = apiFields.indexOf(`\n${definition} `) + 1;
    if (start > 0)
      parsed.set(definition, parseDefinition(apiFields.slice(start, apiFields.indexOf("\n", start))));
  }
  return parsed.get(definition);
}

/** The definition of a kind of Kubernetes itself; of a custom kind its CustomResourceDefinition tells. */
export function builtInKind(apiVersion: string, kind: string): Definition | undefined {
  const [version = "", group = "core"] = apiVersion.split("/").toReversed();
  const isBuiltIn = !group.includes(".") || group.endsWith(".k8s.io");
  return isBuiltIn ? definitionOf([group.split(".")[0], version, kind].join(".")) : undefined;
}

function parseDefinition(line: string): Definition {
  const fields = line.split(" ").slice(1);
  return {
    fields: new Map(
      fields.map((text) => {
        const colon = text.indexOf(":");
        return colon < 0
          ? [text, { type: "string" }]
          : [text.slice(0, colon), parseType(text.slice(colon + 1))];
      }),
    ),
  };
}

const letters: Record<string, Field["type"]> = {
  s: "string",
  i: "integer",
  n: "number",
  b: "boolean",
  q: "scalar",
  a: "any",
};

/** Reads the notation that `api-fields.ts` explains. */
function parseType(text: string): Field {
  const letter = letters[text];
  if (letter) return { type: letter };
  const inner = text.slice(1, -1);
  if (text.startsWith("{")) return { type: "map", items: parseType(inner) };
  if (!text.startsWith("[")) return { type: "object", definition: text };
  const [items = "", keys] = inner.split(";");
  if (keys === "") return { type: "set", items: parseType(items) };
  return { type: "list", items: parseType(items), ...(keys !== undefined && { keys: keys.split(",") }) };
}
