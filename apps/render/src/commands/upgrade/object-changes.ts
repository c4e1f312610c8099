import { fieldPath } from "@atlas/compose/places";

/** A rendered object, as much of it as is looked at by name. */
export interface RenderedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** A place in which two values differ; it is absent where it is undefined. */
interface ValueChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What an object is called, and the lines that say how it has changed. */
export interface ObjectChange {
  readonly object: string;
  readonly what: "added" | "removed" | "changed";
  readonly lines: readonly string[];
}

/** How the objects of an environment differ, by the key that an object keeps. */
export function objectChanges(
  before: ReadonlyMap<string, RenderedObject>,
  after: ReadonlyMap<string, RenderedObject>,
): ObjectChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys.flatMap((key): ObjectChange[] => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old && now) {
      const lines = changeLines(now, valueChanges(old, now, ""));
      return lines.length === 0 ? [] : [{ object: renderedName(now), what: "changed", lines }];
    }
    const only = now ?? old;
    return only ? [{ object: renderedName(only), what: now ? "added" : "removed", lines: [] }] : [];
  });
}

const renderedName = ({ kind, metadata }: RenderedObject): string => `${kind}/${metadata.name}`;

function changeLines({ kind }: RenderedObject, changes: readonly ValueChange[]): string[] {
  const isSchema = ({ path }: ValueChange): boolean =>
    kind === "CustomResourceDefinition" && path.includes(".schema.openAPIV3Schema");
  const schema = changes.filter((change) => isSchema(change));
  return [
    ...changes
      .filter((change) => !isSchema(change))
      .map(({ path, before, after }) => `${path}: ${shown(before)} → ${shown(after)}`),
    ...(schema.length === 0 ? [] : [schemaSummary(schema)]),
  ];
}

/** A schema's changes are thousands of lines; the report of the API says what they come to. */
function schemaSummary(changes: readonly ValueChange[]): string {
  const counts = {
    added: changes.filter(({ before }) => before === undefined).length,
    removed: changes.filter(({ after }) => after === undefined).length,
    changed: changes.filter(({ before, after }) => before !== undefined && after !== undefined).length,
  };
  const parts = Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `the schema, in places: ${parts.join(", ")}`;
}

const longestShown = 400;

function shown(value: unknown): string {
  if (value === undefined) return "(nothing)";
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function valueChanges(before: unknown, after: unknown, path: string): ValueChange[] {
  const [old, now] = [namedParts(before), namedParts(after)];
  if (old && now && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...old.keys(), ...now.keys()])];
    return names.flatMap((name) => valueChanges(old.get(name), now.get(name), joinPath(path, name, before)));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

const joinPath = (path: string, name: string, within: unknown): string =>
  Array.isArray(within) ? `${path}[${name}]` : fieldPath(path, name);

/** The parts of an object, or of a list of objects: by name where they have one, as containers do, else by place. */
function namedParts(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (!value.every((element) => typeof element === "object" && element !== null)) return undefined;
  const names = value.map((element: { name?: unknown }) => element.name);
  const isNamed = names.every((name) => typeof name === "string") && new Set(names).size === names.length;
  return new Map(value.map((element, index) => [isNamed ? String(names[index]) : String(index), element]));
}

/** The changes of every environment; those of the same changes stand together. */
export function formatChanges(environments: ReadonlyMap<string, readonly ObjectChange[]>): string {
  const alike = new Map<string, string[]>();
  for (const [name, changes] of environments) {
    const text = changes.map(formatObjectChange).join("");
    alike.set(text, [...(alike.get(text) ?? []), name]);
  }
  return [...alike]
    .map(([text, names]) => `${names.join(", ")}: ${text ? "what" : "nothing"} changes\n${text}`)
    .join("");
}

const formatObjectChange = ({ object, what, lines }: ObjectChange): string =>
  `  ${what} ${object}\n${lines.map((line) => `    ${line}\n`).join("")}`;
