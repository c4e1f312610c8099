/** A type of `kubernetes-types`, as its declarations state it. */
export type DeclaredType =
  | { readonly kind: "word"; readonly name: string; readonly module: string }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "list"; readonly items: DeclaredType }
  | { readonly kind: "map"; readonly values: DeclaredType }
  | { readonly kind: "union"; readonly members: readonly DeclaredType[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, DeclaredField> };

export interface DeclaredField {
  readonly type: DeclaredType;
  readonly isOptional: boolean;
}

/** What is left of a type's text, as words and marks. */
interface Tokens {
  readonly list: readonly string[];
  next: number;
  readonly module: string;
}

/**
 * Reads a type as the declarations of `kubernetes-types` write it.
 *
 * @param module where the names in it are declared or imported.
 * @throws {Error} for a form that they have not had so far.
 */
export function parseType(text: string, module: string): DeclaredType {
  return union({ list: text.match(/"[^"]*"|[\w$]+|[{}[\]<>|?:;]/g) ?? [], next: 0, module });
}

function takeToken(tokens: Tokens, wanted?: string): string {
  const token = tokens.list[tokens.next++] ?? "";
  if (wanted === undefined || token === wanted) return token;
  throw new Error(`kubernetes-types/${tokens.module}: expected ${wanted}, got "${token}"`);
}

function accept(tokens: Tokens, wanted: string): boolean {
  const isThere = tokens.list[tokens.next] === wanted;
  if (isThere) tokens.next++;
  return isThere;
}

function union(tokens: Tokens): DeclaredType {
  const members = [listOrSingle(tokens)];
  while (accept(tokens, "|")) members.push(listOrSingle(tokens));
  const [first, ...others] = members;
  return first && others.length === 0 ? first : { kind: "union", members };
}

function listOrSingle(tokens: Tokens): DeclaredType {
  let type = single(tokens);
  while (accept(tokens, "[")) {
    takeToken(tokens, "]");
    type = { kind: "list", items: type };
  }
  return type;
}

function single(tokens: Tokens): DeclaredType {
  const token = takeToken(tokens);
  if (token === "{") return objectOrMap(tokens);
  if (token.startsWith('"')) return { kind: "literal", value: token.slice(1, -1) };
  if (token !== "Array") return { kind: "word", name: token, module: tokens.module };
  takeToken(tokens, "<");
  const items = union(tokens);
  takeToken(tokens, ">");
  return { kind: "list", items };
}

function objectOrMap(tokens: Tokens): DeclaredType {
  const fields = new Map<string, DeclaredField>();
  let values: DeclaredType | undefined;
  while (!accept(tokens, "}")) {
    if (accept(tokens, "[")) {
      while (takeToken(tokens) !== "]");
      takeToken(tokens, ":");
      values = union(tokens);
    } else {
      const [name, field] = fieldIn(tokens);
      fields.set(name, field);
    }
    accept(tokens, ";");
  }
  return values ? { kind: "map", values } : { kind: "object", fields };
}

function fieldIn(tokens: Tokens): [string, DeclaredField] {
  const { list, next } = tokens;
  const isReadonly = list[next] === "readonly" && list[next + 1] !== ":" && list[next + 1] !== "?";
  if (isReadonly) tokens.next++;
  const name = takeToken(tokens).replaceAll('"', "");
  const isOptional = accept(tokens, "?");
  takeToken(tokens, ":");
  return [name, { type: union(tokens), isOptional }];
}
