/** A step on the way into a value: the name of a field, or the index of an element. */
export type Step = string | number;

/**
 * A path as problems print it, of the steps that lead to a value; {@link namesIn} reads it back.
 *
 * @example
 * printedSteps(["spec", "ports", 0]); // "spec.ports[0]"
 */
export const printedSteps = (steps: readonly Step[]): string => steps.reduce(pathWithStep, "");

/** A path with one more step. */
export const pathWithStep = (at: string, step: Step): string =>
  typeof step === "number" ? `${at}[${step}]` : fieldPath(at, step);

/** The path of a field; a name that is not a plain word stands in brackets: `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(at: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${at}[${JSON.stringify(name)}]`;
  return at ? `${at}.${name}` : name;
}

/**
 * The names in a path as problems print it, `metadata.labels["app.kubernetes.io/name"]` or
 * `spec.template.spec.containers[manager].image`; undefined for a text that is none.
 */
export const namesIn = (path: string): readonly string[] | undefined => stepsIn(path)?.map(String);

/** The steps in a path as problems print it: those of {@link namesIn}, but that `[0]` is the index of an element. */
export function stepsIn(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== "") {
    const [all = "", quoted, bracketed, plain] =
      /^\.?(?:\[("(?:[^"\\]|\\.)*")\]|\[([^\]]*)\]|([^.[\]]+))/.exec(rest) ?? [];
    const name = quoted === undefined ? (bracketed ?? plain) : unquoted(quoted);
    if (name === undefined) return undefined;
    steps.push(bracketed !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(bracketed) ? Number(bracketed) : name);
    rest = rest.slice(all.length);
  }
  return steps;
}

/** The text in quotes; undefined where they hold what JSON does not know, such as a backslash before any letter. */
function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

/**
 * The fields and indices that names lead through, as far as a value has them. An element of a list goes by its index or
 * by what identifies it (`manager`, `53/UDP`), in the record form of a patch also where it is added; a field may have
 * dots in its name.
 */
export const follow = (value: unknown, names: readonly string[]): string[] => reach(value, names).fields;

/** {@link follow}, and whether the value has all that is named. */
export function reach(
  value: unknown,
  names: readonly string[],
): { readonly fields: string[]; readonly isWhole: boolean } {
  const fields: string[] = [];
  let [inner, rest] = [value, names];
  while (rest.length > 0) {
    const step = stepInto(inner, rest);
    if (!step) break;
    fields.push(...step.fields);
    ({ inner, rest } = step);
  }
  return { fields, isWhole: rest.length === 0 };
}

interface Inside {
  readonly fields: readonly string[];
  readonly inner: unknown;
  readonly rest: readonly string[];
}

function stepInto(value: unknown, names: readonly string[]): Inside | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const [name = "", ...rest] = names;
  if (Array.isArray(value)) {
    const index = indexNamed(value, name);
    return index < 0 ? undefined : { fields: [String(index)], inner: value[index], rest };
  }
  const holder = value as Record<string, unknown>;
  for (let end = names.length; end > 0; end--) {
    const joined = names.slice(0, end).join(".");
    if (Object.hasOwn(holder, joined))
      return { fields: [joined], inner: holder[joined], rest: names.slice(end) };
  }
  for (const [form, list] of newElementsIn(holder)) {
    const step = stepInto(list, names);
    if (step) return { ...step, fields: [...form, ...step.fields] };
  }
  return undefined;
}

/** The lists of elements in the record form of a patch, each with the fields that lead to it. */
function newElementsIn(holder: Record<string, unknown>): [fields: string[], list: unknown][] {
  const lists = ["$add", "$first", "$replace"].map((form): [string[], unknown] => [[form], holder[form]]);
  const beside = ["$before", "$after"].flatMap((form) =>
    Object.entries(holder[form] ?? {}).map(([name, list]): [string[], unknown] => [[form, name], list]),
  );
  return [...lists, ...beside].filter(([, list]) => Array.isArray(list));
}

function indexNamed(list: readonly unknown[], name: string): number {
  const values = list.map(identifyingValues);
  const named = [
    // An image, or a value, may be called as another element is.
    list.findIndex((element) => isElementNamed(element, name)),
    values.findIndex((own) => own.includes(name)),
    values.findIndex((own) => name.includes("/") && name.split("/").every((part) => own.includes(part))),
    // A port without a protocol is one of TCP.
    list.findIndex(
      (element) => isPortOfTcp(element) && identifyingValues(element).includes(name.replace(/\/TCP$/, "")),
    ),
    /^\d+$/.test(name) && Number(name) < list.length ? Number(name) : -1,
    list.indexOf(name),
  ];
  return named.find((index) => index >= 0) ?? -1;
}

const isPortOfTcp = (element: unknown): boolean =>
  typeof element === "object" && element !== null && !("protocol" in element);

const isElementNamed = (element: unknown, name: string): boolean =>
  typeof element === "object" && element !== null && "name" in element && element.name === name;

/** What may identify an object among others: its numbers and texts. */
const identifyingValues = (element: unknown): string[] =>
  Object.values(typeof element === "object" && element !== null ? element : {}).flatMap((value) =>
    typeof value === "string" || typeof value === "number" ? [String(value)] : [],
  );
