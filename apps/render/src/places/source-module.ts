import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Position } from "@atlas/compose/places";
import { requestsOf, type ModuleRequest } from "@atlas/typescript/read";
import {
  parseSync,
  Visitor,
  type CallExpression,
  type EcmaScriptModule,
  type Expression,
  type ParamPattern,
  type Span,
  type StaticExportEntry,
} from "oxc-parser";

/** A name that a module binds, where it holds, and what it stands for: nothing that can be read, for a parameter. */
interface ModuleBinding {
  readonly name: string;
  readonly scope: Span;
  readonly start: number;
  readonly value: Expression | undefined;
}

/** A module of TypeScript or JavaScript, as far as it says where values come from. */
export interface SourceModule {
  readonly file: string;
  readonly text: string;
  /** The offsets at which its lines start. */
  readonly lines: readonly number[];
  readonly calls: readonly CallExpression[];
  readonly bindings: readonly ModuleBinding[];
  /** What it imports, by the names that it uses. */
  readonly imports: ReadonlyMap<string, Link>;
  /** What it exports, by name: of another module, or by its own name here; `undefined` is the default expression. */
  readonly exports: ReadonlyMap<string, Link | string | undefined>;
  /** The modules that it names in any import or export, and where. */
  readonly requests: readonly ModuleRequest[];
  /** The modules all of whose names it exports. */
  readonly stars: readonly string[];
  readonly defaultExport: Expression | undefined;
}

/** A name that another module exports. */
export interface Link {
  readonly request: string;
  readonly name: string;
}

const modules = new Map<string, SourceModule | undefined>();

/** The module in a file, which is parsed once; undefined for what can't be read or parsed. */
export function sourceModule(file: string): SourceModule | undefined {
  if (!modules.has(file)) modules.set(file, parseModule(file));
  return modules.get(file);
}

function parseModule(file: string): SourceModule | undefined {
  try {
    const text = readFileSync(file, "utf8");
    const { program, module, errors } = parseSync(file, text);
    return errors.length > 0
      ? undefined
      : { file, text, lines: lineStarts(text), ...collectModule(program), ...linksOf(module, text) };
  } catch {
    return undefined;
  }
}

const lineStarts = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1),
];

function linksOf(
  module: EcmaScriptModule,
  text: string,
): Pick<SourceModule, "imports" | "exports" | "stars" | "requests"> {
  const { staticImports, staticExports } = module;
  const imports = staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.map(({ localName, importName }): [string, Link] => [
      localName.value,
      {
        request: moduleRequest.value,
        name: importName.name ?? (importName.start === null ? "*" : "default"),
      },
    ]),
  );
  const entries = staticExports.flatMap((statement) => statement.entries);
  const exports = entries
    .filter((entry) => !isStar(entry))
    .map(({ exportName, importName, localName, moduleRequest }): [string, Link | string | undefined] => [
      exportName.name ?? "default",
      moduleRequest
        ? { request: moduleRequest.value, name: importName.name ?? "*" }
        : (localName.name ?? undefined),
    ]);
  const stars = entries.filter(isStar).flatMap(({ moduleRequest }) => moduleRequest?.value ?? []);
  return {
    imports: new Map(imports),
    exports: new Map(exports),
    stars,
    requests: requestsOf(module, text),
  };
}

/** `export * from` another module. */
const isStar = ({ moduleRequest, exportName }: StaticExportEntry): boolean =>
  moduleRequest !== null && exportName.name === null;

type Collected = Pick<SourceModule, "calls" | "bindings" | "defaultExport">;

function collectModule(program: Parameters<Visitor["visit"]>[0]): Collected {
  const calls: CallExpression[] = [];
  const bindings: ModuleBinding[] = [];
  const whole = { start: 0, end: Infinity };
  const scopes: Span[] = [whole];
  let defaultExport: Expression | undefined;
  const enter = (scope: Span): number => scopes.push(scope);
  const enterFunction = (scope: Span & { params: readonly ParamPattern[] }): void => {
    for (const name of scope.params.flatMap(namesOf))
      bindings.push({ name, scope, start: scope.start, value: undefined });
  };
  const leave = (): Span | undefined => scopes.pop();
  new Visitor({
    BlockStatement: enter,
    "BlockStatement:exit": leave,
    ArrowFunctionExpression: enterFunction,
    FunctionDeclaration: enterFunction,
    FunctionExpression: enterFunction,
    CallExpression: (call) => calls.push(call),
    VariableDeclarator({ id, init }) {
      const scope = scopes.at(-1) ?? whole;
      if (id.type === "Identifier")
        bindings.push({ name: id.name, scope, start: id.start, value: init ?? undefined });
    },
    ExportDefaultDeclaration({ declaration }) {
      defaultExport = declaration as Expression;
    },
  }).visit(program);
  return { calls, bindings, defaultExport };
}

function namesOf(param: ParamPattern): string[] {
  if (param.type === "Identifier") return [param.name];
  if (param.type === "AssignmentPattern") return namesOf(param.left);
  if (param.type !== "ObjectPattern") return [];
  return param.properties.flatMap((property) =>
    property.type === "Property" ? namesOf(property.value as ParamPattern) : [],
  );
}

/** The binding that a name means at an offset: that of the innermost scope. */
export function bindingOf(
  name: string,
  offset: number,
  { bindings }: SourceModule,
): ModuleBinding | undefined {
  return bindings
    .filter(({ name: other, scope }) => other === name && scope.start <= offset && offset <= scope.end)
    .toSorted((a, b) => b.scope.start - a.scope.start)[0];
}

/** The module that another imports by this name; undefined for what is not found, and for Node's own. */
export function importedModule(name: string, from: string): SourceModule | undefined {
  try {
    const file = createRequire(from).resolve(name);
    return file.startsWith("node:") ? undefined : sourceModule(file);
  } catch {
    return undefined;
  }
}

/** The path of a file that a stack or a URL names. */
export const filePath = (file: string): string =>
  file.startsWith("file:") ? fileURLToPath(file.replace(/[?#].*$/, "")) : file;

/** The line and column of an offset: of the last line that starts there or before. */
export function positionIn({ lines }: SourceModule, offset: number): Position {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const line = Math.max(low, 1);
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
}
