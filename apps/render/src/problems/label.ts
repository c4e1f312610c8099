import type { Finding } from "@atlas/input";

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What is wrong with a name that must be a DNS label (RFC 1123), as a namespace's is. */
export function labelProblem(what: string, name: string): Finding | undefined {
  if (label.test(name)) return undefined;
  const near = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, "");
  return {
    code: "option-value-malformed",
    what: `${what} cannot be ${JSON.stringify(name)}`,
    expected: "at most 63 of a-z, 0-9 and -, with a letter or digit at both ends",
    fix: near === "" ? "choose another" : `did you mean "${near}"?`,
  };
}
