import { boundsOf } from "../emit/documentation.ts";
import type { Crd } from "../model/crd.ts";
import { isObject, type Schema } from "../model/schema.ts";
import { InputError } from "../problem.ts";
import { nearestOf } from "../runtime/issue.ts";
import { compareVersions, crdsOfSources } from "./known-kinds.ts";

/**
 * Prints what the CRDs say of a kind or of a field, as `kubectl explain` does of what a cluster has.
 *
 * @param named the kind, its plural, singular or short name, in any case; `KIND.GROUP` where several groups have it, and
 * `GROUP/VERSION/KIND` for another version than the one that kubectl would choose.
 * @param path the field, as `spec.template`, or nothing for the kind itself.
 * @throws InputError where there is no such kind or field, with what was probably meant.
 */
export async function explainField(named: string, path: string, sources: readonly string[]): Promise<number> {
  const crds = await crdsOfSources(sources);
  const { crd, version } = chosen(named, crds);
  const root = crd.spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema ?? {};
  const whole = withIdentityFields(root);
  const steps = path === "" ? [] : path.split(".");
  const { schema, isRequired } = descend(whole, steps, crd.spec.names.kind);
  const { group, names } = crd.spec;
  const last = steps.at(-1);
  const heading = `GROUP:      ${group}\nKIND:       ${names.kind}\nVERSION:    ${version}\n\n`;
  const field =
    last === undefined ? "" : `FIELD: ${last} <${kubectlType(schema)}>${isRequired ? " -required-" : ""}\n\n`;
  process.stdout.write(`${heading}${field}${description(schema)}${printedFields(schema)}`);
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
  if (!crd) throw noKindNamed(named, crds);
  if (other)
    throw new InputError([
      {
        code: "kind-ambiguous",
        file: named,
        what: `is a kind of several groups: ${found.map(({ metadata }) => metadata.name).join(", ")}`,
        fix: `Name the group, too: ${other.metadata.name}`,
      },
    ]);
  const served = crd.spec.versions.filter((each) => each.served !== false).map(({ name }) => name);
  const [best = ""] = version === undefined ? served.toSorted(compareVersions) : [version];
  if (served.includes(best)) return { crd, version: best };
  const what = `is not served in the version ${best}`;
  throw new InputError([
    { code: "version-not-served", file: named, what, fix: `It is in: ${served.join(", ")}` },
  ]);
}

function crdNamesOf({ spec: { group, names } }: Crd): string[] {
  const short = Array.isArray(names["shortNames"]) ? names["shortNames"].map(String) : [];
  const singular = typeof names["singular"] === "string" ? [names["singular"]] : [];
  const plain = [names.kind, names.plural, ...singular, ...short];
  return [...plain, ...plain.map((name) => `${name}.${group}`)].map((name) => name.toLowerCase());
}

const isCalled = (crd: Crd, name: string): boolean => crdNamesOf(crd).includes(name.toLowerCase());

function noKindNamed(named: string, crds: readonly Crd[]): InputError {
  const kinds = crds.map(({ spec }) => spec.names.kind);
  const meant = nearestOf(named.toLowerCase(), crds.flatMap(crdNamesOf));
  const listed = kinds.length > 12 ? `${kinds.slice(0, 12).join(", ")}, …` : kinds.join(", ");
  const fix = meant === undefined ? `The kinds are: ${listed}` : `Did you mean "${meant}"?`;
  return new InputError([
    { code: "kind-unknown", file: named, what: "is no kind that the CRDs declare", fix },
  ]);
}

/** Fields of every object, of which a CRD need say nothing. */
const identityProperties: Readonly<Record<string, Schema>> = {
  apiVersion: {
    type: "string",
    description: "The version of the schema that the object is written in, with its group.",
  },
  kind: { type: "string", description: "The kind of the object." },
  metadata: { type: "object", description: "Name, namespace, labels and annotations of the object." },
};

