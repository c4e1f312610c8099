import { basename, dirname, join, relative } from "node:path/posix";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Declaration, FolderPlan, PatchPlan } from "../model/plan.ts";
import { followedCode } from "./followed.ts";
import { indexModule } from "./index-module.ts";
import { importPath } from "../model/names.ts";
import { patchLeaves } from "../patches/patch-leaves.ts";
import { literalsName, sharedValues, type SharedValues } from "./shared-values.ts";
import {
  call,
  dataCode,
  listCode,
  objectCode,
  printModule,
  codeWord,
  type CodeExpression,
  type Import,
  type Module,
} from "@atlas/typescript/write";

/** The files of the sources, by their path. */
export type Sources = ReadonlyMap<string, string | Uint8Array>;

/**
 * The TypeScript of folders, and the files that it names.
 *
 * @param target the folder that they are for: files that stay where they are are named as seen from there.
 */
export function sourcesOf(folders: readonly FolderPlan[], target: string): Sources {
  const files = new Map<string, string | Uint8Array>();
  const shared = sharedValues(folders);
  for (const plan of folders) {
    files.set(`${plan.folder}/index.ts`, printModule(indexModule(plan)));
    if (plan.names) files.set(plan.names.module, printModule(namesModule(plan)));
    for (const { resources, generators, patches } of plan.steps) {
      for (const declaration of [...resources, ...generators]) {
        const { form, module } = declaration;
        files.set(module, printModule(objectModule(declaration, target, shared)));
        if (form.kind === "external") files.set(join(dirname(module), form.file), form.text);
        for (const { name, text } of literalFilesOf(declaration))
          files.set(join(dirname(module), name), text);
      }
      for (const patch of patches)
        files.set(patch.module, printModule(patchModule(patch, plan.names?.module, shared)));
    }
  }
  return files;
}

const isCast = (casts: readonly string[]) => {
  const paths = new Set(casts);
  return (path: string): boolean => paths.has(path);
};

const castComment = (casts: readonly string[]): string[] =>
  casts.length === 0
    ? []
    : ["`as never`: the types want text or an object there, Kubernetes takes the value as well."];

const fromCompose = (...names: string[]): Import => ({ from: "@atlas/compose", names });

function objectModule(declaration: Declaration, target: string, shared: SharedValues): Module {
  const { name, object, form, module } = declaration;
  const head = `export const ${name} =`;
  switch (form.kind) {
    case "defined": {
      const { type, casts } = form;
      const value = call(`define<${type.name}>()`, dataCode(object, isCast(casts)));
      return {
        imports: [fromCompose("define"), { from: type.from, names: [type.name], isType: true }],
        statements: [{ head, value, comments: castComment(casts) }],
      };
    }
    case "plain": {
      const comments = form.why === undefined ? [] : [`Without the type of its kind: ${form.why}.`];
      return { imports: [], statements: [{ head, value: constant(object), comments }] };
    }
    case "external": {
      const { apiVersion, kind, metadata } = object;
      const file = urlCode(`./${form.file}`);
      const { name: called, namespace } = metadata;
      const named = { name: called, ...(namespace !== undefined && { namespace }) };
      const value = call("external", dataCode({ apiVersion, kind, metadata: named }), file);
      return { imports: [fromCompose("external")], statements: [{ head, value }] };
    }
    default: {
      const { function: make } = form.generator;
      const from = join(target, dirname(module));
      const options = optionCode(optionsOf(declaration, from), from);
      return {
        imports: [{ from: "@atlas/compose/generators", names: [make] }],
        statements: shared.generators.has(declaration)
          ? withLiterals(declaration, options, make)
          : [{ head, value: call(make, options) }],
      };
    }
  }
}

/** A generator whose literals are a constant of their own, for patches to read. */
function withLiterals(declaration: Declaration, options: CodeExpression, make: string): Module["statements"] {
  const { form, name } = declaration;
  const literals = form.kind === "generated" ? form.generator.options.literals : undefined;
  const constantName = literalsName(declaration);
  const fields =
    options.kind === "object"
      ? options.fields.map((field) =>
          field.name === "literals" ? { name: "literals", value: codeWord(constantName) } : field,
        )
      : [];
  return [
    { head: `export const ${constantName} =`, value: constant(literals) },
    { head: `export const ${name} =`, value: call(make, { kind: "object", fields }) },
  ];
}

const urlCode = (path: string): CodeExpression =>
  call("new URL", dataCode(path), codeWord("import.meta.url"));

/** A file that literals of a Secret are written into, as they do not belong in TypeScript. */
interface LiteralFile {
  readonly name: string;
  readonly text: string;
  /** The key whose value it holds; without one, it is an environment file. */
  readonly key?: string;
}

/** Whether a value fits into a line of an environment file. */
const isLine = ([, value]: readonly [string, string]): boolean => !/[\r\n]/.test(value);

function literalFilesOf({ form, module }: Declaration): LiteralFile[] {
  if (form.kind !== "generated" || form.generator.function !== "secretGenerator") return [];
  const stem = basename(module, ".ts");
  const literals = Object.entries(form.generator.options.literals ?? {});
  const lines = literals.filter(isLine).map(([key, value]) => `${key}=${value}\n`);
  const others = literals.filter((each) => !isLine(each));
  return [
    ...(lines.length > 0 ? [{ name: `${stem}.env`, text: lines.join("") }] : []),
    ...others.map(([key, text]) => ({ name: `${stem}.${key}`, text, key })),
  ];
}

