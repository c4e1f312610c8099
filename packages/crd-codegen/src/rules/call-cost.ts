import type { CelOverload } from "./cel-functions.ts";
import type { CelTree } from "./cel-tree.ts";
import type { CelType } from "./cel-type.ts";
import { plusSize, product, timesSize, unitedSize, type SizeRange } from "./size-range.ts";

/** A call, of which is known what its parts cost and how large they may be. */
export interface CostedCall {
  readonly name: string;
  readonly overload: CelOverload | undefined;
  readonly target: CelTree | undefined;
  readonly args: readonly CelTree[];
  readonly costs: readonly number[];
  readonly typeOf: (part: CelTree) => CelType;
  readonly sizeOf: (part: CelTree) => SizeRange;
  readonly elementSize: (list: CelTree) => SizeRange;
}

/** What a call costs at most, its arguments included, and how large its result is, where it has a size. */
export interface EstimatedCall {
  readonly cost: number;
  readonly result?: SizeRange;
}

/** Going through a text costs a tenth of a unit for each byte. */
const readingText = 0.1;
/** A part of a pattern has about four characters. */
const matchingPart = 0.25;

const costOfSize = (size: number, each: number): number => Math.ceil(size * each);
const costOfReading = (size: SizeRange, times = 1): number => costOfSize(size.most, readingText * times);
const nothingKnown: SizeRange = { least: 0, most: Infinity };

/**
 * Sources: `functionCost` in github.com/google/cel-go/checker, and `EstimateCallCost` in k8s.io/apiserver/pkg/cel/library.
 */
export function estimatedCall(call: CostedCall): EstimatedCall {
  const { name, costs } = call;
  const ofArgs = costs.reduce((sum, each) => sum + each, 0);
  const own = ofLibrary.get(name)?.(call) ?? ofLanguage(call, ofArgs);
  return own.isWhole === true ? own : { ...own, cost: own.cost + ofArgs };
}

interface OwnCost extends EstimatedCall {
  /** Whether what the arguments cost is in it. */
  readonly isWhole?: boolean;
}

type Estimate = (call: CostedCall) => OwnCost | undefined;

const sizeOfTarget = ({ target, sizeOf }: CostedCall): SizeRange =>
  target === undefined ? nothingKnown : sizeOf(target);
const sizeOfArg = ({ args, sizeOf }: CostedCall, index: number): SizeRange => {
  const arg = args[index];
  return arg === undefined ? nothingKnown : sizeOf(arg);
};

const costsOne: Estimate = () => ({ cost: 1 });
const readsArg: Estimate = (call) => ({ cost: costOfReading(sizeOfArg(call, 0)) });
const readsTarget: Estimate = (call) => {
  const result = sizeOfTarget(call);
  return { cost: costOfReading(result), result };
};

/** What looks at each element of a list, or through a text. */
const eachElement: Estimate = (call) => {
  const { target, typeOf, elementSize } = call;
  if (target === undefined) return undefined;
  const count = sizeOfTarget(call);
  const [element] = typeOf(target).of;
  if (element === undefined) return { cost: costOfReading(count) };
  const isRead = element.name === "string" || element.name === "bytes";
  return { cost: product(count.most, 1 + (isRead ? costOfReading(elementSize(target)) : 0)) };
};

const replacing: Estimate = (call) => {
  const [text, old, fresh] = [sizeOfTarget(call), sizeOfArg(call, 0), sizeOfArg(call, 1)];
  const isLonger = old.least !== 0 && fresh.most > old.least;
  const count = old.least === 0 ? text.most + 1 : isLonger ? Math.ceil(text.most / old.least) : 0;
  const most = product(count, fresh.most) + (isLonger ? 0 : text.most);
  return { cost: costOfReading(text, 2), result: { least: 0, most } };
};

const splitting: Estimate = (call) => {
  const text = sizeOfTarget(call);
  const [, limit] = call.args;
  const isLimited = limit?.kind === "literal" && typeof limit.value === "bigint" && limit.value >= 0n;
  return {
    cost: costOfReading(text, 2),
    result: { least: 0, most: isLimited ? Number(limit.value) : text.most },
  };
};

const joining: Estimate = (call) => {
  const { target, elementSize } = call;
  if (target === undefined) return undefined;
  const count = sizeOfTarget(call);
  const between = { least: Math.max(0, count.least - 1), most: Math.max(0, count.most - 1) };
  const texts = timesSize(count, elementSize(target));
  const result = call.args.length === 0 ? texts : plusSize(texts, timesSize(sizeOfArg(call, 0), between));
  return { cost: costOfReading(result), result };
};

/** A text that is held against a pattern: an empty one costs, too. */
const matchingCost = (call: CostedCall): number =>
  product(
    costOfReading({ least: 0, most: sizeOfTarget(call).most + 1 }),
    costOfSize(sizeOfArg(call, 0).most, matchingPart),
  );

const finding: Estimate = (call) => ({
  cost: matchingCost(call),
  result: { least: 0, most: sizeOfTarget(call).most },
});

