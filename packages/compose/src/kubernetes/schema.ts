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
  /** The values that a string may have; an empty one counts as none everywhere in Kubernetes. */
  readonly values?: readonly string[];
  /** Whether an object without it is none. */
  readonly isRequired?: boolean;
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
    const line = lineOf(definition);
    if (line !== undefined) parsed.set(definition, parseDefinition(line));
  }
  return parsed.get(definition);
}

/** The line of a definition; the table is sorted, so that a few looks into it find one. */
function lineOf(name: string): string | undefined {
  const wanted = `${name} `;
  let [low, high] = [0, apiFields.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = apiFields.lastIndexOf("\n", middle - 1) + 1;
    const end = apiFields.indexOf("\n", start);
    const found = apiFields.slice(start, start + wanted.length);
    if (found === wanted) return apiFields.slice(start, end);
    if (found < wanted) low = end + 1;
    else high = start - 1;
  }
  return undefined;
}

/** The API groups of Kubernetes itself, in full. The table has their first words alone, and the core group as `core`. */
const builtInGroups = new Set(
  [
    "core apps autoscaling batch extensions policy admissionregistration.k8s.io apiextensions.k8s.io",
    "apiregistration.k8s.io authentication.k8s.io authorization.k8s.io certificates.k8s.io coordination.k8s.io",
    "discovery.k8s.io events.k8s.io flowcontrol.apiserver.k8s.io internal.apiserver.k8s.io networking.k8s.io",
    "node.k8s.io rbac.authorization.k8s.io resource.k8s.io scheduling.k8s.io storage.k8s.io storagemigration.k8s.io",
  ].flatMap((line) => line.split(" ")),
);

const partsOf = (apiVersion: string): readonly [group: string, version: string] => {
  const [version = "", group = "core", ...rest] = apiVersion.split("/").toReversed();
  return [[...rest, group].join("/"), version];
};

/** The definition of a kind of Kubernetes itself; of a custom kind its CustomResourceDefinition tells. */
export function builtInKind(apiVersion: string, kind: string): Definition | undefined {
  const [group, version] = partsOf(apiVersion);
  if (!builtInGroups.has(group)) return undefined;
  const definition = definitionOf([group.split(".")[0], version, kind].join("."));
  // What other definitions are made of is no kind.
  return definition?.fields.has("kind") && definition.fields.has("metadata") ? definition : undefined;
}

/** Whether the group is one of Kubernetes itself, or can be none of a custom kind, which has a dot. */
export function isBuiltInGroup(apiVersion: string): boolean {
  const [group] = partsOf(apiVersion);
  return builtInGroups.has(group) || !group.includes(".");
}

/** A kind of Kubernetes itself. */
export interface BuiltInKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** All kinds of Kubernetes itself: for what is said of one that is not among them. */
export function builtInKinds(): readonly BuiltInKind[] {
  const full = new Map([...builtInGroups].map((group) => [group.split(".")[0], group]));
  const lines = apiFields.matchAll(
    /^([a-z]+)\.(v\w+)\.(\w+)(?= .*\bkind\b)(?= .*\bmetadata:meta\.v1\.ObjectMeta)/gm,
  );
  return [...lines].map(([, word = "", version = "", kind = ""]) => ({
    apiVersion: word === "core" ? version : `${full.get(word) ?? word}/${version}`,
    kind,
  }));
}

/** Reads a line in the notation that `api-fields.ts` explains. */
export function parseDefinition(line: string): Definition {
  const fields = new Map<string, Field>();
  for (const text of line.split(" ").slice(1)) {
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const type = colon < 0 ? letters.s : typeNamed(text.slice(colon + 1));
    if (name.endsWith("!")) fields.set(name.slice(0, -1), { ...type, isRequired: true });
    else fields.set(name, type);
  }
  return { fields };
}

const letters = {
  s: { type: "string" },
  i: { type: "integer" },
  n: { type: "number" },
  b: { type: "boolean" },
  q: { type: "scalar" },
  a: { type: "any" },
} as const satisfies Record<string, Field>;

/** Few types stand for most fields: each is read once. */
const types = new Map<string, Field>(Object.entries(letters));

function typeNamed(text: string): Field {
  const known = types.get(text) ?? parseType(text);
  types.set(text, known);
  return known;
}

/** Reads the notation of a type that is more than a letter. */
function parseType(text: string): Field {
  const inner = text.slice(1, -1);
  if (text.startsWith("("))
    return { type: "string", values: inner.split("|").map((value) => value.replaceAll("_", " ")) };
  if (text.startsWith("{")) return { type: "map", items: typeNamed(inner) };
  if (!text.startsWith("[")) return { type: "object", definition: text };
  const [items = "", keys] = inner.split(";");
  if (keys === "") return { type: "set", items: typeNamed(items) };
  return { type: "list", items: typeNamed(items), ...(keys !== undefined && { keys: keys.split(",") }) };
}
