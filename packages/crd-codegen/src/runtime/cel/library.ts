import { Optional, type Environment } from "@marcbachmann/cel-js";
import type { ReadPattern } from "../pattern.ts";
import { IpAddress, Network } from "./address.ts";
import { conversions } from "./conversions.ts";
import { standIn } from "./expression.ts";
import { isEqual } from "./equality.ts";
import { required, type Library } from "./functions.ts";
import { lists } from "./lists.ts";
import { namedFormats, NamedFormat } from "./named-formats.ts";
import { networks } from "./networks.ts";
import { isQuantity, parseQuantity, CelQuantity, wholeQuantity } from "./quantity.ts";
import { readVersion, SemanticVersion } from "./semver.ts";
import { strings } from "./strings.ts";
import { ReadUrl } from "../url.ts";

/**
 * Adds the functions that Kubernetes has beside those of the language: strings, lists, sets, regular expressions, URLs, IP
 * addresses, networks, quantities, semantic versions and formats (Kubernetes 1.34, `cel/environment/base.go`).
 */
export function registerLibraries(environment: Environment, readPattern?: ReadPattern): Environment {
  const types = { Quantity: CelQuantity, ReadUrl, IpAddress, Network, SemanticVersion, NamedFormat };
  for (const [name, type] of Object.entries(types)) {
    environment.registerType(name, type);
    environment.registerOperator(`${name} == ${name}`, (a, b) => a.equals(b));
  }
  for (const [name, type] of Object.entries(namespaces)) {
    environment.registerType(type.name, type);
    environment.registerConstant(name, type.name, new type());
  }
  environment.registerOperator("optional == optional", (a: Optional, b: Optional) =>
    a.hasValue() && b.hasValue() ? isEqual(a.value(), b.value()) : a.hasValue() === b.hasValue(),
  );
  const expressions = readPattern ? expressionsWith(readPattern) : {};
  for (const library of [
    conversions,
    strings,
    expressions,
    lists,
    networks,
    quantityFunctions,
    semverFunctions,
    formatFunctions,
    optionalFunctions,
  ])
    for (const [signature, handler] of Object.entries(library))
      environment.registerFunction(signature, handler);
  return environment;
}

/** What stands for the name before the dot in `sets.contains(…)`. */
const namespaces = {
  sets: class SetsNamespace {
    readonly name = "sets";
  },
  lists: class ListsNamespace {
    readonly name = "lists";
  },
  strings: class StringsNamespace {
    readonly name = "strings";
  },
  ip: class IpNamespace {
    readonly name = "ip";
  },
  format: class FormatNamespace {
    readonly name = "format";
  },
};

/** What holds a text against a pattern; one that is none makes the rule fail, as on the server. */
const expressionsWith = (readPattern: ReadPattern): Library => ({
  [`string.${standIn("matches")}(string): bool`]: (text: string, pattern: string) =>
    readPattern(pattern).test(text),
  [`${standIn("matches")}(string, string): bool`]: (text: string, pattern: string) =>
    readPattern(pattern).test(text),
  "string.find(string): string": (text: string, pattern: string) => readPattern(pattern).find(text),
  "string.findAll(string): list<string>": (text: string, pattern: string) =>
    readPattern(pattern).findAll(text),
  "string.findAll(string, int): list<string>": (text: string, pattern: string, count: bigint) =>
    readPattern(pattern).findAll(text, Number(count)),
});

const sign = (value: number | bigint): bigint => (value < 0 ? -1n : value > 0 ? 1n : 0n);

