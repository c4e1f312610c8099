import type { ScalarTag } from "yaml";

/** Numbers that YAML 1.2 takes for text or for decimals, and Kustomize does not: `0644`, `0b11`, `1_000`. */
export const legacyInteger: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?(?:0b[01_]+|0[0-7_]+|[1-9]\d*_[\d_]*)$/,
  resolve(text) {
    const digits = text.replace(/^[-+]/, "").replaceAll("_", "");
    const isOctal = digits.startsWith("0") && digits.length > 1 && !digits.startsWith("0b");
    const value = isOctal ? parseInt(digits, 8) : Number(digits);
    return text.startsWith("-") ? -value : value;
  },
};
