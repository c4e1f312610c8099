/** A type of CEL: its name and what it is made of, as a list is of its elements. A name with a question mark is a variable's. */
export interface CelType {
  readonly name: string;
  readonly of: readonly CelType[];
  /** The fields of an object, by their names in expressions. */
  readonly fields?: ReadonlyMap<string, CelType>;
}

/** What variables of types stand for, by their names. */
export type TypeBindings = ReadonlyMap<string, CelType>;

export const celType = (name: string, ...of: readonly CelType[]): CelType => ({ name, of });

/** What is not known, and goes with everything. */
export const dynType: CelType = celType("dyn");

const isVariable = ({ name }: CelType): boolean => name.startsWith("?");

/** What may be null beside values of its own; texts, numbers, lists and maps are not. */
const isNullable = ({ name, fields }: CelType): boolean =>
  fields !== undefined || ofKubernetes.has(name) || nullables.has(name);
const nullables = new Set(["null", "optional", "duration", "timestamp"]);
/** Types of Kubernetes' own libraries. */
const ofKubernetes = new Set(["Quantity", "URL", "IP", "CIDR", "Semver", "NamedFormat"]);

const isSameType = (a: CelType, b: CelType): boolean =>
  a.name === b.name &&
  a.of.length === b.of.length &&
  a.of.every((each, index) => isSameType(each, innerType(b, index)));

const innerType = ({ of }: CelType, index: number): CelType => of[index] ?? dynType;

/**
 * What variables stand for where a type goes with another; undefined where it does not.
 *
 * Source: `internalIsAssignable` in github.com/google/cel-go/checker.
 */
export function unified(a: CelType, b: CelType, bindings: TypeBindings): TypeBindings | undefined {
  if (isVariable(b)) {
    const bound = bindVariable(b, a, bindings);
    if (bound !== undefined || bindings.has(b.name)) return bound;
  }
  if (isVariable(a)) return bindVariable(a, b, bindings);
  if (a.name === "dyn" || b.name === "dyn") return bindings;
  if (a.name === "null") return isNullable(b) ? bindings : undefined;
  if (b.name === "null") return isNullable(a) ? bindings : undefined;
  if (a.name !== b.name) return undefined;
  return a.name === "type" ? bindings : unifiedAll(a.of, b.of, bindings);
}

/** The same of types that stand side by side. */
export function unifiedAll(
  list: readonly CelType[],
  others: readonly CelType[],
  bindings: TypeBindings,
): TypeBindings | undefined {
  if (list.length !== others.length) return undefined;
  let found: TypeBindings | undefined = bindings;
  for (const [index, each] of list.entries()) {
    found = found && unified(each, others[index] ?? dynType, found);
  }
  return found;
}

function bindVariable(variable: CelType, type: CelType, bindings: TypeBindings): TypeBindings | undefined {
  if (isSameType(variable, type)) return bindings;
  const known = bindings.get(variable.name);
  if (known === undefined)
    return occursIn(variable, type, bindings) ? undefined : new Map(bindings).set(variable.name, type);
  if (isSameType(known, type)) return bindings;
  const found = unified(type, known, bindings);
  if (found === undefined) return undefined;
  const general = moreGeneral(type, known);
  return occursIn(variable, general, found) ? found : new Map(found).set(variable.name, general);
}

function occursIn(variable: CelType, type: CelType, bindings: TypeBindings): boolean {
  if (isSameType(variable, type)) return true;
  const known = isVariable(type) ? bindings.get(type.name) : undefined;
  return known === undefined
    ? type.of.some((each) => occursIn(variable, each, bindings))
    : occursIn(variable, known, bindings);
}

/** Of two types that go together, the one that says less. */
export const moreGeneral = (a: CelType, b: CelType): CelType => (saysNoMore(a, b) ? a : b);

function saysNoMore(a: CelType, b: CelType): boolean {
  if (a.name === "dyn" || isVariable(a)) return true;
  if (b.name === "dyn" || isVariable(b) || a.name !== b.name) return false;
  return a.name === "type" || a.of.every((each, index) => saysNoMore(each, innerType(b, index)));
}

/** A type with what its variables stand for; those that stand for nothing remain. */
export function resolvedType(type: CelType, bindings: TypeBindings): CelType {
  const known = bindings.get(type.name);
  if (known !== undefined) return resolvedType(known, bindings);
  return type.of.length === 0 || type.fields !== undefined
    ? type
    : { ...type, of: type.of.map((each) => resolvedType(each, bindings)) };
}

/** A type as people write it. */
export function typeText({ name, of, fields }: CelType): string {
  if (fields !== undefined) return "object";
  if (name.startsWith("?")) return "dyn";
  return of.length === 0 || name === "type" ? name : `${name}<${of.map(typeText).join(", ")}>`;
}

/** Whether two types are the same in an aggregate: what is not known goes with what is not known alone. */
export const isSameText = (a: CelType, b: CelType): boolean =>
  typeText(a) === typeText(b) && (a.fields === undefined || a.name === b.name);
