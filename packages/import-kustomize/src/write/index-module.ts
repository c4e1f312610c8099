import { basename } from "node:path/posix";
import type { LayerContent } from "@atlas/compose";
import { camelCase, firstFree, importPath } from "../model/names.ts";
import type { ContentPlan, FolderPlan, NameField } from "../model/plan.ts";
import { sourceTransforms } from "../transforms/transforms.ts";
import { importedNames, layerNamesAmong } from "./followed.ts";
import {
  call,
  dataCode,
  codeWord,
  fieldCode,
  listCode,
  type CodeExpression,
  type CodeField,
  type Import,
  type Module,
} from "@atlas/typescript/write";

/** The module that says what a base, an overlay or a component is made of. */
export function indexModule(plan: FolderPlan): Module {
  const { folder, steps, bases, isComponent } = plan;
  const index = `${folder}/index.ts`;
  const own = steps.flatMap(({ resources, generators, patches }) => [
    ...resources,
    ...generators,
    ...patches,
  ]);
  const imports: Import[] = own.map(({ name, module }) => ({
    from: importPath(index, module),
    names: [name],
  }));
  const used = new Set(own.map(({ name }) => name));
  const others = [...bases, ...steps.flatMap(({ components }) => components)];
  const names = new Map(others.map((other) => [other, defaultName(other, bases.length === 1, used)]));
  for (const [other, name] of names)
    imports.push({ from: importPath(index, `${other.folder}/index.ts`), defaultName: name });
  const stated = layerNamesAmong(plan.names?.fields ?? [], used);
  const layers = bases.map((base) => codeWord(names.get(base) ?? ""));
  const functions = new Set<string>();
  let value: CodeExpression | undefined;
  for (const step of steps) {
    const fields = stepFields(step, names).map((field) => namedBy(field, stated));
    const below = value ? [value] : layers;
    const make = isComponent ? "component" : below.length > 0 ? "overlay" : "base";
    functions.add(make);
    const all = [...belowField(below, isComponent), ...fields];
    value = call(make, { kind: "object", isOpen: true, fields: all });
  }
  if (plan.names) imports.push({ from: importPath(index, plan.names.module), names: importedNames(stated) });
  imports.push({ from: "@atlas/compose", names: [...functions] });
  return { imports, statements: value ? [{ head: "export default", value }] : [] };
}

/** A field whose value is a constant of its own is named by it, alone where both are called the same. */
function namedBy(field: CodeField, stated: ReadonlyMap<NameField, string>): CodeField {
  const [name, local] = [...stated].find(([each]) => each === field.name) ?? [];
  if (name === undefined || local === undefined || !field.value) return field;
  return { ...fieldCode(name, codeWord(local)), ...(field.comments && { comments: field.comments }) };
}

/** A lone base is called so; others by their folders. */
function defaultName({ folder, isComponent }: FolderPlan, isLone: boolean, used: Set<string>): string {
  if (isLone && !isComponent) return "base";
  const name = basename(folder);
  return camelCase(firstFree([name, `${name} ${isComponent ? "component" : "base"}`], used));
}

function belowField(below: readonly CodeExpression[], isComponent: boolean): CodeField[] {
  const [only] = below;
  if (!only) return [];
  const list = listCode(...below);
  if (isComponent) return [{ name: "components", value: list }];
  return [fieldCode("base", below.length === 1 ? only : list)];
}

const namesCode = (words: readonly string[]): CodeExpression | undefined =>
  words.length === 0 ? undefined : listCode(...words.map(codeWord));

function stepFields(step: ContentPlan, components: ReadonlyMap<FolderPlan, string>): CodeField[] {
  const { resources, generators, patches, transforms, omitted } = step;
  const stated = (isName: boolean): [keyof LayerContent, CodeExpression | undefined][] =>
    sourceTransforms
      .filter(({ phase }) => (phase === "names") === isName)
      .map(({ field }) => [field, transforms[field] === undefined ? undefined : dataCode(transforms[field])]);
  const values: [keyof LayerContent, CodeExpression | undefined][] = [
    ...stated(true),
    ["resources", namesCode(resources.map(({ name }) => name))],
    ["generators", namesCode(generators.map(({ name }) => name))],
    ["components", namesCode(step.components.map((component) => components.get(component) ?? ""))],
    ["patches", namesCode(patches.map(({ name, targets }) => (targets.length > 1 ? `...${name}` : name)))],
    ...stated(false),
  ];
  return values.flatMap(([name, value]): CodeField[] => {
    const above = omitted[name] ?? [];
    if (value) return [{ name, value, comments: above }];
    return above.length > 0 ? [{ comments: above }] : [];
  });
}
