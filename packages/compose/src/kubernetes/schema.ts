import { apiFields } from "./api-fields.ts";

/** Since and until which minor version of Kubernetes something is there; what is not said is as far back, or on, as is known. */
export interface Span {
  readonly since?: number | undefined;
  /** The last one that has it. */
  readonly until?: number | undefined;
}

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
  /** What is in a string, or how large an integer may be: one without has 32 bits. */
  readonly format?: "byte" | "date-time" | "int64";
  /** Of an object: its fields, or the name of the definition that has them. */
  readonly definition?: string | Definition;
  /** Of the elements of a list or set, or of the values of a map. */
  readonly items?: Field;
  /** The values that a string may have; an empty one counts as none everywhere in Kubernetes. */
  readonly values?: readonly string[];
  /** Of those, the ones that not every version has. */
  readonly valueSpans?: ReadonlyMap<string, Span>;
  /** Whether an object without it is none. */
  readonly isRequired?: boolean;
  /** In which versions the field is there, where not in all that have its definition. */
  readonly span?: Span | undefined;
  /** What the API server sets where nothing is stated. */
  readonly default?: string;
  /** The merge keys of a list whose elements are merged; a list without them is atomic. */
  readonly keys?: readonly string[];
  /** In what the elements of a list differ that patches replace as a whole: in these fields, or where there are none, at all. */
  readonly distinct?: readonly string[];
}

/** The fields of an object. */
export interface Definition {
  readonly fields: ReadonlyMap<string, Field>;
  /** As the table has it: `apps.v1.Deployment`. */
  readonly name?: string;
  /** The fields that an object has to have. */
  readonly required?: readonly string[];
  /** In which versions of Kubernetes it is there, where not in all. */
  readonly span?: Span | undefined;
  /** Whether objects are of it, of a kind of Kubernetes itself: apiVersion, kind, and metadata. */
  readonly isKind?: boolean;
  /** Of such a kind: whether its objects stand in no namespace. */
  readonly isClusterScoped?: boolean;
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
    const line = definitionLine(definition);
    if (line !== undefined) parsed.set(definition, parseDefinition(line));
  }
  return parsed.get(definition);
}

