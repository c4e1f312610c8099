import type { Rule } from "../rule/rule.ts";
import { formed, formedOrEmpty, hasForm, textThat, type Form } from "./text.ts";

/*
 * The forms of names.
 *
 * Source: k8s.io/apimachinery/pkg/util/validation, and
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const labelPattern = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const lowerCaseName = "lower-case letters, digits and inner hyphens";

/** RFC 1123: as the name of a container. */
export const dnsLabel: Form = {
  matches: new RegExp(`^${labelPattern}$`),
  longest: 63,
  name: "a DNS label",
  madeOf: lowerCaseName,
};
/** RFC 1035: as the name of a Service. */
export const dns1035Label: Form = {
  matches: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  name: "a DNS label that begins with a letter",
  madeOf: `${lowerCaseName}, a letter first`,
};
/** RFC 1123: as the name of most objects. */
export const dnsSubdomain: Form = {
  matches: new RegExp(`^${labelPattern}(?:\\.${labelPattern})*$`),
  longest: 253,
  name: "a DNS subdomain",
  madeOf: `${lowerCaseName}, with single dots between them`,
};
/** As a DNS subdomain, with underscores. */
export const dnsSearch: Form = {
  matches: /^[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?(?:\.[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?)*$/,
  longest: 253,
  name: "a DNS subdomain",
  madeOf: `${lowerCaseName} and underscores, with single dots between them`,
};
/** A host whose first label is a star. */
export const wildcardSubdomain: Form = {
  matches: new RegExp(`^\\*\\.${labelPattern}(?:\\.${labelPattern})*$`),
  longest: 253,
  name: "a DNS name with a star for its first label",
  madeOf: 'a name as "*.example.com"',
};
/** A name that is a step of a path. */
export const pathSegment: Form = {
  matches: /^(?!\.{1,2}$)[^/%]+$/,
  longest: Infinity,
  name: "a name of one step of a path",
  madeOf: 'neither "/" nor "%", nor dots alone',
};
export const cIdentifier: Form = {
  matches: /^[A-Za-z_][A-Za-z0-9_]*$/,
  longest: Infinity,
  name: "an identifier",
  madeOf: "letters, digits and underscores, no digit first",
};
/** A part of a qualified name. */
const localPart: Form = {
  matches: /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  longest: 63,
  name: "a name",
  madeOf: "letters, digits and inner hyphens, underscores and dots",
};
export const labelValue: Form = {
  ...localPart,
  matches: /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  name: "a value of a label",
};
/** The name of a container's port. */
export const portName: Form = {
  matches: /^(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  longest: 15,
  name: "a name of a port",
  madeOf: "15 characters at most: lower-case letters, of which there is one, digits and single inner hyphens",
};
/** A key of a ConfigMap or Secret. */
export const configKey: Form = {
  matches: /^(?!\.{1,2}$)(?!\.\.)[-._a-zA-Z0-9]+$/,
  longest: 253,
  name: "a key of a ConfigMap or Secret",
  madeOf: "letters, digits and - _ . with no two dots first",
};
/** The name of an environment variable, from 1.32 on. */
export const variableName: Form = {
  matches: /^[ -<>-~]+$/,
  longest: Infinity,
  name: "a name of an environment variable",
  madeOf: 'printable ASCII characters, without "="',
};
/** The name of an environment variable up to 1.31. */
export const strictVariableName: Form = {
  matches: /^(?!\.{1,2}$)(?!\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/,
  longest: Infinity,
  name: "a name of an environment variable",
  madeOf: "letters, digits and - _ . with no digit first",
};
export const headerName: Form = {
  matches: /^[-A-Za-z0-9]+$/,
  longest: Infinity,
  name: "a name of an HTTP header",
  madeOf: "letters, digits and hyphens",
};
export const sysctlName: Form = {
  matches: /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/,
  longest: 253,
  name: "a name of a sysctl",
  madeOf: "lower-case letters and digits with - _ inside, and dots or slashes between them",
};

/** Whether a text is a name with or without the DNS subdomain of whoever defines it: `app`, `example.com/app`. */
export function isQualified(text: string): boolean {
  const parts = text.split("/");
  if (parts.length > 2) return false;
  const [first = "", second] = parts;
  return second === undefined
    ? hasForm(localPart, first)
    : hasForm(dnsSubdomain, first) && hasForm(localPart, second);
}

const qualifiedText =
  "letters, digits and inner hyphens, underscores and dots of 63 at most, with or without a DNS subdomain and a slash before";

/** The key of a label, and whatever is named like one. */
export const qualifiedName: Rule = textThat(
  isQualified,
  "text-malformed",
  "is not a qualified name",
  `write ${qualifiedText}`,
);

export const isLabel: Rule = formed(dnsLabel);
export const isLabelOrEmpty: Rule = formedOrEmpty(dnsLabel);
export const isPathSegment: Rule = formed(pathSegment);
export const isSubdomain: Rule = formed(dnsSubdomain);
export const isSubdomainOrEmpty: Rule = formedOrEmpty(dnsSubdomain);
export const isLabelValue: Rule = formed(labelValue);

/** Whether a qualified name has a domain. */
export const hasDomain = (text: string): boolean => text.includes("/") && isQualified(text);
