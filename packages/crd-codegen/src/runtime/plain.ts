import { join, type ValidationIssue } from "./issue.ts";

/** Deeper than any object, and far from where a recursive walk would run out of stack. */
const deepestObject = 500;

/**
 * What of a value JSON cannot say, and whatever else would be lost or lead astray whoever walks through it: functions and
 * the like, fields that an object inherits, half of a character, and more than 500 levels, which a value that holds itself
 * has, too. With such a depth nothing else can be said of the value.
 */
export function plainIssues(value: unknown): {
  readonly issues: ValidationIssue[];
  readonly isTooDeep: boolean;
} {
  const issues: ValidationIssue[] = [];
  const isTooDeep = !checkPlain(value, "", 0, issues);
  return isTooDeep ? { issues: [depthIssue], isTooDeep } : { issues, isTooDeep };
}

const depthIssue: ValidationIssue = {
  path: "",
  message: `the value nests more than ${deepestObject} levels, or holds itself`,
  expected: `at most ${deepestObject} levels`,
};

/** Whether the value is deep at most as it may be. */
function checkPlain(value: unknown, path: string, depth: number, issues: ValidationIssue[]): boolean {
  if (depth > deepestObject) return false;
  if (Array.isArray(value))
    return value.every((element: unknown, index) =>
      checkPlain(element, `${path}[${index}]`, depth + 1, issues),
    );
  const got = typeof value === "object" && value !== null ? objectFault(value) : scalarFault(value);
  if (got !== undefined) {
    const expected = "text, a number, true, false, null, a list, or an object with fields of its own";
    issues.push({ path, message: "the value is none that JSON can say", expected, got });
    return true;
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([name, inner]) => inner === undefined || checkPlain(inner, join(path, name), depth + 1, issues),
  );
}

function scalarFault(value: unknown): string | undefined {
  if (typeof value === "string") return value.isWellFormed() ? undefined : "half of a character";
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return undefined;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}

function objectFault(value: object): string | undefined {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== "Object") return `a ${tag}`;
  const inherited = fromPrototype(value);
  if (inherited !== undefined) return `an object that inherits its field ${JSON.stringify(inherited)}`;
  const malformed = Object.keys(value).find((name) => !name.isWellFormed());
  return malformed === undefined ? undefined : "half of a character in the name of a field";
}

/** A field that an object has from its prototype, be it a value there or a getter; JSON leaves it out. */
function fromPrototype(value: object): string | undefined {
  for (
    let prototype: unknown = Object.getPrototypeOf(value);
    typeof prototype === "object" && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    // The last in the line is Object.prototype of another realm, or an object without one.
    const isLast = Object.getPrototypeOf(prototype) === null;
    const found = Object.entries(Object.getOwnPropertyDescriptors(prototype)).find(
      ([, field]) =>
        (field.get !== undefined && !isLast) ||
        (field.enumerable === true && typeof field.value !== "function"),
    );
    if (found) return found[0];
  }
  return undefined;
}
