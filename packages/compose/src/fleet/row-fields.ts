import { describe } from "../problems/described.ts";
import { undefinedField } from "../problems/field-problems.ts";
import { isObject, type PlainObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";

/** What a field of a row holds; a list of words stands for one of them. */
export type FieldType = "string" | "integer" | "number" | "boolean" | readonly [string, ...string[]];

/** The fields of a row by name. A row may lack a field whose name is followed by a question mark: `"replicas?"`. */
export type RowFields = Readonly<Record<string, FieldType>>;

type FieldValue<T extends FieldType> = T extends readonly string[]
  ? T[number]
  : T extends "string"
    ? string
    : T extends "boolean"
      ? boolean
      : number;

/** A row that has these fields. */
export type RowOf<F extends RowFields> = {
  readonly [K in keyof F as K extends `${string}?` ? never : K]: FieldValue<F[K]>;
} & { readonly [K in keyof F as K extends `${infer Name}?` ? Name : never]?: FieldValue<F[K]> };

/** A problem of a row; its path is within the row: a field's name, or nothing for the row itself. */
export type RowProblem = Problem & { readonly path: string };

const typeExpectations = {
  string: "text",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
};
const isTypeName = (type: unknown): type is keyof typeof typeExpectations =>
  typeof type === "string" && Object.hasOwn(typeExpectations, type);

/** A field's name without the mark of those that a row may lack. */
const bare = (name: string): string => name.replace(/\?$/, "");

/** The types that are none, which only fields that are not type-checked can have. */
export function typeProblems(fields: RowFields): Problem[] {
  const known = Object.keys(typeExpectations);
  return Object.entries<unknown>(fields).flatMap(([name, type]) => {
    const isWords = Array.isArray(type) && type.length > 0 && type.every((word) => typeof word === "string");
    if (isWords || isTypeName(type)) return [];
    return [
      {
        path: `fields.${name}`,
        code: "fleet-type-unknown",
        what: `${describe(type)} is not a type of a field`,
        expected: `one of: ${known.join(", ")}; or a list of words`,
        fix: didYouMean(String(type), known, "name one of them"),
      },
    ];
  });
}

/** What keeps a row from being one of these fields; without fields, any object is a row. */
export function rowProblems(row: unknown, fields: RowFields | undefined): RowProblem[] {
  const known = Object.keys(fields ?? {}).map(bare);
  if (!isObject(row)) {
    const expected = known.length > 0 ? `an object with the fields ${known.join(", ")}` : "an object";
    return [
      {
        path: "",
        code: "type-mismatch",
        what: `got ${describe(row)}`,
        expected,
        fix: "state the fields of the row",
      },
    ];
  }
  if (!fields) {
    const unset = Object.keys(row).filter((name) => row[name] === undefined);
    return [
      ...(Object.hasOwn(row, "__proto__") ? [unknownRowField("__proto__", known)] : []),
      ...unset.map((name) => undefinedField(name)),
    ];
  }
  return [
    ...Object.keys(row).flatMap((name) => (known.includes(name) ? [] : [unknownRowField(name, known)])),
    ...Object.entries(fields).flatMap(([name, type]) => valueProblem(row, name, type) ?? []),
  ];
}

const unknownRowField = (name: string, known: readonly string[]): RowProblem => ({
  path: name,
  code: "field-unknown",
  what: `the field "${name}" does not exist`,
  expected: known.length > 0 ? `one of: ${known.join(", ")}` : "a field of another name",
  fix: didYouMean(name, known, "take it out, or add it to the fleet's fields"),
});

function valueProblem(row: PlainObject, marked: string, type: FieldType): RowProblem | undefined {
  const name = bare(marked);
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  // Beside a number, the quotes are what differs.
  const isText = value === undefined || typeof value === "string";
  const words = isTypeName(type) ? [] : type.map((word) => (isText ? word : JSON.stringify(word)));
  const expected = isTypeName(type) ? typeExpectations[type] : `one of: ${words.join(", ")}`;
  if (value === undefined) {
    if (name !== marked) return Object.hasOwn(row, name) ? undefinedField(name) : undefined;
    return {
      path: "",
      code: "fleet-field-missing",
      what: `the field "${name}" is missing`,
      expected,
      fix: `state ${name}`,
    };
  }
  if (isOf(type, value)) return undefined;
  return {
    path: name,
    code: "type-mismatch",
    what: `got ${describe(value)}`,
    expected,
    fix: typeFix(type, value),
  };
}

function isOf(type: FieldType, value: unknown): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "number") return Number.isFinite(value);
  return isTypeName(type) ? typeof value === type : type.some((word) => word === value);
}

function typeFix(type: FieldType, value: unknown): string {
  if (!isTypeName(type) && typeof value !== "string" && type.includes(String(value)))
    return `quote it: ${JSON.stringify(String(value))}`;
  if (!isTypeName(type)) return didYouMean(String(value), type, "add it to the words of the field");
  if (typeof value === "string") return "take the quotes off, or correct it";
  return type === "string" && typeof value !== "object" ? "quote it" : "correct it";
}
