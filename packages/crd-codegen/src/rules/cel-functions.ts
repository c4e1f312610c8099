import { namedFormats } from "../runtime/cel/named-formats.ts";
import { celType, type CelType } from "./cel-type.ts";

/** One way to call a function: what it takes, and what it gives. */
export interface CelOverload {
  readonly isMethod: boolean;
  /** With the receiver of a method first. */
  readonly takes: readonly CelType[];
  readonly gives: CelType;
}

/*
 * The functions of rules by their signatures, in which capital letters stand for any type.
 *
 * Sources: stdlib, ext and cel of github.com/google/cel-go 0.29, and k8s.io/apiserver/pkg/cel/environment and library, of
 * Kubernetes 1.34 to 1.37. What one of these knows is taken.
 */

const comparableTypes = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];
const numberTypes = ["int", "uint", "double"];

const comparison = ["<", "<=", ">", ">="].flatMap((sign) => [
  ...numberTypes.flatMap((a) => numberTypes.map((b) => `_${sign}_(${a}, ${b}): bool`)),
  ...comparableTypes
    .filter((each) => !numberTypes.includes(each))
    .map((each) => `_${sign}_(${each}, ${each}): bool`),
]);

const calculation = [
  ...["+", "-", "*", "/"].flatMap((sign) =>
    numberTypes.map((each) => `_${sign}_(${each}, ${each}): ${each}`),
  ),
  ...["int", "uint"].map((each) => `_%_(${each}, ${each}): ${each}`),
  ...["string", "bytes", "duration", "list<A>"].map((each) => `_+_(${each}, ${each}): ${each}`),
  "_+_(duration, timestamp): timestamp",
  "_+_(timestamp, duration): timestamp",
  "_-_(duration, duration): duration",
  "_-_(timestamp, duration): timestamp",
  "_-_(timestamp, timestamp): duration",
  "-_(int): int",
  "-_(double): double",
];

const general = [
  "_?_:_(bool, A, A): A",
  "_&&_(bool, bool): bool",
  "_||_(bool, bool): bool",
  "!_(bool): bool",
  "@not_strictly_false(bool): bool",
  "_==_(A, A): bool",
  "_!=_(A, A): bool",
  "_[_](list<A>, int): A",
  "_[_](map<A, B>, A): B",
  "_[_](optional<list<A>>, int): optional<A>",
  "_[_](optional<map<A, B>>, A): optional<B>",
  "_[?_](list<A>, int): optional<A>",
  "_[?_](optional<list<A>>, int): optional<A>",
  "_[?_](map<A, B>, A): optional<B>",
  "_[?_](optional<map<A, B>>, A): optional<B>",
  "@in(A, list<A>): bool",
  "@in(A, map<A, B>): bool",
  ...["bytes", "string", "list<A>", "map<A, B>"].flatMap((each) => [
    `size(${each}): int`,
    `${each}.size(): int`,
  ]),
];

const typeConversions: readonly string[] = Object.entries({
  bool: "bool string",
  bytes: "bytes string",
  double: "double int string uint",
  duration: "duration int string",
  int: "int double duration string timestamp uint",
  string: "string bool bytes double duration int timestamp uint IP CIDR",
  timestamp: "timestamp int string",
  uint: "uint double int string",
}).flatMap(([target, sources]) => sources.split(" ").map((source) => `${target}(${source}): ${target}`));

const times = ["FullYear", "Month", "DayOfYear", "DayOfMonth", "Date", "DayOfWeek"];
const clock = ["Hours", "Minutes", "Seconds", "Milliseconds"];

const texts = [
  "type(A): type<A>",
  "dyn(A): dyn",
  "string.contains(string): bool",
  "string.endsWith(string): bool",
  "string.startsWith(string): bool",
  "string.matches(string): bool",
  "matches(string, string): bool",
  "string.charAt(int): string",
  "string.indexOf(string): int",
  "string.indexOf(string, int): int",
  "string.lastIndexOf(string): int",
  "string.lastIndexOf(string, int): int",
  "string.lowerAscii(): string",
  "string.upperAscii(): string",
  "string.trim(): string",
  "string.replace(string, string): string",
  "string.replace(string, string, int): string",
  "string.split(string): list<string>",
  "string.split(string, int): list<string>",
  "string.substring(int): string",
  "string.substring(int, int): string",
  "string.format(list<dyn>): string",
  "strings.quote(string): string",
  "list<string>.join(): string",
  "list<string>.join(string): string",
  "string.find(string): string",
  "string.findAll(string): list<string>",
  "string.findAll(string, int): list<string>",
];

const listFunctions = [
  ...comparableTypes.flatMap((each) => [
    `list<${each}>.isSorted(): bool`,
    `list<${each}>.max(): ${each}`,
    `list<${each}>.min(): ${each}`,
    `list<${each}>.sort(): list<${each}>`,
    `list<A>.@sortByAssociatedKeys(list<${each}>): list<A>`,
  ]),
  ...["int", "uint", "double", "duration"].map((each) => `list<${each}>.sum(): ${each}`),
  "list<A>.indexOf(A): int",
  "list<A>.lastIndexOf(A): int",
  "dyn.includes(dyn): bool",
  "list<A>.slice(int, int): list<A>",
  "list<list<A>>.flatten(): list<A>",
  "list<dyn>.flatten(int): list<dyn>",
  "lists.range(int): list<int>",
  "list<A>.reverse(): list<A>",
  "list<A>.distinct(): list<A>",
  "list<A>.first(): optional<A>",
  "list<A>.last(): optional<A>",
  ...["contains", "equivalent", "intersects"].map((each) => `sets.${each}(list<A>, list<A>): bool`),
  "cel.@mapInsert(map<A, B>, A, B): map<A, B>",
  "cel.@mapInsert(map<A, B>, map<A, B>): map<A, B>",
];

