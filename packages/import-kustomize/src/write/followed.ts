import type { Declaration, Followed, NameField, PatchPlan, Piece } from "../model/plan.ts";
import { camelCase, firstFree, importPath } from "../model/names.ts";
import { literalsName, type SharedValues } from "./shared-values.ts";
import {
  accessors,
  dataCode,
  template,
  codeWord,
  type CodeExpression,
  type Import,
} from "@atlas/typescript/write";

/** What a module reads instead of stating it, and what it imports for that. */
export interface FollowedCode {
  readonly imports: readonly Import[];
  /** The code of a value, by its place in the patch's body. */
  readonly codes: ReadonlyMap<string, CodeExpression>;
}

/**
 * The values of a patch that are read from constants of other modules.
 *
 * @param names the module of the constants of the layer's names.
 */
export function followedCode(plan: PatchPlan, names: string | undefined, shared: SharedValues): FollowedCode {
  const { module, targets, followed = [] } = plan;
  const imports: Import[] = [];
  const locals = new Map<Declaration, string>();
  const own = [plan.name, ...shared.constantsOf(plan).values()];
  const used = new Set([...own, "body", "base", "patch", "strategicMerge", "jsonPatch"]);
  const ofLayer = followed.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === "name" ? [piece.field] : [])),
  );
  const fields = layerNamesAmong(ofLayer, used);
  const localOf = (declaration: Declaration): string => {
    const known = locals.get(declaration);
    if (known !== undefined) return known;
    const [target, ...more] = targets;
    const isOwn = target?.declaration === declaration && more.length === 0;
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
  const others = new Map<string, Map<string, string>>();
  /** What another module exports, by the name that it has here. */
  const exported = (from: string, constant: string): string => {
    const known = others.get(from) ?? new Map<string, string>();
    others.set(from, known);
    const local = known.get(constant) ?? camelCase(firstFree([constant, `${constant} source`], used));
    known.set(constant, local);
    return local;
  };
  const read = (piece: Exclude<Piece, { kind: "text" }>): string => {
    switch (piece.kind) {
      case "name":
        return fields.get(piece.field) ?? piece.field;
      case "literal": {
        const { declaration, key, part } = piece;
        return partText(
          `${exported(declaration.module, literalsName(declaration))}${accessors([key])}`,
          part,
        );
      }
      case "patched": {
        const constant = shared.constantsOf(piece.patch).get(piece.path) ?? "";
        return partText(exported(piece.patch.module, constant), piece.part);
      }
      default:
        return partText(`${localOf(piece.declaration)}${accessors(piece.fields)}`, piece.part);
    }
  };
  const codes = new Map(followed.map(({ path, pieces }) => [path, codeOf(pieces, read)]));
  for (const [from, constants] of others)
    imports.push({ from: importPath(module, from), names: importedNames(constants) });
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

function codeOf(
  pieces: Followed["pieces"],
  read: (piece: Exclude<Piece, { kind: "text" }>) => string,
): CodeExpression {
  const [only, ...others] = pieces;
  if (only && only.kind !== "text" && others.length === 0) return codeWord(read(only));
  return template(pieces.map((piece) => (piece.kind === "text" ? piece.text : { word: read(piece) })));
}

function partText(
  whole: string,
  part: { readonly delimiter: string; readonly index: number } | undefined,
): string {
  if (!part) return whole;
  const delimiter = dataCode(part.delimiter);
  return `${whole}.split(${delimiter.kind === "text" ? JSON.stringify(delimiter.value) : ""})[${part.index}] ?? ""`;
}
