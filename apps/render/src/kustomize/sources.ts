import { dirname, join } from "node:path/posix";
import type { Declaration, FolderPlan, PatchPlan } from "./plan.ts";
import { indexModule } from "./index-module.ts";
import { importPath } from "./names.ts";
import { call, dataCode, printModule, word, type Code, type Import, type Module } from "./typescript.ts";

/** The files of the sources, by their path. */
export type Sources = ReadonlyMap<string, string | Uint8Array>;

/** The TypeScript of folders, and the YAML files that it names. */
export function sourcesOf(folders: readonly FolderPlan[]): Sources {
  const files = new Map<string, string | Uint8Array>();
  for (const plan of folders) {
    files.set(`${plan.folder}/index.ts`, printModule(indexModule(plan)));
    for (const { resources, generators, patches } of plan.steps) {
      for (const declaration of [...resources, ...generators]) {
        files.set(declaration.module, printModule(objectModule(declaration)));
        const { form, module } = declaration;
        if (form.kind === "external") files.set(join(dirname(module), form.file), form.text);
      }
      for (const patch of patches) files.set(patch.module, printModule(patchModule(patch)));
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

const compose = (...names: string[]): Import => ({ from: "@atlas/compose", names });

function objectModule({ name, object, form }: Declaration): Module {
  const head = `export const ${name} =`;
  switch (form.kind) {
    case "defined": {
      const { type, casts } = form;
      const value = call(`define<${type.name}>()`, dataCode(object, isCast(casts)));
      return {
        imports: [compose("define"), { from: type.from, names: [type.name], isType: true }],
        statements: [{ head, value, comments: castComment(casts) }],
      };
    }
    case "plain": {
      const comments = form.why === undefined ? [] : [`Without the type of its kind: ${form.why}.`];
      return { imports: [], statements: [{ head, value: constant(object), comments }] };
    }
    case "external": {
      const { apiVersion, kind, metadata } = object;
      const file = call("new URL", dataCode(`./${form.file}`), word("import.meta.url"));
      const value = call("external", dataCode({ apiVersion, kind, metadata: { name: metadata.name } }), file);
      return { imports: [compose("external")], statements: [{ head, value }] };
    }
    default: {
      const { function: make, options } = form.generator;
      return {
        imports: [{ from: "@atlas/compose/generators", names: [make] }],
        statements: [{ head, value: call(make, dataCode(options)) }],
      };
    }
  }
}

/** Data that keeps its literal types. */
const constant = (value: unknown): Code => ({ kind: "cast", inner: dataCode(value), as: "const" });

const functions = { record: "patch", strategic: "strategicMerge", json: "jsonPatch" } as const;

function patchModule(plan: PatchPlan): Module {
  const { name, module, targets, form, body, casts, override } = plan;
  const make = functions[form];
  const from = form === "record" ? "@atlas/compose" : "@atlas/compose/patches";
  const imports: Import[] = [{ from, names: [make] }];
  const options = override ? [dataCode({ override: true })] : [];
  const names = targets.map((_, index) => (targets.length === 1 ? "target" : `target${index + 1}`));
  const references = targets.map((target, index): Code => {
    const local = names[index] ?? "";
    imports.push({ from: importPath(module, target.module), names: [aliased(target.name, local)] });
    return word(target.form.kind === "generated" ? `${local}.object` : local);
  });
  const [only] = references;
  const comments = castComment(casts);
  const head = `export const ${name} =`;
  if (only && references.length === 1) {
    const value = call(make, only, dataCode(body, isCast(casts)), ...options);
    return { imports, statements: [{ head, value, comments }] };
  }
  const items = references.map((reference) => call(make, reference, word("body"), ...options));
  return {
    imports,
    statements: [
      { head: "const body =", value: constant(body) },
      { head, value: { kind: "list", items } },
    ],
  };
}

const aliased = (name: string, local: string): string => (name === local ? name : `${name} as ${local}`);