const optionals = [
  "optional.of(A): optional<A>",
  "optional.ofNonZeroValue(A): optional<A>",
  "optional.none(): optional<A>",
  "optional<A>.value(): A",
  "optional<A>.hasValue(): bool",
  "optional<A>.or(optional<A>): optional<A>",
  "optional<A>.orValue(A): A",
  "optional.unwrap(list<optional<A>>): list<A>",
  "list<optional<A>>.unwrapOpt(): list<A>",
];

const comparingMethods = (type: string): readonly string[] => [
  `${type}.isGreaterThan(${type}): bool`,
  `${type}.isLessThan(${type}): bool`,
  `${type}.compareTo(${type}): int`,
];

const ofKubernetesLibraries = [
  "url(string): URL",
  "isURL(string): bool",
  ...["Scheme", "Host", "Hostname", "Port", "EscapedPath"].map((each) => `URL.get${each}(): string`),
  "URL.getQuery(): map<string, list<string>>",
  "quantity(string): Quantity",
  "isQuantity(string): bool",
  "sign(Quantity): int",
  ...comparingMethods("Quantity"),
  "Quantity.asApproximateFloat(): double",
  "Quantity.asInteger(): int",
  "Quantity.isInteger(): bool",
  ...["add", "sub"].flatMap((each) => [
    `Quantity.${each}(Quantity): Quantity`,
    `Quantity.${each}(int): Quantity`,
  ]),
  "ip(string): IP",
  "isIP(string): bool",
  "ip.isCanonical(string): bool",
  "IP.family(): int",
  ...["Unspecified", "Loopback", "LinkLocalMulticast", "LinkLocalUnicast", "GlobalUnicast"].map(
    (each) => `IP.is${each}(): bool`,
  ),
  "cidr(string): CIDR",
  "isCIDR(string): bool",
  ...["string", "IP"].map((each) => `CIDR.containsIP(${each}): bool`),
  ...["string", "CIDR"].map((each) => `CIDR.containsCIDR(${each}): bool`),
  "CIDR.ip(): IP",
  "CIDR.prefixLength(): int",
  "CIDR.masked(): CIDR",
  ...[...namedFormats.keys()].map((each) => `format.${each}(): NamedFormat`),
  "format.named(string): optional<NamedFormat>",
  "NamedFormat.validate(string): optional<list<string>>",
  ...["semver", "isSemver"].flatMap((each) => {
    const gives = each === "semver" ? "Semver" : "bool";
    return [`${each}(string): ${gives}`, `${each}(string, bool): ${gives}`];
  }),
  ...comparingMethods("Semver"),
  ...["major", "minor", "patch"].map((each) => `Semver.${each}(): int`),
];

/** What functions are gathered under, which is no receiver of theirs. */
const gatherings = new Set(["strings", "lists", "sets", "cel", "optional", "ip", "format"]);

const signatureParts = /^(?:(.*?)\.)?([^.(]+)\((.*)\): (.+)$/;

function readSignature(signature: string): readonly [name: string, overload: CelOverload] {
  const [, holder, name = "", args = "", gives = ""] = signatureParts.exec(signature) ?? [];
  const takes = topLevel(args).map(readType);
  if (holder !== undefined && !gatherings.has(holder))
    return [name, { isMethod: true, takes: [readType(holder), ...takes], gives: readType(gives) }];
  const whole = holder === undefined ? name : `${holder}.${name}`;
  return [whole, { isMethod: false, takes, gives: readType(gives) }];
}

/** A type that is written as `map<A, list<int>>`. */
function readType(text: string): CelType {
  const [, name = text, inner = ""] = /^(\w+)<(.*)>$/.exec(text) ?? [];
  return /^[A-Z]$/.test(name) ? celType(`?${name}`) : celType(name, ...topLevel(inner).map(readType));
}

/** The parts of a list, but for those of lists within it. */
function topLevel(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const piece of list === "" ? [] : list.split(", ")) {
    if (depth === 0) parts.push(piece);
    else parts.push(`${parts.pop() ?? ""}, ${piece}`);
    depth += piece.split("<").length - piece.split(">").length;
  }
  return parts;
}

/** All functions of rules, with the ways to call each. */
export const celFunctions: ReadonlyMap<string, readonly CelOverload[]> = overloadsByName([
  ...[comparison, calculation, general, typeConversions, texts].flat(),
  ...[listFunctions, optionals, ofKubernetesLibraries].flat(),
  ...times.flatMap((each) => [`timestamp.get${each}(): int`, `timestamp.get${each}(string): int`]),
  ...clock.flatMap((each) => [
    `timestamp.get${each}(): int`,
    `timestamp.get${each}(string): int`,
    `duration.get${each}(): int`,
  ]),
]);

function overloadsByName(signatures: readonly string[]): Map<string, CelOverload[]> {
  const found = new Map<string, CelOverload[]>();
  for (const [name, overload] of signatures.map(readSignature))
    found.set(name, [...(found.get(name) ?? []), overload]);
  return found;
}