const quantityFunctions: Library = {
  "isQuantity(string): bool": isQuantity,
  "quantity(string): Quantity": parseQuantity,
  "Quantity.isInteger(): bool": (value: CelQuantity) => value.isInteger(),
  "Quantity.asInteger(): int": (value: CelQuantity) => value.asInteger(),
  "Quantity.asApproximateFloat(): double": (value: CelQuantity) => Number(value.nanos) / 1e9,
  "sign(Quantity): int": (value: CelQuantity) => sign(value.nanos),
  "Quantity.compareTo(Quantity): int": (a: CelQuantity, b: CelQuantity) => sign(a.nanos - b.nanos),
  "Quantity.isGreaterThan(Quantity): bool": (a: CelQuantity, b: CelQuantity) => a.nanos > b.nanos,
  "Quantity.isLessThan(Quantity): bool": (a: CelQuantity, b: CelQuantity) => a.nanos < b.nanos,
  "Quantity.add(Quantity): Quantity": (a: CelQuantity, b: CelQuantity) => a.plus(b),
  "Quantity.add(int): Quantity": (a: CelQuantity, b: bigint) => a.plus(wholeQuantity(b)),
  "Quantity.sub(Quantity): Quantity": (a: CelQuantity, b: CelQuantity) => a.plus(b.negative()),
  "Quantity.sub(int): Quantity": (a: CelQuantity, b: bigint) => a.plus(wholeQuantity(-b)),
};

const version = (text: string, isLenient = false): SemanticVersion =>
  required(readVersion(text, isLenient), `not a semantic version: ${text}`);

const semverFunctions: Library = {
  "isSemver(string): bool": (text: string) => readVersion(text) !== undefined,
  "isSemver(string, bool): bool": (text: string, isLenient: boolean) =>
    readVersion(text, isLenient) !== undefined,
  "semver(string): SemanticVersion": version,
  "semver(string, bool): SemanticVersion": version,
  "SemanticVersion.major(): int": ({ numbers }: SemanticVersion) => numbers[0],
  "SemanticVersion.minor(): int": ({ numbers }: SemanticVersion) => numbers[1],
  "SemanticVersion.patch(): int": ({ numbers }: SemanticVersion) => numbers[2],
  "SemanticVersion.compareTo(SemanticVersion): int": (a: SemanticVersion, b: SemanticVersion) =>
    sign(a.compareTo(b)),
  "SemanticVersion.isGreaterThan(SemanticVersion): bool": (a: SemanticVersion, b: SemanticVersion) =>
    a.compareTo(b) > 0,
  "SemanticVersion.isLessThan(SemanticVersion): bool": (a: SemanticVersion, b: SemanticVersion) =>
    a.compareTo(b) < 0,
};

const formatFunctions: Library = {
  "FormatNamespace.named(string): optional<NamedFormat>": (_: unknown, name: string) =>
    Optional.of(namedFormats.get(name)),
  ...Object.fromEntries(
    [...namedFormats].map(([name, format]) => [`FormatNamespace.${name}(): NamedFormat`, () => format]),
  ),
  "NamedFormat.validate(string): optional<list<string>>": (format: NamedFormat, text: string) => {
    const problems = format.validate(text);
    return problems.length === 0 ? Optional.none() : Optional.of([...problems]);
  },
};

/** Whether a value is the one that its type has where nothing was said. */
const isZero = (value: unknown): boolean => {
  if (value instanceof Date || value instanceof Uint8Array) return Number(value) === 0;
  if (typeof value !== "object" || value === null) return !value;
  return Object.keys(value).length === 0;
};

const optionalFunctions: Library = {
  "OptionalNamespace.ofNonZeroValue(dyn): optional<dyn>": (_: unknown, value: unknown) =>
    isZero(value) ? Optional.none() : Optional.of(value),
  "OptionalNamespace.unwrap(list<dyn>): list<dyn>": (_: unknown, list: readonly Optional[]) =>
    unwrapped(list),
  "list<dyn>.unwrapOpt(): list<dyn>": (list: readonly Optional[]) => unwrapped(list),
  "list<dyn>.first(): optional<dyn>": (list: readonly unknown[]) => Optional.of(list[0]),
  "list<dyn>.last(): optional<dyn>": (list: readonly unknown[]) => Optional.of(list.at(-1)),
};

const unwrapped = (list: readonly Optional[]): unknown[] =>
  list.flatMap((element) => (element.hasValue() ? [element.value()] : []));
