import {
  parseSync,
  type ImportDeclarationSpecifier,
  type Statement,
  type TSSignature,
  type TSType,
} from "oxc-parser";
import { keyName } from "./key-name.ts";

/** A type, as a file of declarations states it. */
export type DeclaredType =
  /** `string`, a type of a name, and any other form, as it is written; names in it are those of the module. */
  | { readonly kind: "word"; readonly name: string; readonly module: string }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "list"; readonly items: DeclaredType }
  | { readonly kind: "map"; readonly values: DeclaredType }
  | { readonly kind: "union"; readonly members: readonly DeclaredType[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, DeclaredField> };

/** A field of a declared object. */
export interface DeclaredField {
  readonly type: DeclaredType;
  readonly isOptional: boolean;
}

/** The types of one module, and where those that it imports come from. */
export interface DeclaredModule {
  readonly types: ReadonlyMap<string, DeclaredType>;
  /** What each imported name is imported from, as it is written. */
  readonly origins: ReadonlyMap<string, string>;
}

/** What is read, and what the names in it belong to. */
interface DeclarationSource {
  readonly text: string;
  readonly module: string;
}

/**
 * The interfaces and types that a file of declarations exports.
 *
 * @param module what its names belong to, for who looks them up.
 * @throws {Error} when the text does not parse.
 * @example
 * declarationsIn("export interface A { b?: Array<string> }", "a").types.get("A");
 * // { kind: "object", fields: b, optional, a list of the word string }
 */
export function declarationsIn(text: string, module: string): DeclaredModule {
  const { program, errors } = parseSync(`${module}.d.ts`, text);
  const [error] = errors;
  if (error) throw new Error(`${module}: ${error.message}`);
  const imported = program.body.flatMap((statement) =>
    statement.type === "ImportDeclaration"
      ? statement.specifiers.map((each) => [localName(each), statement.source.value] as const)
      : [],
  );
  const source = { text, module };
  return {
    types: new Map(program.body.flatMap((statement) => exportedType(statement, source))),
    origins: new Map(imported),
  };
}

const localName = ({ local }: ImportDeclarationSpecifier): string => local.name;

function exportedType(statement: Statement, source: DeclarationSource): [string, DeclaredType][] {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
  switch (declaration?.type) {
    case "TSInterfaceDeclaration":
      return [[declaration.id.name, objectDeclaration(declaration.body.body, source)]];
    case "TSTypeAliasDeclaration":
      return [[declaration.id.name, declaredTypeOf(declaration.typeAnnotation, source)]];
    default:
      return [];
  }
}

function declaredTypeOf(type: TSType, source: DeclarationSource): DeclaredType {
  switch (type.type) {
    case "TSTypeReference": {
      const [items] = type.typeArguments?.params ?? [];
      const isList = items && type.typeName.type === "Identifier" && type.typeName.name === "Array";
      return isList ? { kind: "list", items: declaredTypeOf(items, source) } : wordOf(type, source);
    }
    case "TSArrayType":
      return { kind: "list", items: declaredTypeOf(type.elementType, source) };
    case "TSUnionType":
      return { kind: "union", members: type.types.map((member) => declaredTypeOf(member, source)) };
    case "TSTypeLiteral":
      return objectDeclaration(type.members, source);
    case "TSLiteralType":
      return type.literal.type === "Literal" && typeof type.literal.value === "string"
        ? { kind: "literal", value: type.literal.value }
        : wordOf(type, source);
    case "TSParenthesizedType":
      return declaredTypeOf(type.typeAnnotation, source);
    default:
      return wordOf(type, source);
  }
}

const wordOf = ({ start, end }: TSType, { text, module }: DeclarationSource): DeclaredType => ({
  kind: "word",
  name: text.slice(start, end),
  module,
});

/** An object of fields, or a map where it has a value for any name. */
function objectDeclaration(members: readonly TSSignature[], source: DeclarationSource): DeclaredType {
  const fields = new Map<string, DeclaredField>();
  for (const member of members) {
    if (member.type === "TSIndexSignature")
      return { kind: "map", values: declaredTypeOf(member.typeAnnotation.typeAnnotation, source) };
    if (member.type !== "TSPropertySignature" || !member.typeAnnotation) continue;
    const name = keyName(member);
    const type = declaredTypeOf(member.typeAnnotation.typeAnnotation, source);
    if (name !== undefined) fields.set(name, { type, isOptional: member.optional });
  }
  return { kind: "object", fields };
}