/** The line of a definition; the table is sorted, so that a few looks into it find one. */
function definitionLine(name: string): string | undefined {
  tableLines ??= apiFields.split("\n");
  const wanted = `${name} `;
  let low = 0;
  let high = tableLines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tableLines[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  const found = tableLines[low];
  return found?.startsWith(wanted) === true ? found : undefined;
}

let tableLines: readonly string[] | undefined;

/** The API groups of Kubernetes itself, in full. The table has their first words alone, and the core group as `core`. */
export const builtInGroups: ReadonlySet<string> = new Set(
  [
    "core apps autoscaling batch extensions policy admissionregistration.k8s.io apiextensions.k8s.io",
    "apiregistration.k8s.io authentication.k8s.io authorization.k8s.io certificates.k8s.io coordination.k8s.io",
    "discovery.k8s.io events.k8s.io flowcontrol.apiserver.k8s.io internal.apiserver.k8s.io lifecycle.k8s.io networking.k8s.io",
    "node.k8s.io rbac.authorization.k8s.io resource.k8s.io scheduling.k8s.io storage.k8s.io storagemigration.k8s.io",
  ].flatMap((line) => line.split(" ")),
);

const fullGroupOf = (apiVersion: string): string => {
  const slash = apiVersion.lastIndexOf("/");
  return slash < 0 ? "core" : apiVersion.slice(0, slash);
};

/** The definition of a kind of Kubernetes itself; of a custom kind its CustomResourceDefinition tells. */
export function builtInKind(apiVersion: string, kind: string): Definition | undefined {
  const group = fullGroupOf(apiVersion);
  if (!builtInGroups.has(group)) return undefined;
  const version = apiVersion.slice(apiVersion.lastIndexOf("/") + 1);
  const definition = definitionOf(`${group.split(".", 1)[0]}.${version}.${kind}`);
  // What other definitions are made of is not a kind.
  return definition?.isKind === true ? definition : undefined;
}

/** Whether the group is one of Kubernetes itself, or can be none of a custom kind, which has a dot. */
export function isBuiltInGroup(apiVersion: string): boolean {
  const group = fullGroupOf(apiVersion);
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
  const lines = apiFields.matchAll(/^([a-z]+)\.(v\w+)\.(\w+) =[NCP]/gm);
  return [...lines].map(([, word = "", version = "", kind = ""]) => ({
    apiVersion: word === "core" ? version : `${full.get(word) ?? word}/${version}`,
    kind,
  }));
}

/** Reads a line in the notation that `api-fields.ts` explains. */
export function parseDefinition(line: string): Definition {
  const texts = line.split(" ");
  const name = texts[0] ?? "";
  const home = name.slice(0, name.lastIndexOf("."));
  const fields = new Map<string, Field>();
  const mark = texts[1]?.startsWith("=") === true ? texts[1] : "";
  const isKind = mark !== "" && mark[1] !== "@";
  if (isKind) {
    fields.set("apiVersion", letters.s);
    fields.set("kind", letters.s);
    fields.set("metadata", typeNamed("meta.v1.ObjectMeta"));
  }
  const required: string[] = [];
  const own = fieldTexts(texts, mark === "" ? 1 : 2, name);
  for (let index = 0; index < own.length; index++) addField(own[index] ?? "", home, fields, required);
  const at = mark.indexOf("@");
  const span = at < 0 ? undefined : parseSpan(mark.slice(at + 1));
  return { name, fields, required, isKind, isClusterScoped: mark[1] === "C", span };
}

/** The fields in a line, unread: those behind its name and its mark, or of the definition that has the same. */
function fieldTexts(texts: readonly string[], start: number, name: string): readonly string[] {
  if (texts[start]?.startsWith(">") !== true) return texts.slice(start);
  const [group, , kind] = name.split(".");
  const others = definitionLine(`${group}.${texts[start].slice(1)}.${kind}`)?.split(" ") ?? [];
  return others.slice(others[1]?.startsWith("=") === true ? 2 : 1);
}

/** Reads `36`, `-33` and `34-35`. */
function parseSpan(text: string): Span {
  const [since = "", until] = text.split("-");
  return {
    since: since === "" ? undefined : Number(since),
    until: until === undefined ? undefined : Number(until),
  };
}

function addField(text: string, home: string, fields: Map<string, Field>, required: string[]): void {
  const colon = text.indexOf(":");
  const type = colon < 0 ? letters.s : typeNamed(absolute(text.slice(colon + 1), home));
  const end = colon < 0 ? text.length : colon;
  const isRequired = text[end - 1] === "!";
  const name = text.slice(0, isRequired ? end - 1 : end);
  if (isRequired) required.push(name);
  const at = name.indexOf("@");
  if (at >= 0) fields.set(name.slice(0, at), { ...type, isRequired, span: parseSpan(name.slice(at + 1)) });
  else if (isRequired) fields.set(name, { ...type, isRequired });
  else fields.set(name, type);
}

/** `.Name` and `[.Name]` with the group and version that the definition they stand in is of. */
function absolute(text: string, home: string): string {
  if (text[0] === ".") return home + text;
  return text[1] === "." ? text.slice(0, 1) + home + text.slice(1) : text;
}

const letters = {
  s: { type: "string" },
  t: { type: "string", format: "date-time" },
  y: { type: "string", format: "byte" },
  i: { type: "integer" },
  l: { type: "integer", format: "int64" },
  n: { type: "number" },
  b: { type: "boolean" },
  q: { type: "scalar" },
  a: { type: "any" },
} as const satisfies Record<string, Field>;

/** Few types stand for most fields: each is read once. */
const fieldTypes = new Map<string, Field>(Object.entries(letters));

function typeNamed(text: string): Field {
  const known = fieldTypes.get(text) ?? readTypeNotation(text);
  fieldTypes.set(text, known);
  return known;
}

/** Reads the notation of a type that is more than a letter. */
function readTypeNotation(text: string): Field {
  const equals = text.indexOf("=");
  if (equals >= 0)
    return { ...typeNamed(text.slice(0, equals)), default: text.slice(equals + 1).replaceAll("_", " ") };
  const inner = text.slice(1, -1);
  if (text.startsWith("(")) return parseValues(inner);
  if (text.startsWith("{")) return { type: "map", items: typeNamed(inner) };
  if (text.startsWith("[")) return parseList(inner);
  return { type: "object", definition: text };
}

function parseList(text: string): Field {
  const [merged = "", keys] = text.split(";");
  if (keys === "") return { type: "set", items: typeNamed(merged) };
  if (keys !== undefined) return { type: "list", items: typeNamed(merged), keys: keys.split(",") };
  // A value may have a stroke in it.
  const stroke = text.endsWith(")") ? -1 : text.lastIndexOf("/");
  if (stroke < 0) return { type: "list", items: typeNamed(text) };
  const distinct = stroke === text.length - 1 ? [] : text.slice(stroke + 1).split(",");
  return { type: "list", items: typeNamed(text.slice(0, stroke)), distinct };
}

/** Reads `A|B@36|C_D`. */
function parseValues(text: string): Field {
  if (!text.includes("@"))
    return { type: "string", values: text.split("|").map((value) => value.replaceAll("_", " ")) };
  const spans = new Map<string, Span>();
  const values = text.split("|").map((each) => {
    const [name = "", span] = each.replaceAll("_", " ").split("@");
    if (span !== undefined) spans.set(name, parseSpan(span));
    return name;
  });
  return { type: "string", values, valueSpans: spans };
}
