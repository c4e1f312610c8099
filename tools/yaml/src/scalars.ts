import type { ScalarTag, Tags } from "yaml";

/**
 * Whose reading is meant of a plain scalar:
 * - `kubectl`, of a file that is applied by itself: `yes` is true, `2024-01-01` is text.
 * - `kustomize`, of a file that a kustomization names: `yes` is text, `2024-01-01` is `2024-01-01T00:00:00Z`.
 * - `text`, where neither reads it: both are text.
 * - `both`, of a file that may be read in either way: what they read differently is an error.
 *
 * Numbers are the same to all of them: `0644` is octal, `1_000` is a thousand.
 */
export type Dialect = "kubectl" | "kustomize" | "text" | "both";

/**
 * The tags to resolve plain scalars by, before those of YAML 1.2's core schema.
 *
 * Source: `resolve` of go.yaml.in/yaml/v2, by which sigs.k8s.io/yaml and so kubectl reads, and of v3, by which Kustomize does.
 *
 * @example
 *   parse("mode: 0644", { customTags: scalarTags("kubectl") }); // { mode: 420 }
 */
export const scalarTags =
  (dialect: Dialect) =>
  (tags: Tags): Tags => [...tagsOfDialect[dialect], numberTag, ...tags];

const integerForm = /^([-+]?)(?:0[xX]([\dA-Fa-f]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** A number in any spelling of Go's; a whole one that is not exact as a number is a bigint. */
const numberTag: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?[\d._]*\d/,
  resolve(text) {
    // After a point that stands first, each has to part two digits.
    const isText = text.startsWith("_") || (text.startsWith(".") && /(?<!\d)_|_(?!\d)/.test(text));
    const digits = isText ? "" : text.replaceAll("_", "");
    const [, sign, hex, binary, octal, decimal] = integerForm.exec(digits) ?? [];
    if (sign === undefined)
      return float.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : text;
    const amount = BigInt(
      (hex && `0x${hex}`) ?? (binary && `0b${binary}`) ?? (octal && `0o${octal}`) ?? decimal ?? "",
    );
    const whole = sign === "-" ? -amount : amount;
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  },
};

const wordForm = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;
const isTrueWord = (text: string): boolean => /^(?:y|on)/i.test(text);

const wordTag: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: wordForm,
  resolve: isTrueWord,
};

const dates = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d))?$/;

const two = (digits: string): string => digits.padStart(2, "0");

/** As Go prints a time, to the nanosecond; undefined for a day or an hour that there is not. */
function timeOf(text: string): string | undefined {
  const [, year = "", ...parts] = dates.exec(text) ?? [];
  const [month = "", day = "", hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = parts;
  const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const time = new Date(`${local}Z`);
  const isThere = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(local);
  if (!isThere || Number(zone.slice(1, 3)) > 23 || Number(zone.slice(4)) > 59) return undefined;
  return `${local}${fraction.slice(0, 10).replace(/\.?0*$/, "")}${/^[-+]00:00$/.test(zone) ? "Z" : zone}`;
}

const date: ScalarTag = {
  tag: "tag:yaml.org,2002:timestamp",
  default: true,
  test: dates,
  resolve: (text) => timeOf(text) ?? text,
};

const readDifferently: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  test: new RegExp(`${wordForm.source}|${dates.source}`),
  resolve(text, onError) {
    const time = wordForm.test(text) ? text : (timeOf(text) ?? text);
    const asApplied = wordForm.test(text) ? String(isTrueWord(text)) : `"${text}"`;
    if (asApplied !== `"${time}"`)
      onError(`kubectl apply -f reads ${text} as ${asApplied}, and kubectl apply -k as "${time}": quote it`);
    return text;
  },
};

const tagsOfDialect: Readonly<Record<Dialect, readonly ScalarTag[]>> = {
  kubectl: [wordTag],
  kustomize: [date],
  text: [],
  both: [readDifferently],
};
