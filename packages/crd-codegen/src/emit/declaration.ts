import { compile, type JSONSchema } from "json-schema-to-typescript";
import { comment, safe } from "./documentation.ts";

/** One field of an interface: its type as text, and what is said of it. */
export interface InterfaceField {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly about?: string | undefined;
}

/** What an interface is declared of. */
export interface InterfaceDeclaration {
  readonly name: string;
  readonly about?: string | undefined;
  /** The interface that it extends. */
  readonly base?: string;
  readonly fields: readonly InterfaceField[];
  /** Whether it may have fields that it does not declare. */
  readonly isOpen?: boolean;
}

/**
 * Interfaces as text, in their order. Their fields are printed by json-schema-to-typescript, all in one go and the same ones
 * once, since it takes its time; it would give them other names (`K8SWidget` for `K8sWidget`), so that the heads are printed
 * around the fields.
 */
export async function printInterfaces(declarations: readonly InterfaceDeclaration[]): Promise<string[]> {
  const keys = declarations.map(({ fields, isOpen }) => JSON.stringify([fields, isOpen]));
  const distinct = new Map(keys.map((key, index) => [key, objectSchemaOf(declarations[index])]));
  const definitions = [...distinct.values()].map(
    (object, index) => [`${standInName}${index}`, object] as const,
  );
  const schema: JSONSchema = {
    title: standInName,
    type: "object",
    definitions: Object.fromEntries(definitions),
  };
  const text = await compile(schema, standInName, {
    format: false,
    bannerComment: "",
    unreachableDefinitions: true,
  });
  const printed = new Map(
    [...text.matchAll(/^export interface Declaration(\d+) \{$([^]*?)^\}$/gm)].map(([, index, body = ""]) => [
      Number(index),
      layOut(body.trim()),
    ]),
  );
  const bodies = new Map([...distinct.keys()].map((key, index) => [key, printed.get(index) ?? []]));
  return declarations.map((declaration, index) => around(declaration, bodies.get(keys[index] ?? "") ?? []));
}

const standInName = "Declaration";

function objectSchemaOf({ fields = [], isOpen = false }: Partial<InterfaceDeclaration> = {}): JSONSchema {
  const known = fields.filter((field) => field.name !== calledMethod);
  return {
    type: "object",
    properties: Object.fromEntries(known.map((field) => [field.name, tsField(field)])),
    required: known.filter(({ isRequired }) => isRequired).map((field) => field.name),
    additionalProperties: isOpen,
  };
}

function around({ name, about, base, fields }: InterfaceDeclaration, body: readonly string[]): string {
  const extension = base === undefined ? "" : `extends ${base} `;
  const others = fields.filter((field) => field.name === calledMethod).map(line);
  return `${about === undefined ? "" : comment(about)}export interface ${name} ${extension}{\n${[...others, ...body].join("\n")}\n}\n`;
}

const tsField = ({ type, about }: InterfaceField): JSONSchema => ({
  tsType: type,
  ...(about !== undefined && { description: safe(about) }),
});

/** What json-schema-to-typescript calls on the object of all fields, so that there can be no field of that name. */
const calledMethod = "hasOwnProperty";

const line = ({ name, type, isRequired, about }: InterfaceField): string => {
  const text = about === undefined ? "" : comment(about).replaceAll(/^(?=.)/gm, "  ");
  return `${text}  ${name}${isRequired ? "" : "?"}: ${type};`;
};

/** Indents the fields of an interface, and ends them with a semicolon. */
function layOut(body: string): string[] {
  let isComment = false;
  return body.split("\n").flatMap((text) => {
    const starts = text.startsWith("/**");
    const inside = isComment || starts;
    if (starts) isComment = true;
    if (text.endsWith("*/")) isComment = false;
    if (text.trim() === "") return [];
    return [inside ? `  ${text.trimEnd()}` : wrapped(`  ${text};`)];
  });
}

/** A union that is too long for a line has a line for each of its members. */
function wrapped(text: string): string {
  const [, field, union, end] = /^( {2}.+?\??: \(?)(.* \| .*?)(\)(?:\[\])+;|;)$/.exec(text) ?? [];
  // A bar inside of braces or brackets belongs to a part.
  if (text.length <= 110 || union === undefined || /[{}()]/.test(union)) return text;
  const members = union.split(" | ").map((member) => `\n    | ${member}`);
  return `${field?.trimEnd()}${members.join("")}${end === ";" ? end : `\n  ${end}`}`;
}
