import type { Environment } from "@marcbachmann/cel-js";
import { isCidr, isIpv4, isIpv6 } from "./format.ts";
import type { ReadPattern } from "./pattern.ts";
import { isQuantity, parseQuantity, Quantity } from "./quantity.ts";

type Handler = (...args: never[]) => unknown;

/**
 * Adds the functions that Kubernetes has beside those of the language: strings, lists, sets, regular expressions, URLs, IP
 * addresses and quantities (Kubernetes documentation, "Common Expression Language in Kubernetes").
 */
export function registerLibraries(environment: Environment, readPattern?: ReadPattern): Environment {
  environment.registerType("Quantity", Quantity);
  environment.registerType("URL", URL);
  environment.registerType("SetsNamespace", SetsNamespace);
  environment.registerConstant("sets", "SetsNamespace", new SetsNamespace());
  const expressions = readPattern ? expressionsWith(readPattern) : {};
  for (const library of [strings, expressions, lists, sets, networks, quantities])
    for (const [signature, handler] of Object.entries(library))
      environment.registerFunction(signature, handler);
  return environment;
}

/** Stands for the name before the dot in `sets.contains(…)`. */
class SetsNamespace {
  readonly name = "sets";
}

const strings: { readonly [signature: string]: Handler } = {
  "string.charAt(int): string": (text: string, index: bigint) => Array.from(text)[Number(index)] ?? "",
  "string.replace(string, string): string": (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  "string.replace(string, string, int): string": (text: string, from: string, to: string, count: bigint) => {
    const parts = text.split(from);
    const limit = count < 0n ? parts.length - 1 : Number(count);
    return parts.reduce((done, part, index) => `${done}${index <= limit ? to : from}${part}`);
  },
  "string.reverse(): string": (text: string) => Array.from(text).toReversed().join(""),
};

/** The name of `matches` here: the library has a function of that name, for JavaScript's syntax. */
export const matchesName = "matchesPattern";

/** What holds a text against a pattern; one that is none makes the rule fail, as on the server. */
const expressionsWith = (readPattern: ReadPattern): { readonly [signature: string]: Handler } => ({
  [`string.${matchesName}(string): bool`]: (text: string, pattern: string) => readPattern(pattern).test(text),
  "matches(string, string): bool": (text: string, pattern: string) => readPattern(pattern).test(text),
  "string.find(string): string": (text: string, pattern: string) => readPattern(pattern).find(text),
  "string.findAll(string): list<string>": (text: string, pattern: string) =>
    readPattern(pattern).findAll(text),
  "string.findAll(string, int): list<string>": (text: string, pattern: string, count: bigint) =>
    readPattern(pattern).findAll(text, Number(count)),
});

type Ordered = bigint | number | string | Date;

const compare = (a: Ordered, b: Ordered): number => (a < b ? -1 : a > b ? 1 : 0);
const position = (index: number): bigint => BigInt(index);
const isEqual = (a: unknown, b: unknown): boolean => keyOf(a) === keyOf(b);
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner));

function extreme(list: readonly Ordered[], sign: number): Ordered {
  if (list.length === 0) throw new Error("an empty list has no least or greatest element");
  return list.reduce((found, element) => (sign * compare(element, found) > 0 ? element : found));
}

const lists: { readonly [signature: string]: Handler } = {
  "list<dyn>.isSorted(): bool": (list: readonly Ordered[]) =>
    list.every((element, index) => index === 0 || compare(list[index - 1] ?? element, element) <= 0),
  "list<dyn>.sum(): dyn": (list: readonly (bigint | number)[]) =>
    list.some((element) => typeof element === "number")
      ? list.reduce((sum: number, element) => sum + Number(element), 0)
      : list.reduce((sum: bigint, element) => sum + BigInt(element), 0n),
  "list<dyn>.min(): dyn": (list: readonly Ordered[]) => extreme(list, -1),
  "list<dyn>.max(): dyn": (list: readonly Ordered[]) => extreme(list, 1),
  "list<dyn>.indexOf(dyn): int": (list: readonly unknown[], value: unknown) =>
    position(list.findIndex((element) => isEqual(element, value))),
  "list<dyn>.lastIndexOf(dyn): int": (list: readonly unknown[], value: unknown) =>
    position(list.findLastIndex((element) => isEqual(element, value))),
};

const holds = (list: readonly unknown[], value: unknown): boolean =>
  list.some((element) => isEqual(element, value));

const sets: { readonly [signature: string]: Handler } = {
  "SetsNamespace.contains(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.every((element) => holds(list, element)),
  "SetsNamespace.equivalent(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.every((element) => holds(list, element)) && list.every((element) => holds(other, element)),
  "SetsNamespace.intersects(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.some((element) => holds(list, element)),
};

const isUrl = (text: string): boolean =>
  URL.canParse(text) || (text.startsWith("/") && URL.canParse(text, "x://x"));

const networks: { readonly [signature: string]: Handler } = {
  "isURL(string): bool": isUrl,
  "url(string): URL": (text: string) => {
    if (!isUrl(text)) throw new Error(`no URL: ${text}`);
    return new URL(text, "x://x");
  },
  "URL.getScheme(): string": (url: URL) => (url.protocol === "x:" ? "" : url.protocol.slice(0, -1)),
  "URL.getHost(): string": (url: URL) => (url.protocol === "x:" ? "" : url.host),
  "URL.getHostname(): string": (url: URL) =>
    url.protocol === "x:" ? "" : url.hostname.replaceAll(/^\[|\]$/g, ""),
  "URL.getPort(): string": (url: URL) => url.port,
  "URL.getEscapedPath(): string": (url: URL) => url.pathname,
  "URL.getQuery(): dyn": (url: URL) =>
    Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key)]),
    ),
  "isIP(string): bool": (text: string) => isIpv4(text) || isIpv6(text),
  "isCIDR(string): bool": isCidr,
};

const quantities: { readonly [signature: string]: Handler } = {
  "isQuantity(string): bool": isQuantity,
  "quantity(string): Quantity": parseQuantity,
  "Quantity.isInteger(): bool": (value: Quantity) => value.isInteger(),
  "Quantity.asInteger(): int": (value: Quantity) => value.asInteger(),
  "Quantity.asApproximateFloat(): double": (value: Quantity) => Number(value.nanos) / 1e9,
  "Quantity.sign(): int": (value: Quantity) => BigInt(compare(value.nanos, 0n)),
  "Quantity.compareTo(Quantity): int": (a: Quantity, b: Quantity) => BigInt(compare(a.nanos, b.nanos)),
  "Quantity.isGreaterThan(Quantity): bool": (a: Quantity, b: Quantity) => a.nanos > b.nanos,
  "Quantity.isLessThan(Quantity): bool": (a: Quantity, b: Quantity) => a.nanos < b.nanos,
  "Quantity.add(Quantity): Quantity": (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos),
  "Quantity.add(int): Quantity": (a: Quantity, b: bigint) => new Quantity(a.nanos + b * nano),
  "Quantity.sub(Quantity): Quantity": (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos),
  "Quantity.sub(int): Quantity": (a: Quantity, b: bigint) => new Quantity(a.nanos - b * nano),
};

const nano = 1_000_000_000n;
