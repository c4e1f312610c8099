import { fieldPath } from "../value/path.ts";
import { isObject } from "../value/plain.ts";
import { undefinedField, wrongType } from "./field-problems.ts";
import { notPlain, pathWithin } from "./malformed.ts";
import { didYouMean, type Problem } from "./problem.ts";

/** What is wrong with a value at a path. */
export type Check = (value: unknown, path: string) => readonly Problem[];

export const anyList: Check = (value, path) =>
  Array.isArray(value) ? [] : [wrongType(path, "a list", value)];
export const objectCheck: Check = (value, path) =>
  isObject(value) ? [] : [wrongType(path, "an object", value)];
export const textCheck: Check = (value, path) =>
  typeof value === "string" ? [] : [wrongType(path, "text", value)];

/** An object or a list with something in it. */
export const holdsSomething: Check = (value, path) => {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (!isEmpty) return [];
  return [
    {
      code: "record-empty",
      what: "a record has nothing in it here, and does nothing",
      path,
      expected: Array.isArray(value) ? "an element at least" : "a name and a value at least",
      fix: "state what it is for, or take the whole record out",
    },
  ];
};
export const anyValue: Check = () => [];

/** What is plain data, whatever else it has to be: all that follows walks through it. */
export const plainData =
  (check: Check): Check =>
  (value, path) => {
    const malformed = notPlain(value, pathWithin(path));
    return malformed ? [malformed] : check(value, path);
  };

/** An object with these fields and no others; what is not there, its user finds missing. */
export const withFields =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isObject(value) ? fieldsProblems(value, fields, path) : [wrongType(path, "an object", value)];

export const listOfChecks =
  (element: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((inner: unknown, index) => element(inner, `${path}[${index}]`))
      : [wrongType(path, "a list", value)];

/** An object that has these fields, whatever else it has. */
export const having =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(fields).flatMap(([name, check]) => check(value[name], fieldPath(path, name)))
      : [];

/** The first of several checks that finds something: what follows would say the same of it in other words. */
export const inTurn =
  (...checks: readonly Check[]): Check =>
  (value, path) => {
    for (const check of checks) {
      const problems = check(value, path);
      if (problems.length > 0) return problems;
    }
    return [];
  };

export const allChecks =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    checks.flatMap((check) => check(value, path));

/**
 * What is wrong with the fields of an object: one that there is not, one that is undefined, and a value of another form.
 *
 * @param otherNames what other tools call fields that there are.
 */
export function fieldsProblems(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Check>>,
  at: string,
  otherNames: Readonly<Record<string, string>> = {},
): readonly Problem[] {
  return Object.entries(value).flatMap(([name, inner]): readonly Problem[] => {
    const path = fieldPath(at, name);
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!check) return [unknownName(name, path, Object.keys(fields), otherNames)];
    if (inner !== undefined) return check(inner, path);
    return [undefinedField(path)];
  });
}

function unknownName(
  name: string,
  path: string,
  names: readonly string[],
  otherNames: Readonly<Record<string, string>>,
): Problem {
  const other = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  return {
    code: "field-unknown",
    what: `the field "${name}" does not exist`,
    path,
    expected: `one of: ${names.join(", ")}`,
    fix: other ? `here it is ${other}` : didYouMean(name, names, "take the field out"),
  };
}