/** The options of a generator as its module states them. */
function optionsOf(declaration: Declaration, from: string): Readonly<Record<string, unknown>> {
  const { form } = declaration;
  if (form.kind !== "generated") return {};
  const { literals: _literals, ...options } = form.generator.options;
  const written = literalFilesOf(declaration).map(({ name, key }) => ({
    key,
    url: pathToFileURL(join(from, name)),
  }));
  if (written.length === 0) return { ...form.generator.options };
  const { env = [], files = {}, ...others } = options;
  const envs = [env, written.flatMap(({ key, url }) => (key === undefined ? [url] : []))].flat();
  const all = {
    ...files,
    ...Object.fromEntries(written.flatMap(({ key, url }) => (key === undefined ? [] : [[key, url]]))),
  };
  return {
    ...others,
    ...(envs.length > 0 && { env: envs.length === 1 ? envs[0] : envs }),
    ...(Object.keys(all).length > 0 && { files: all }),
  };
}

/** Options as code; files are named as seen from the module's folder. */
function optionCode(value: unknown, from: string): CodeExpression {
  if (value instanceof URL) {
    const path = relative(from, fileURLToPath(value)).split("/").map(encodeURIComponent).join("/");
    return urlCode(path.startsWith("../") ? path : `./${path}`);
  }
  if (Array.isArray(value)) return listCode(...value.map((item) => optionCode(item, from)));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return dataCode(value);
  const fields = Object.entries(value).map(([name, inner]) => ({ name, value: optionCode(inner, from) }));
  return { kind: "object", fields };
}

/** Data that keeps its literal types. */
const constant = (value: unknown): CodeExpression => ({ kind: "cast", inner: dataCode(value), as: "const" });

const functions = { record: "patch", strategic: "strategicMerge", json: "jsonPatch" } as const;

/** What a layer makes of all names, as constants that its patches follow, too. */
function namesModule({ names, steps }: FolderPlan): Module {
  const statements = (names?.fields ?? []).map((field) => ({
    head: `export const ${field} =`,
    value: dataCode(steps.map(({ transforms }) => transforms[field]).findLast((text) => text !== undefined)),
  }));
  return { imports: [], statements };
}

/** @param layerNames the module of what the layer makes of all names. */
function patchModule(plan: PatchPlan, layerNames: string | undefined, shared: SharedValues): Module {
  const { name, module, targets, form, body, casts, override } = plan;
  const make = functions[form];
  const from = form === "record" ? "@atlas/compose" : "@atlas/compose/patches";
  const followed = followedCode(plan, layerNames, shared);
  const constants = shared.constantsOf(plan);
  const codeAt = (path: string): CodeExpression | undefined => {
    const constantName = constants.get(path);
    return constantName === undefined ? followed.codes.get(path) : codeWord(constantName);
  };
  const imports: Import[] = [{ from, names: [make] }, ...followed.imports];
  const names = targets.map((_, index) => (targets.length === 1 ? "target" : `target${index + 1}`));
  const references = targets.map(({ declaration }, index): CodeExpression => {
    const local = names[index] ?? "";
    imports.push({
      from: importPath(module, declaration.module),
      names: [aliased(declaration.name, local)],
    });
    return codeWord(declaration.form.kind === "generated" ? `${local}.object` : local);
  });
  const [only] = references;
  const bases = [...new Set(targets.flatMap(({ in: base }) => base ?? []))];
  const baseNames = new Map(
    bases.map((base, index) => [base, bases.length === 1 ? "base" : `base${index + 1}`]),
  );
  for (const [base, defaultName] of baseNames)
    imports.push({ from: importPath(module, `${base.folder}/index.ts`), defaultName });
  const options = targets.map(({ in: base }) => optionsCode(base && baseNames.get(base), override));
  const comments = castComment(casts);
  const head = `export const ${name} =`;
  if (only && references.length === 1) {
    const value = call(make, only, dataCode(body, isCast(casts), codeAt), ...(options[0] ?? []));
    const stated = [...patchLeaves(body, "", [])].flatMap(({ path, value: leaf }) => {
      const constantName = constants.get(path);
      return constantName === undefined
        ? []
        : [{ head: `export const ${constantName} =`, value: dataCode(leaf) }];
    });
    return { imports, statements: [...stated, { head, value, comments }] };
  }
  const items = references.map((reference, index) =>
    call(make, reference, codeWord("body"), ...(options[index] ?? [])),
  );
  return {
    imports,
    statements: [
      { head: "const body =", value: constant(body) },
      { head, value: listCode(...items) },
    ],
  };
}

/** What a patch says besides its body; nothing where that is all. */
function optionsCode(base: string | undefined, override: boolean): CodeExpression[] {
  if (base === undefined && !override) return [];
  const named = base === undefined ? undefined : codeWord(base);
  return [objectCode({ in: named, override: override ? dataCode(true) : undefined })];
}

const aliased = (name: string, local: string): string => (name === local ? name : `${name} as ${local}`);
