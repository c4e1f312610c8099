import { fieldsOfObjects, isLocal } from "../model/crd.ts";
import { alternatives } from "./alternatives.ts";
import { printInterfaces, type InterfaceDeclaration, type InterfaceField } from "./declaration.ts";
import { comment, documentation } from "./documentation.ts";
import { pascal } from "../model/names.ts";
import { endings, nameInterfaces, type Interfaces, type Root } from "./interfaces.ts";
import { definitionName } from "../model/expand.ts";
import { objectMeta, sharedNames } from "./object-meta.ts";
import {
  definitionsUnder,
  servedKinds,
  moduleName,
  typeName,
  type Kind,
  type Model,
} from "../model/model.ts";
import { ownProperty, type Schema } from "../model/schema.ts";
import { hasDefault, hasDefaults, typeExpression, type TypeScope } from "./type-expression.ts";
import type { OutputFile } from "./output-file.ts";

/** What every declaration of a module needs. */
interface ModuleContext {
  readonly model: Model;
  readonly interfaces: Interfaces;
  readonly written: TypeScope;
  readonly observed: TypeScope;
}

/** One module a kind and version, and one for the Kubernetes definitions that they share. */
export async function emitTypes(model: Model, header: string): Promise<OutputFile[]> {
  const kinds = servedKinds(model);
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  const keys = [...used].filter((key) => !isLocal(key)).toSorted();
  const interfaces = nameInterfaces(rootsOf(keys, model), sharedNames);
  const types = typesOf(keys, interfaces, model);
  const shared = typeModule(
    interfaces,
    model,
    (key, ending) => `${types.get(key) ?? key}${ending}`,
    (name) => name,
  );
  const drafts = kinds.map((kind) => draftKind(kind, model, types));
  const sharedParts = declareAll(shared);
  const [declared = [], ...texts] = await printed([sharedParts, ...drafts.map(({ parts }) => parts)]);
  const kubernetes = [header, objectMeta, ...declared].join("\n");
  const sharedTypes = [...sharedNames, ...namesIn(sharedParts)];
  const modules = drafts.map(({ of, imports, parts, definitions }, index) => ({
    of,
    definitions,
    names: namesIn(parts),
    file: {
      path: `src/generated/${moduleName(of, model)}.ts`,
      content: [header, imports, ...(texts[index] ?? [])].join("\n"),
    },
  }));
  return [
    ...modules.map(({ file }) => file),
    { path: "src/generated/kubernetes.ts", content: kubernetes },
    { path: "src/generated/types.ts", content: `${header}\n${emitTypeIndex(modules, sharedTypes, model)}` },
  ];
}

const rootsOf = (keys: readonly string[], model: Model): Root[] =>
  keys.map((key) => ({
    root: sharedName(definitionName(key)),
    steps: [],
    schema: model.definitions[key] ?? {},
  }));

/** The types of definitions, by their keys. */
const typesOf = (
  keys: readonly string[],
  interfaces: Interfaces,
  model: Model,
): ReadonlyMap<string, string> =>
  new Map(keys.map((key) => [key, interfaces.get(model.definitions[key] ?? {}) ?? definitionName(key)]));

/** A definition that is called as a type of every module has another name. */
const sharedName = (name: string): string => (sharedNames.includes(name) ? `Kubernetes${name}` : name);

function typeModule(
  interfaces: Interfaces,
  model: Model,
  definitionType: TypeScope["definitionType"],
  reference: TypeScope["reference"],
): ModuleContext {
  const scope = { interfaces, definitions: model.definitions, definitionType, reference };
  return {
    model,
    interfaces,
    written: { ...scope, isObserved: false },
    observed: { ...scope, isObserved: true },
  };
}

/** What stands in the module of a kind, and what it takes from the shared one. */
interface KindDraft {
  readonly of: Kind;
  readonly imports: string;
  readonly parts: readonly Printable[];
  /** The types of its definitions, which another kind may call alike. */
  readonly definitions: ReadonlySet<string>;
}

interface KindModule extends Pick<KindDraft, "of" | "definitions"> {
  /** What it exports. */
  readonly names: readonly string[];
  readonly file: OutputFile;
}

