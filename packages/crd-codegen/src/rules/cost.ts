import type { CelOverload } from "./cel-functions.ts";
import { loopResult, type CelLoop, type CelTree } from "./cel-tree.ts";
import type { CelType } from "./cel-type.ts";
import { estimatedCall } from "./call-cost.ts";
import type { DeclaredType } from "./declared-type.ts";
import { product, unitedSize, unknownSize, type SizeRange } from "./size-range.ts";
import { dottedName, type CheckedTree } from "./type-check.ts";

/** How large the keys and the values of a list or a map are. */
interface EntrySizes {
  readonly kind: "list" | "map";
  readonly key: SizeRange;
  readonly value: SizeRange;
}

/** What is known of a name that a loop binds. */
interface BoundName {
  readonly path: readonly string[];
  readonly size: SizeRange | undefined;
  readonly entries: EntrySizes | undefined;
}

/**
 * The most that an expression costs, in the units of CEL: an API server refuses rules that may take too long. Where a schema
 * has no limits, it reckons with as much as a request holds.
 *
 * Source: `Cost` in github.com/google/cel-go/checker, as an API server of 1.34 calls it.
 */
export function costOf(tree: CelTree, checked: CheckedTree, self: DeclaredType): number {
  const paths = new Map<CelTree, readonly string[]>();
  const sizes = new Map<CelTree, SizeRange>();
  const entrySizes = new Map<CelTree, EntrySizes>();
  const names = new Map<string, BoundName[]>();
  const bound = (name: string): BoundName | undefined => names.get(name)?.at(-1);

  function withName<T>(name: string, what: BoundName, run: () => T): T {
    names.set(name, [...(names.get(name) ?? []), what]);
    const result = run();
    names.get(name)?.pop();
    return result;
  }

  const pathOf = (part: CelTree): readonly string[] =>
    (part.kind === "name" ? bound(part.name)?.path : undefined) ?? paths.get(part) ?? [];

  function sizeOf(part: CelTree): SizeRange | undefined {
    const known = sizes.get(part) ?? sizeOfLiteral(part);
    if (known !== undefined) return known;
    const declared = sizeAt(self, pathOf(part));
    if (declared !== undefined) {
      sizes.set(part, declared);
      return declared;
    }
    if (isScalarType(checked.typeOf(part))) return { least: 1, most: 1 };
    return part.kind === "name" ? bound(part.name)?.size : undefined;
  }

  const entriesOf = (part: CelTree): EntrySizes | undefined =>
    entrySizes.get(part) ?? (part.kind === "name" ? bound(part.name)?.entries : undefined);

  function setEntries(part: CelTree, entries: EntrySizes | undefined): void {
    if (entries !== undefined) entrySizes.set(part, entries);
  }

  function cost(part: CelTree): number {
    switch (part.kind) {
      case "literal":
        return 0;
      case "name":
        paths.set(part, bound(part.name)?.path ?? [part.name]);
        return 1;
      case "field":
        return fieldCost(part);
      case "call":
        return callCost(part);
      case "list": {
        const sum = totalOf(part.elements.map(cost));
        setEntries(part, { kind: "list", key: { least: 1, most: 1 }, value: spanOf(part.elements) });
        return sum + 10;
      }
      case "map": {
        const sum = totalOf(part.entries.flat().map(cost));
        const [keys, values] = [part.entries.map(([key]) => key), part.entries.map(([, value]) => value)];
        setEntries(part, { kind: "map", key: spanOf(keys), value: spanOf(values) });
        return sum + 30;
      }
      default:
        return loopCost(part);
    }
  }

  /** The sizes of all of several. */
  const spanOf = (parts: readonly CelTree[]): SizeRange =>
    parts
      .map((part) => sizeOf(part) ?? unknownSize)
      .reduce(unitedSize, {
        least: parts.length === 0 ? 0 : Infinity,
        most: 0,
      });

  /** Whether a path of names is one of a type, as google.protobuf.Timestamp, which is read as one name. */
  const isTypeName = (path: string | undefined): boolean => {
    const [root = "self"] = path?.split(".") ?? [];
    return root !== "self" && root !== "oldSelf" && bound(root) === undefined;
  };

  function fieldCost(part: CelTree & { kind: "field" }): number {
    const dotted = dottedName(part);
    if (isTypeName(dotted)) {
      paths.set(part, [dotted ?? ""]);
      return 1;
    }
    const holder = cost(part.holder);
    if (part.isTest) return holder;
    paths.set(part, [...pathOf(part.holder), part.field]);
    const { name, fields } = checked.typeOf(part.holder);
    return holder + (name === "map" || fields !== undefined ? 1 : 0);
  }

  function callCost(part: CelTree & { kind: "call" }): number {
    const { receiver, args } = part;
    const costs = args.map(cost);
    if (part.name === "dyn") return dynCost(part, costs);
    const overloads = checked.overloadsOf(part);
    const target = overloads[0]?.isMethod === true ? receiver : undefined;
    const isGathered = target === undefined && receiver?.kind === "name";
    const name = isGathered ? `${receiver.name}.${part.name}` : part.name;
    const ofTarget = target === undefined ? 0 : cost(target);
    let most = 0;
    let result: SizeRange | undefined;
    for (const overload of overloads.length === 0 ? [undefined] : overloads) {
      const call = {
        name,
        overload,
        target,
        args,
        costs,
        typeOf: checked.typeOf,
        sizeOf: knownSize,
        elementSize,
      };
      const estimated = estimatedCall(call);
      most = Math.max(most, estimated.cost);
      if (estimated.result !== undefined)
        result = result === undefined ? estimated.result : unitedSize(result, estimated.result);
      const held = name === "_[_]" ? overload?.takes[0]?.name : undefined;
      if (held === "list" || held === "map") result = followInto(part, held);
      result ??= sizeOf(part);
    }
    setEntries(part, entriesOfCall(part, overloads));
    if (result !== undefined) sizes.set(part, result);
    return ofTarget + most;
  }

  function dynCost(part: CelTree & { kind: "call" }, costs: readonly number[]): number {
    const [inner] = part.args;
    const size = inner && sizeOf(inner);
    if (size !== undefined) sizes.set(part, size);
    if (inner !== undefined) setEntries(part, entriesOf(inner));
    return 1 + totalOf(costs);
  }

  const knownSize = (part: CelTree): SizeRange => sizeOf(part) ?? unknownSize;

  /** How large the elements of a list are, where its type says what they are. */
  function elementSize(list: CelTree): SizeRange {
    const path = pathOf(list);
    const isKnown = path.length > 0 && path[0] !== loopResult;
    return (isKnown ? sizeAt(self, [...path, "@items"]) : undefined) ?? unknownSize;
  }

  /** What is taken out of a list or a map has its place in the schema. */
  function followInto(part: CelTree & { kind: "call" }, kind: "list" | "map"): SizeRange | undefined {
    const [holder] = part.args;
    if (holder === undefined) return undefined;
    paths.set(part, [...pathOf(holder), kind === "list" ? "@items" : "@values"]);
    return entriesOf(holder)?.value;
  }

  function entriesOfCall(
    { name, args }: CelTree & { kind: "call" },
    overloads: readonly CelOverload[],
  ): EntrySizes | undefined {
    const isJoined = name === "_+_" && overloads.some(({ takes }) => takes[0]?.name === "list");
    const [first, second] = name === "_?_:_" ? args.slice(1) : isJoined ? args : [];
    const [one, other] = [first && entriesOf(first), second && entriesOf(second)];
    if (one === undefined || other === undefined) return undefined;
    return { kind: one.kind, key: unitedSize(one.key, other.key), value: unitedSize(one.value, other.value) };
  }

  function loopCost(part: CelLoop): number {
    const before = cost(part.range) + cost(part.start);
    const start = { path: pathOf(part.start), size: sizeOf(part.start), entries: entriesOf(part.start) };
    return withName(part.result, start, () => {
      if (bindsName(part)) {
        const sum = before + cost(part.end);
        const size = sizeOf(part.end);
        if (size !== undefined) sizes.set(part, size);
        setEntries(part, entriesOf(part.end));
        return sum;
      }
      const each = withVariables(part, () => cost(part.condition) + cost(part.step));
      const after = cost(part.end);
      const count = knownSize(part.range);
      if (part.start.kind === "literal") sizes.set(part, sizeOf(part.start) ?? unknownSize);
      else if (part.start.kind === "list" || part.start.kind === "map") {
        sizes.set(part, count);
        setEntries(part, entriesOf(part.step));
      }
      return before + after + product(count.most, each);
    });
  }

  function withVariables<T>(part: CelLoop, run: () => T): T {
    const entries = entriesOf(part.range);
    const kind = entries?.kind ?? checked.typeOf(part.range).name;
    const path = pathOf(part.range);
    const key = {
      path: [...path, kind === "list" ? "@indices" : "@keys"],
      size: entries?.key,
      entries: undefined,
    };
    const value = {
      path: [...path, kind === "list" ? "@items" : "@values"],
      size: entries?.value,
      entries: undefined,
    };
    const [first = "", second] = part.variables;
    if (second === undefined) return withName(first, kind === "list" ? value : key, run);
    return withName(first, key, () => withName(second, value, run));
  }

  return cost(tree);
}

const totalOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** Whether a loop is over nothing, and binds a name. */
const bindsName = ({ range, condition, result }: CelLoop): boolean =>
  range.kind === "list" &&
  range.elements.length === 0 &&
  condition.kind === "literal" &&
  condition.value === false &&
  result !== loopResult;

function sizeOfLiteral(part: CelTree): SizeRange | undefined {
  const size =
    part.kind === "list" ? part.elements.length : part.kind === "map" ? part.entries.length : undefined;
  if (size !== undefined) return { least: size, most: size };
  if (part.kind !== "literal") return undefined;
  const { value } = part;
  const length =
    typeof value === "string" ? Array.from(value).length : value instanceof Uint8Array ? value.length : 1;
  return { least: length, most: length };
}

const scalarNames = new Set(["bool", "double", "duration", "int", "timestamp", "uint"]);
const isScalarType = ({ name, of: [inner] }: CelType): boolean =>
  scalarNames.has(name) || (name === "optional" && inner !== undefined && isScalarType(inner));

/** How large what stands at a path of names is, the first of which is that of the value itself. */
function sizeAt(self: DeclaredType, [first, ...rest]: readonly string[]): SizeRange | undefined {
  if (first === undefined) return undefined;
  let found: DeclaredType | undefined = self;
  for (const step of rest) {
    if (step === "@items" || step === "@values") found = found.of.at(-1);
    else if (step === "@keys") found = found.of.length === 2 ? found.of[0] : undefined;
    else found = found.fields?.get(step);
    if (found === undefined) return undefined;
  }
  return { least: 0, most: found.most };
}