const withIdentityFields = (schema: Schema): Schema => ({
  ...schema,
  properties: { ...identityProperties, ...schema.properties },
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
    if (next === undefined) throw noSuchField(holder, steps.slice(0, at + 1), kind);
    isRequired = (holder.required ?? []).includes(step);
    schema = next;
  }
  return { schema, isRequired };
}

function noSuchField({ properties = {} }: Schema, path: readonly string[], kind: string): InputError {
  const names = Object.keys(properties);
  const meant = nearestOf(path.at(-1) ?? "", names);
  const listed = names.length === 0 ? "There are no fields there" : `The fields are: ${names.join(", ")}`;
  return new InputError([
    {
      code: "field-unknown",
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
function kubectlType(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"] === true) return "IntOrString";
  if (schema.items) return `[]${kubectlType(schema.items)}`;
  if (isObject(schema.additionalProperties)) return `map[string]${kubectlType(schema.additionalProperties)}`;
  return schema.type === undefined || schema.type === "object" ? "Object" : schema.type;
}

function description(schema: Schema): string {
  const text = schema.description ?? inside(schema).description ?? "<empty>";
  return `DESCRIPTION:\n${indented(text)}${limitsText(schema)}\n`;
}

function printedFields(schema: Schema): string {
  const { properties = {}, required = [] } = inside(schema);
  const names = Object.keys(properties).toSorted();
  if (names.length === 0) return "";
  const entries = names.map((name) => {
    const field = properties[name] ?? {};
    const mark = required.includes(name) ? " -required-" : "";
    return `  ${name}\t<${kubectlType(field)}>${mark}\n${limitsText(field)}${indented(field.description ?? "<no description>")}\n`;
  });
  return `FIELDS:\n${entries.join("")}`;
}

/** What else the schema says that a person can read. */
function limitsText(schema: Schema): string {
  const element = inside(schema);
  const lines = [
    ...saidOf(schema),
    ...(element === schema ? [] : saidOf(element).map((line) => `each: ${line}`)),
  ];
  return lines.map((line) => `    ${line}\n`).join("");
}

function saidOf(schema: Schema): readonly string[] {
  const bounds = [schema, ...(schema.allOf ?? [])].flatMap(boundsOf);
  const rules = [schema, ...(schema.allOf ?? [])].flatMap((each) => each["x-kubernetes-validations"] ?? []);
  return [
    ...(schema.enum === undefined
      ? []
      : [`enum: ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}`]),
    ...(schema.default === undefined ? [] : [`default: ${JSON.stringify(schema.default)}`]),
    ...(bounds.length === 0 ? [] : [`limits: ${bounds.join(", ")}`]),
    ...[schema, ...(schema.allOf ?? [])].flatMap(choicesOf),
    ...rules.map(({ rule, message }) => `rule: ${[message, rule].filter(Boolean).map(onOneLine).join(": ")}`),
  ];
}

/** Which fields exclude each other, or of which there has to be one: `exactly one of: a, b and c`. */
function choicesOf(schema: Schema): readonly string[] {
  const choices = { "exactly one of": schema.oneOf, "at least one of": schema.anyOf } as const;
  return Object.entries(choices).flatMap(([words, list]) => {
    const sets = (list ?? []).map((each) =>
      Object.keys(each).every((key) => key === "required") ? (each.required ?? []).join(" and ") : "",
    );
    // What else an alternative asks for fits in no list of names.
    return sets.length === 0 || sets.includes("") ? [] : [`${words}: ${sets.join(", ")}`];
  });
}

const onOneLine = (text: string | undefined): string => (text ?? "").replaceAll(/\s+/g, " ").trim();

/** Text in lines of at most 80 characters, each four deep; its own line breaks stay. */
function indented(text: string): string {
  const lines = text
    .trim()
    .split("\n")
    .flatMap((line) => wrappedLines(line, 76));
  return lines.map((line) => (line === "" ? "\n" : `    ${line}\n`)).join("");
}

function wrappedLines(line: string, width: number): string[] {
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