function draftKind(of: Kind, model: Model, types: ReadonlyMap<string, string>): KindDraft {
  const { schema } = of;
  const kind = typeName(of.kind);
  const parts = Object.entries(schema.properties ?? {}).filter(([name]) => !fieldsOfObjects.has(name));
  const locals = [...definitionsUnder(schema, model.definitions)].filter(isLocal).toSorted();
  const interfaces = nameInterfaces(
    [
      ...rootsOf(locals, model),
      ...parts.map(([name, part]) => ({ root: kind, steps: [pascal(name)], schema: part })),
    ],
    [kind],
  );
  const own = new Set(
    [...interfaces.values()].flatMap((name) => [name, `${name}Observed`]).concat(kind, `${kind}Observed`),
  );
  const uses = new Set<string>();
  const reference = (name: string): string => {
    uses.add(name);
    return own.has(name) ? `Kubernetes${name}` : name;
  };
  const ownTypes = typesOf(locals, interfaces, model);
  const module = typeModule(
    interfaces,
    model,
    (key, ending) => {
      const local = ownTypes.get(key);
      return local === undefined ? reference(`${types.get(key) ?? key}${ending}`) : `${local}${ending}`;
    },
    reference,
  );
  const declared = [...declareKind(of, module), ...declareAll(module)];
  const imported = [...uses]
    .toSorted()
    .map((name) => (own.has(name) ? `${name} as Kubernetes${name}` : name));
  const imports = `import type {\n${imported.map((name) => `  ${name},\n`).join("")}} from "./kubernetes.ts";\n`;
  return { of, imports, parts: declared, definitions: new Set(ownTypes.values()) };
}

/** A kind as a person writes it, and as the API server returns it. */
function declareKind(of: Kind, module: ModuleContext): Printable[] {
  const { apiVersion, schema } = of;
  const type = typeName(of.kind);
  const { reference } = module.written;
  const always = { isRequired: true };
  return declare(
    {
      name: type,
      schema,
      about: schema.description ?? `${type} of ${apiVersion}, as a person writes it.`,
      aboutObserved: `${type} as the API server returns it.`,
      identity: [
        { name: "apiVersion", type: JSON.stringify(apiVersion), ...always },
        { name: "kind", type: JSON.stringify(of.kind), ...always },
        { name: "metadata", type: reference("ObjectMeta"), ...always },
      ],
      observedIdentity: [{ name: "metadata", type: reference("ObservedObjectMeta"), ...always }],
      // Where it is a subresource, the API server ignores what a person writes there.
      onlyObserved: of.version.subresources?.["status"] === undefined ? [] : ["status"],
    },
    module,
  );
}

/** Declares every interface of a module. */
function declareAll(module: ModuleContext): Printable[] {
  return [...module.interfaces].flatMap(([schema, name]) => declare(partOf(name, schema, module), module));
}

/** What stands in a module: an interface, or a type as text. */
type Printable = InterfaceDeclaration | { readonly name: string; readonly text: string };

const namesIn = (parts: readonly Printable[]): string[] => parts.map(({ name }) => name);

/** The texts of all modules. */
async function printed(modules: readonly (readonly Printable[])[]): Promise<string[][]> {
  const declarations = modules.flat().flatMap((part) => ("text" in part ? [] : [part]));
  const texts = (await printInterfaces(declarations)).values();
  return modules.map((parts) =>
    parts.map((part) => ("text" in part ? part.text : (texts.next().value ?? ""))),
  );
}

function partOf(name: string, schema: Schema, module: ModuleContext): Part {
  return {
    name,
    schema,
    about: schema.description,
    aboutObserved: `${name} as the API server returns it: defaults are in place.`,
    identity: identityTypeFields(schema, module.written),
    observedIdentity: identityTypeFields(schema, module.observed).filter(({ name: field }) =>
      hasDefault(ownProperty(schema.properties, field) ?? {}),
    ),
    onlyObserved: [],
  };
}

/** An object that has an interface. */
interface Part {
  readonly name: string;
  readonly schema: Schema;
  readonly about: string | undefined;
  readonly aboutObserved: string;
  /** Fields of which the schema says less than their type does. */
  readonly identity: readonly InterfaceField[];
  /** What these are once the API server returns them, where they are something else. */
  readonly observedIdentity: readonly InterfaceField[];
  /** Fields that nobody writes. */
  readonly onlyObserved: readonly string[];
}

function declare(part: Part, module: ModuleContext): Printable[] {
  const { name, about, identity, onlyObserved } = part;
  const own = withoutProperties(
    part.schema,
    identity.map((field) => field.name),
  );
  const schema = withoutProperties(own, onlyObserved);
  const cases = alternatives(schema, module.written);
  const base = cases.length > 0 ? `${name}Fields` : name;
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const fields = [...identity, ...typeFields(schema, module.written)];
  const declared: Printable[] = [{ name: base, about, fields, isOpen }];
  if (cases.length > 0) declared.push(unionOf(name, cases), unitedType(name, base, name, about));
  if (part.observedIdentity.length === 0 && !hasDefaults(part.schema, module.model.definitions))
    return declared;
  const observed: InterfaceDeclaration = {
    name: `${base}Observed`,
    about: part.aboutObserved,
    base,
    fields: [
      ...part.observedIdentity,
      ...typeFields(
        own,
        module.observed,
        (field, node) => onlyObserved.includes(field) || differs(node, module),
      ),
    ],
  };
  declared.push(observed);
  if (cases.length > 0) declared.push(unitedType(`${name}Observed`, `${base}Observed`, name, about));
  return declared;
}