/** Addresses have 16 bytes at most. */
const comparedAddresses = costOfSize(32, readingText);
const takesText = ({ overload }: CostedCall): boolean => overload?.takes[1]?.name === "string";
const containing =
  (more: number): Estimate =>
  (call) => ({ cost: comparedAddresses + more + (takesText(call) ? costOfReading(sizeOfArg(call, 0)) : 0) });

const equality: Estimate = ({ args, typeOf }) => {
  const [first, second] = args.map((each) => typeOf(each).name);
  if (first !== second || first === undefined) return undefined;
  if (["IP", "CIDR", "Quantity", "Semver", "URL"].includes(first)) return { cost: 1 };
  return first === "NamedFormat" ? { cost: costOfSize(64, readingText) } : undefined;
};

/** Each element of the one is held against each of the other. */
function comparedSets(times: number): Estimate {
  return (call) => ({ cost: 1 + times * product(sizeOfArg(call, 0).most, sizeOfArg(call, 1).most) });
}

/** Functions of Kubernetes' libraries, and of others that it reckons by itself. */
const ofLibrary: ReadonlyMap<string, Estimate> = new Map([
  ...["isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"].map((each) => [each, eachElement] as const),
  ...["lowerAscii", "upperAscii", "substring", "trim"].map((each) => [each, readsTarget] as const),
  ...["cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver"].map(
    (each) => [each, readsArg] as const,
  ),
  ["url", (call: CostedCall) => ({ cost: costOfReading(sizeOfArg(call, 0)), result: sizeOfArg(call, 0) })],
  ["replace", replacing],
  ["split", splitting],
  ["join", joining],
  ["find", finding],
  ["findAll", finding],
  ["ip", (call: CostedCall) => (call.target === undefined ? readsArg(call) : costsOne(call))],
  ["ip.isCanonical", (call: CostedCall) => ({ cost: costOfReading(sizeOfArg(call, 0), 2) })],
  ["containsIP", containing(0)],
  ["containsCIDR", containing(costOfSize(16, readingText) + 1)],
  [
    "validate",
    (call: CostedCall) => ({ cost: costOfSize(costOfReading(sizeOfArg(call, 0)), 128 * matchingPart) }),
  ],
  ["_==_", equality],
  ["sets.contains", comparedSets(1)],
  ["sets.intersects", comparedSets(1)],
  ["sets.equivalent", comparedSets(2)],
]);

function ofLanguage(call: CostedCall, ofArgs: number): OwnCost {
  const { name, overload, target, args, costs } = call;
  const [taken] = overload?.takes ?? [];
  switch (name) {
    case "format":
      return { cost: costOfReading(sizeOfTarget(call)) };
    case "bytes":
    case "string":
      return convertedText(call, taken);
    case "strings.quote": {
      const { least, most } = sizeOfArg(call, 0);
      return { cost: costOfReading({ least, most }), result: { least: least + 2, most: most * 2 + 2 } };
    }
    case "startsWith":
    case "endsWith":
      return { cost: costOfReading(sizeOfArg(call, 0)) };
    case "@in":
      return { cost: overload?.takes[1]?.name === "list" ? sizeOfArg(call, 1).most : 1 };
    case "matches":
      return { cost: target === undefined ? 1 : matchingCost(call) };
    case "contains":
      return { cost: product(costOfReading(sizeOfTarget(call)), costOfReading(sizeOfArg(call, 0))) };
    case "_&&_":
    case "_||_":
      return { cost: ofArgs, isWhole: true };
    case "_?_:_": {
      const [condition = 0, yes = 0, no = 0] = costs;
      const result = unitedSize(sizeOfArg(call, 1), sizeOfArg(call, 2));
      return { cost: condition + Math.max(yes, no), result, isWhole: true };
    }
    case "_+_": {
      if (taken === undefined || !["string", "bytes", "list"].includes(taken.name)) return { cost: 1 };
      const result = plusSize(sizeOfArg(call, 0), sizeOfArg(call, 1));
      return { cost: taken.name === "list" ? 1 : costOfReading(result), result };
    }
    case "_==_":
    case "_!=_":
      return comparedSizes(call);
    default:
      return args.length === 2 && /^_[<>]=?_$/.test(name) && ["string", "bytes"].includes(taken?.name ?? "")
        ? comparedSizes(call)
        : { cost: 1 };
  }
}

/** Two values are compared as far as the shorter one goes. */
const comparedSizes = (call: CostedCall): OwnCost => ({
  cost: costOfReading({ least: 0, most: Math.min(sizeOfArg(call, 0).most, sizeOfArg(call, 1).most) }),
});

function convertedText(call: CostedCall, taken: CelType | undefined): OwnCost {
  const { least, most } = sizeOfArg(call, 0);
  if (call.name === "bytes" && taken?.name === "string")
    return { cost: costOfReading({ least, most }), result: { least, most: most * 4 } };
  if (call.name === "string" && taken?.name === "bytes")
    return { cost: costOfReading({ least, most }), result: { least: Math.floor(least / 4), most } };
  return { cost: 1 };
}
