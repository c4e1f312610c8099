import type { Crd } from "../model/crd.ts";
import { isObject, type Schema } from "../model/schema.ts";
import { InputError } from "../problem.ts";
import { nearest } from "../runtime/issue.ts";
import { compareVersions, crdsOf } from "./known-kinds.ts";

/**
 * Prints what the CRDs say of a kind or of a field, as `kubectl explain` does of what a cluster has.
 *
 * @param named the kind, its plural, singular or short name, in any case; `KIND.GROUP` where several groups have it, and
 * `GROUP/VERSION/KIND` for another version than the one that kubectl would choose.
 * @param path the field, as `spec.template`, or nothing for the kind itself.
 * @throws InputError where there is no such kind or field, with what was probably meant.
 */
export async function explain(named: string, path: string, sources: readonly string[]): Promise<number> {
  const crds = await crdsOf(sources);
  const { crd, version } = chosen(named, crds);
  const root = crd.spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema ?? {};
  const whole = withIdentity(root);
  const steps = path === "" ? [] : path.split(".");
  const { schema, isRequired } = descend(whole, steps, crd.spec.names.kind);
  const { group, names } = crd.spec;
  const last = steps.at(-1);
  const heading = `GROUP:      ${group}\nKIND:       ${names.kind}\nVERSION:    ${version}\n\n`;
  const field =
    last === undefined ? "" : `FIELD: ${last} <${typeOf(schema)}>${isRequired ? " -required-" : ""}\n\n`;
  process.stdout.write(`${heading}${field}${description(schema)}${fields(schema)}`);
  return 0;
}

interface Chosen {
  readonly crd: Crd;
  readonly version: string;
}

function chosen(named: string, crds: readonly Crd[]): Chosen {
  const [group, version, kind] = /^([^/]+)\/([^/]+)\/([^/]+)$/.exec(named)?.slice(1) ?? [];
  const wanted = kind ?? named;
  const found = crds.filter((crd) => (group ?? crd.spec.group) === crd.spec.group && isCalled(crd, wanted));
  const [crd, other] = found;
  if (!crd) throw unknownKind(named, crds);
  if (other)
    throw new InputError([
      {
        file: named,
        what: `is a kind of several groups: ${found.map(({ metadata }) => metadata.name).join(", ")}`,
        fix: `Name the group, too: ${other.metadata.name}`,
      },
    ]);
  const served = crd.spec.versions.filter((each) => each.served !== false).map(({ name }) => name);
  const [best = ""] = version === undefined ? served.toSorted(compareVersions) : [version];
  if (served.includes(best)) return { crd, version: best };
  const what = `is not served in the version ${best}`;
  throw new InputError([{ file: named, what, fix: `It is in: ${served.join(", ")}` }]);
}

function namesOf({ spec: { group, names } }: Crd): string[] {
  const short = Array.isArray(names["shortNames"]) ? names["shortNames"].map(String) : [];
  const singular = typeof names["singular"] === "string" ? [names["singular"]] : [];
  const plain = [names.kind, names.plural, ...singular, ...short];
  return [...plain, ...plain.map((name) => `${name}.${group}`)].map((name) => name.toLowerCase());
}

const isCalled = (crd: Crd, name: string): boolean => namesOf(crd).includes(name.toLowerCase());

function unknownKind(named: string, crds: readonly Crd[]): InputError {
  const kinds = crds.map(({ spec }) => spec.names.kind);
  const meant = nearest(named.toLowerCase(), crds.flatMap(namesOf));
  const listed = kinds.length > 12 ? `${kinds.slice(0, 12).join(", ")}, …` : kinds.join(", ");
  const fix = meant === undefined ? `The kinds are: ${listed}` : `Did you mean "${meant}"?`;
  return new InputError([{ file: named, what: "is no kind that the CRDs declare", fix }]);
}

/** Fields of every object, of which a CRD need say nothing. */
const identity: Readonly<Record<string, Schema>> = {
  apiVersion: {
    type: "string",
    description: "The version of the schema that the object is written in, with its group.",
  },
  kind: { type: "string", description: "The kind of the object." },
  metadata: { type: "object", description: "Name, namespace, labels and annotations of the object." },
};

const withIdentity = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...identity, ...schema.properties },
});

/** The schema at the path; lists and maps are passed through, as kubectl passes through them. */
function descend(
  root: Schema,
  steps: readonly string[],
  kind: string,
): { readonly schema: Schema; readonly isRequired: boolean } {
  let schema = root;
  let isRequired = false;
  for (const [at, step] of steps.entries()) {
    const holder = inside(schema);
    const next = holder.properties?.[step];
    if (next === undefined) throw unknownField(holder, steps.slice(0, at + 1), kind);
    isRequired = (holder.required ?? []).includes(step);
    schema = next;
  }
  return { schema, isRequired };
}

function unknownField({ properties = {} }: Schema, path: readonly string[], kind: string): InputError {
  const names = Object.keys(properties);
  const meant = nearest(path.at(-1) ?? "", names);
  const listed = names.length === 0 ? "There are no fields there" : `The fields are: ${names.join(", ")}`;
  return new InputError([
    {
      file: kind,
      path: path.join("."),
      what: "does not exist",
      fix: meant === undefined ? listed : `Did you mean "${[...path.slice(0, -1), meant].join(".")}"?`,
    },
  ]);
}

/** What the elements of a list or the values of a map are. */
function inside(schema: Schema): Schema {
  if (schema.items) return inside(schema.items);
  return isObject(schema.additionalProperties) ? inside(schema.additionalProperties) : schema;
}

/** The type in the words of kubectl: `[]Object`, `map[string]string`. */
function typeOf(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"] === true) return "IntOrString";
  if (schema.items) return `[]${typeOf(schema.items)}`;
  if (isObject(schema.additionalProperties)) return `map[string]${typeOf(schema.additionalProperties)}`;
  return schema.type === undefined || schema.type === "object" ? "Object" : schema.type;
}

function description(schema: Schema): string {
  const text = schema.description ?? inside(schema).description ?? "<empty>";
  return `DESCRIPTION:\n${indented(text)}${limits(schema)}\n`;
}

function fields(schema: Schema): string {
  const { properties = {}, required = [] } = inside(schema);
  const names = Object.keys(properties).toSorted();
  if (names.length === 0) return "";
  const entries = names.map((name) => {
    const field = properties[name] ?? {};
    const mark = required.includes(name) ? " -required-" : "";
    return `  ${name}\t<${typeOf(field)}>${mark}\n${limits(field)}${indented(field.description ?? "<no description>")}\n`;
  });
  return `FIELDS:\n${entries.join("")}`;
}

/** What else the schema says that a person can read. */
function limits(schema: Schema): string {
  const said = [
    ["enum", schema.enum?.map((value) => JSON.stringify(value)).join(", ")],
    ["default", schema.default === undefined ? undefined : JSON.stringify(schema.default)],
  ].filter(([, text]) => text !== undefined);
  return said.map(([name, text]) => `    ${name}: ${text}\n`).join("");
}

/** Text in lines of at most 80 characters, each four deep; its own line breaks stay. */
function indented(text: string): string {
  const lines = text
    .trim()
    .split("\n")
    .flatMap((line) => wrapped(line, 76));
  return lines.map((line) => (line === "" ? "\n" : `    ${line}\n`)).join("");
}

function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