/** Which fields of an object stand together. */
function unionOf(of: string, cases: readonly (readonly string[])[]): Printable {
  const name = `${of}Cases`;
  const unions = cases.map((texts) => texts.map((text) => `\n  | ${text}`).join(""));
  const union = unions.length === 1 ? unions[0] : ` ${unions.map((text) => `(${text}\n)`).join(" & ")}`;
  return {
    name,
    text: `${comment(`Which fields of ${of} stand together.`)}export type ${name} =${union};\n`,
  };
}

const unitedType = (name: string, base: string, of: string, about: string | undefined): Printable => ({
  name,
  text: `${comment(about ?? `A ${of} in one of its cases.`)}export type ${name} = ${base} & ${of}Cases;\n`,
});

/** An object inside of another has a type and a name of its own. */
function identityTypeFields(schema: Schema, scope: TypeScope): InterfaceField[] {
  if (schema["x-kubernetes-embedded-resource"] !== true) return [];
  const { properties, required = [] } = schema;
  const stated = (name: string): Schema => ownProperty(properties, name) ?? { type: "string" };
  return [
    ...["apiVersion", "kind"].map((name) => ({
      name,
      type: typeExpression({ ...stated(name), nullable: false }, scope),
      isRequired: scope.isObserved || !hasDefault(stated(name)),
    })),
    {
      name: "metadata",
      type: scope.reference("EmbeddedObjectMeta"),
      isRequired: hasDefault(stated("metadata")) ? scope.isObserved : required.includes("metadata"),
    },
  ];
}

/** The schema without some of its fields. */
function withoutProperties(schema: Schema, names: readonly string[]): Schema {
  const { properties } = schema;
  if (properties === undefined) return schema;
  const kept = Object.entries(properties).filter(([name]) => !names.includes(name));
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** Whether a field is another one once defaults are in place. */
function differs(node: Schema, { written, observed }: ModuleContext): boolean {
  return hasDefault(node) || typeExpression(node, written) !== typeExpression(node, observed);
}

function typeFields(
  { properties = {}, required = [] }: Schema,
  scope: TypeScope,
  isMeant: (name: string, node: Schema) => boolean = () => true,
): InterfaceField[] {
  return Object.entries(properties)
    .filter(([name, node]) => isMeant(name, node))
    .map(([name, node]) => ({
      name,
      type: typeExpression(node, scope),
      // A field with a default may be left out: the API server puts the default in its place.
      isRequired: scope.isObserved
        ? hasDefault(node) || required.includes(name)
        : required.includes(name) && !hasDefault(node),
      about: documentation(node),
    }));
}

/**
 * Exports every type by its bare name: of a kind with several versions the stored one's, and none where two groups have a
 * kind of one name, or two kinds a definition. Where a name is there already, the later one is to be had from its own
 * module.
 */
function emitTypeIndex(modules: readonly KindModule[], shared: readonly string[], model: Model): string {
  const flat = modules.filter(({ of }) => isFlat(of, modules));
  const all = [...flat.flatMap(({ names }) => names), ...shared];
  const definitions = new Set(flat.flatMap((module) => [...module.definitions]));
  const isShared = (name: string): boolean => all.indexOf(name) !== all.lastIndexOf(name);
  // What each kind calls so for itself, none does for all.
  const taken = new Set(
    [...definitions].filter(isShared).flatMap((name) => endings.map((ending) => `${name}${ending}`)),
  );
  const exportFrom = (names: readonly string[], file: string): string => {
    const free = names.filter((name) => !taken.has(name)).toSorted();
    for (const name of free) taken.add(name);
    if (free.length === 0) return "";
    return `export type {\n${free.map((name) => `  ${name},\n`).join("")}} from "./${file}.ts";\n`;
  };
  return [
    ...flat.map(({ of, names }) => exportFrom(names, moduleName(of, model))),
    exportFrom(shared, "kubernetes"),
  ].join("");
}

function isFlat({ kind, crd, version }: Kind, modules: readonly KindModule[]): boolean {
  const versions = modules.map(({ of }) => of).filter((other) => other.kind === kind);
  return versions.every((other) => other.crd === crd) && (versions.length === 1 || version.storage === true);
}
