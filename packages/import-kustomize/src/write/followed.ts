import type { Declaration, Followed, NameField, PatchPlan, Piece } from "../model/plan.ts";
import { camelCase, firstFree, importPath } from "../model/names.ts";
import { accessors, dataCode, template, word, type Code, type Import } from "./typescript.ts";

/** What a module reads instead of stating it, and what it imports for that. */
export interface FollowedCode {
  readonly imports: readonly Import[];
  /** The code of a value, by its place in the patch's body. */
  readonly codes: ReadonlyMap<string, Code>;
}

/**
 * The values of a patch that are read from constants of other modules.
 *
 * @param names the module of the constants of the layer's names.
 */
export function followedCode(
  { name, module, targets, followed = [] }: PatchPlan,
  names: string | undefined,
): FollowedCode {
  const imports: Import[] = [];
  const locals = new Map<Declaration, string>();
  const used = new Set([name, "body", "base", "patch", "strategicMerge", "jsonPatch"]);
  const ofLayer = followed.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === "name" ? [piece.field] : [])),
  );
  const fields = layerNamesAmong(ofLayer, used);
  const localOf = (declaration: Declaration): string => {
    const known = locals.get(declaration);
    if (known !== undefined) return known;
    const [own, ...others] = targets;
    const isOwn = own?.declaration === declaration && others.length === 0;
    const local = isOwn
      ? "target"
      : used.has(declaration.name)
        ? `${declaration.name}Source`
        : declaration.name;
    locals.set(declaration, local);
    used.add(local);
    if (!isOwn) {
      const imported = local === declaration.name ? local : `${declaration.name} as ${local}`;
      imports.push({ from: importPath(module, declaration.module), names: [imported] });
    }
    return local;
  };
  const read = (piece: Exclude<Piece, { kind: "text" }>): string =>
    piece.kind === "field"
      ? fieldText(piece, localOf(piece.declaration))
      : (fields.get(piece.field) ?? piece.field);
  const codes = new Map(followed.map(({ path, pieces }) => [path, codeOf(pieces, read)]));
  if (names !== undefined && fields.size > 0)
    imports.push({ from: importPath(module, names), names: importedNames(fields) });
  return { imports, codes };
}

/** What a module calls the constants of a layer's names: as they are called, where nothing else there is called so. */
export function layerNamesAmong(
  fields: readonly NameField[],
  used: Set<string>,
): ReadonlyMap<NameField, string> {
  return new Map(
    [...new Set(fields)].map((field) => [field, camelCase(firstFree([field, `layer ${field}`], used))]),
  );
}

/** How a module imports constants under the names that it has for them. */
export const importedNames = (locals: ReadonlyMap<string, string>): string[] =>
  [...locals].map(([name, local]) => (name === local ? name : `${name} as ${local}`));

function codeOf(pieces: Followed["pieces"], read: (piece: Exclude<Piece, { kind: "text" }>) => string): Code {
  const [only, ...others] = pieces;
  if (only && only.kind !== "text" && others.length === 0) return word(read(only));
  return template(pieces.map((piece) => (piece.kind === "text" ? piece.text : { word: read(piece) })));
}

function fieldText({ fields, part }: Piece & { kind: "field" }, local: string): string {
  const whole = `${local}${accessors(fields)}`;
  if (!part) return whole;
  const delimiter = dataCode(part.delimiter);
  return `${whole}.split(${delimiter.kind === "text" ? JSON.stringify(delimiter.value) : ""})[${part.index}] ?? ""`;
}
