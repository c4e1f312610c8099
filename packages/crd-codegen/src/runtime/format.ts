import { isIpv4, isIpv6 } from "./address.ts";
import { isBookNumber, isCardNumber } from "./check-digit.ts";
import { readUrl } from "./url.ts";

/**
 * Whether a text has the format. Known are those that the API server checks (apiextensions-apiserver 1.34, `formats.go`,
 * `strfmt`); any other is a note to the reader, and every text has it. So are `k8s-short-name` and `k8s-long-name`, which
 * servers check from 1.35 on.
 */
export function hasFormat(value: string, format: string): boolean {
  knownFormats ??= formats();
  const check = knownFormats.get(format.replaceAll("-", ""));
  return check === undefined || check(value);
}

const matching = (pattern: RegExp) => (value: string) => pattern.test(value);

const hexDigit = "[0-9a-f]";
const uuid = (third: string, fourth: string): RegExp =>
  new RegExp(`^${hexDigit}{8}-?${hexDigit}{4}-?${third}-?${fourth}-?${hexDigit}{12}$`, "i");
const anyHexGroup = `${hexDigit}{4}`;

const colour = "[\\t\\n\\f\\r ]*(?:0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])[\\t\\n\\f\\r ]*";

/** Made when a schema asks for one. */
let knownFormats: ReadonlyMap<string, (value: string) => boolean> | undefined;

const formats = (): ReadonlyMap<string, (value: string) => boolean> =>
  new Map([
    ["bsonobjectid", matching(/^[0-9a-f]{24}$/i)],
    ["byte", matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/)],
    ["cidr", isCidr],
    ["creditcard", isCardNumber],
    ["date", isDate],
    ["datetime", isDateTime],
    ["duration", (value) => durationOf(value) !== undefined],
    ["email", matching(/^(?:[^<>]*<)?(?:[^ \t\n\f\r<>@",;:()[\]]+|"[^"]+")@[^ \t\n\f\r<>@",;:()[\]]+>?$/)],
    ["hexcolor", matching(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
    ["hostname", isHostname],
    ["isbn", (value) => isBookNumber(value, 10) || isBookNumber(value, 13)],
    ["isbn10", (value) => isBookNumber(value, 10)],
    ["isbn13", (value) => isBookNumber(value, 13)],
    ["ipv4", (value) => isIpv4(value) || (isIpv6(value) && value.includes("."))],
    ["ipv6", isIpv6],
    ["mac", isMac],
    ["rgbcolor", matching(new RegExp(`^rgb\\(${[colour, colour, colour].join(",")}\\)$`))],
    ["ssn", matching(/^\d{3}[- ]\d{2}[- ]\d{4}$/)],
    ["uri", (value) => readUrl(value) !== undefined],
    ["uuid", matching(uuid(anyHexGroup, anyHexGroup))],
    ["uuid3", matching(uuid(`3${hexDigit}{3}`, anyHexGroup))],
    ["uuid4", matching(uuid(`4${hexDigit}{3}`, `[89ab]${hexDigit}{3}`))],
    ["uuid5", matching(uuid(`5${hexDigit}{3}`, `[89ab]${hexDigit}{3}`))],
  ]);

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isDateTime(value: string): boolean {
  const [date = "", time = "", ...rest] = value.toLowerCase().split("t");
  const [, hour = "", minute = "", second = ""] =
    /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/.exec(time) ?? [];
  return rest.length === 0 && isDate(date) && hour !== "" && hour <= "23" && minute <= "59" && second <= "59";
}

const nanoseconds: readonly (readonly [RegExp, number])[] = [
  [/^(?:ns|nano)/i, 1],
  [/^(?:us|µs|μs|micro)/i, 1e3],
  [/^(?:ms|milli)/i, 1e6],
  [/^(?:s$|sec)/i, 1e9],
  [/^(?:m$|min)/i, 60e9],
  [/^(?:h$|hr|hour)/i, 3600e9],
  [/^(?:d$|day)/i, 86_400e9],
  [/^(?:w$|wk|week)/i, 604_800e9],
];

const lengthOf = (unit: string): number | undefined =>
  nanoseconds.find(([pattern]) => pattern.test(unit))?.[1];

/** The nanoseconds of a duration: `1h30m` as Go writes it, or `2 days` as Scala does; undefined for any other text. */
export function durationOf(value: string): number | undefined {
  const [, sign, parts = ""] =
    /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(value) ?? [];
  if (sign !== undefined) {
    const sum = [...parts.matchAll(/([\d.]+)([a-zµμ]+)/g)].map(
      ([, count, unit = ""]) => Number(count) * (lengthOf(unit) ?? 0),
    );
    return sum.reduce((total, length) => total + length, 0) * (sign === "-" ? -1 : 1);
  }
  // Looked for from the first digit alone, or each of many digits would be a start.
  const lengths = [...value.matchAll(/(?<!\d)(\d+)\s*([A-Za-zµ]+)/g)].flatMap(([, count, unit = ""]) => {
    const length = lengthOf(unit);
    return length === undefined ? [] : [Number(count) * length];
  });
  return lengths.length === 0 ? undefined : lengths.reduce((total, length) => total + length, 0);
}

function isHostname(value: string): boolean {
  // Made when it is asked for: of classes of Unicode, V8 draws up all characters.
  const hostname =
    /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$/u;
  return value.length <= 255 && hostname.test(value) && value.split(".").every((part) => part.length <= 63);
}

function isCidr(value: string): boolean {
  const [address = "", bits = "", ...rest] = value.split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  return isIpv4(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128;
}

function isMac(value: string): boolean {
  return [6, 8, 20].some((bytes) =>
    new RegExp(
      `^(?:[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\\1[0-9a-f]{2}){${bytes - 2}}|[0-9a-f]{4}(?:\\.[0-9a-f]{4}){${bytes / 2 - 1}})$`,
      "i",
    ).test(value),
  );
}
