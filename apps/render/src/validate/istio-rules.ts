import { readUrl, type RunRules } from "@atlas/crd-codegen/kind-validator";

/** Whether a value keeps a rule; a rule that cannot be evaluated is broken. */
type Keeps = (self: unknown) => boolean;

/*
 * The rules of Istio's CustomResourceDefinitions (x-kubernetes-validations), as functions: the library that reads CEL takes
 * longer to load than all of a render. A test holds each against the library.
 */

type SelfFields = Readonly<Record<string, unknown>>;

const selfFields = (value: unknown): SelfFields =>
  typeof value === "object" && value !== null ? (value as SelfFields) : {};
const has = (self: unknown, name: string): boolean =>
  selfFields(self)[name] !== undefined && selfFields(self)[name] !== null;
const selfField = (self: unknown, name: string, missing = ""): unknown =>
  has(self, name) ? selfFields(self)[name] : missing;
const selfList = (self: unknown, name: string): readonly unknown[] => {
  const value = selfFields(self)[name];
  return Array.isArray(value) ? value : [];
};
const selfKeys = (self: unknown): string[] => Object.keys(selfFields(self));

/** At most one of the fields is there. */
const oneAtMost =
  (...names: readonly string[]): Keeps =>
  (self) =>
    names.filter((name) => has(self, name)).length <= 1;

/** A rule about a text. */
const textRule =
  (keeps: (self: string) => boolean): Keeps =>
  (self) =>
    typeof self === "string" && keeps(self);

/** A URL of one of some schemes, or what is one behind `http://`. */
const source = (...schemes: readonly string[]): Keeps =>
  textRule((url) => {
    const read = readUrl(url) ?? readUrl(`http://${url}`);
    return read !== undefined && schemes.includes(read.scheme);
  });

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  "\u00b5s": 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration as Go writes it, in milliseconds; undefined for a text that is none. */
function goMilliseconds(duration: string): number | undefined {
  if (!/^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|ms|s|m|h))+)$/.test(duration)) return undefined;
  const parts = duration.matchAll(/([\d.]+)([a-z\u00b5]+)/g);
  const sum = [...parts].reduce(
    (all, [, number, unit = ""]) => all + Number(number) * (durationUnits[unit] ?? 0),
    0,
  );
  return duration.startsWith("-") ? -sum : sum;
}

const isPortNumber = (port: number): boolean => port > 0 && port <= 65_535;

/** What stands after `unix://`. */
const socket = (keeps: (path: string) => boolean): Keeps =>
  textRule((address) => !address.startsWith("unix://") || keeps(address.slice("unix://".length)));

const schemes = '["", "http", "https", "file", "oci"]';
const otherSchemes = '["", "http", "https", "oci", "file"]';
const urlRule = (list: string): string =>
  `isURL(self) ? (url(self).getScheme() in ${list}) : (isURL("http://" + self) &&\nurl("http://" + self).getScheme() in ${list})`;
const countRule = (...names: readonly string[]): string =>
  `${names.map((name) => `(has(self.${name}) ? 1 : 0)`).join(" + ")} <= 1`;
const exclusive = [
  ["selector", "targetRefs"],
  ["selector", "targetRef", "targetRefs"],
  ["workloadSelector", "targetRefs"],
  ["workloadSelector", "endpoints"],
  ["tlsCertificates", "credentialNames"],
  ["credentialName", "credentialNames"],
  ["credentialNames", "tlsCertificates"],
  ["jwksUri", "jwks_uri", "jwks"],
];

/** Each rule by its text. */
export const istioRules: ReadonlyMap<string, Keeps> = new Map<string, Keeps>([
  ...exclusive.map((names): [string, Keeps] => [countRule(...names), oneAtMost(...names)]),
  [urlRule(schemes), source("", "http", "https", "file", "oci")],
  [urlRule(otherSchemes), source("", "http", "https", "oci", "file")],
  [
    'url(self).getScheme() in ["http", "https"]',
    textRule((url) => ["http", "https"].includes(readUrl(url)?.scheme ?? "")),
  ],
  ["has(self.wasm) != has(self.lua)", (self) => has(self, "wasm") !== has(self, "lua")],
  ['self.all(key, !key.contains("*"))', (self) => selfKeys(self).every((key) => !key.includes("*"))],
  ["self.all(key, key.size() != 0)", (self) => selfKeys(self).every((key) => key !== "")],
  ['!self.contains("*")', textRule((self) => !self.includes("*"))],
  ["self.size() == 0", textRule((self) => self === "")],
  ['self != "*"', (self) => self !== "*"],
  ['self in ["", "HTTP", "HTTPS"]', textRule((self) => ["", "HTTP", "HTTPS"].includes(self))],
  [
    '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)',
    (self) => selfField(self, "valueFrom") !== "HOST" || !has(self, "value"),
  ],
  ["duration(self) >= duration('1ms')", textRule((self) => (goMilliseconds(self) ?? 0) >= 1)],
  [
    'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)',
    (self) => (selfField(self, "context") === "WAYPOINT") === has(self, "waypoint"),
  ],
  ["0 < self && self <= 65535", (self) => typeof self === "number" && isPortNumber(self)],
  [
    'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true',
    socket((path) => /^[/@]/.test(path)),
  ],
  [
    'self.startsWith("unix://") ? !self.endsWith("/") : true',
    socket((path) => path !== "" && !path.endsWith("/")),
  ],
  [
    'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))',
    (self) =>
      selfKeys(self).every((key) => key.length < 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/i.test(key)),
  ],
  ["has(self.address) || has(self.network)", (self) => has(self, "address") || has(self, "network")],
  [
    '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true',
    (self) => !String(selfField(self, "address")).startsWith("unix://") || !has(self, "ports"),
  ],
  [
    "self.all(l1, self.exists_one(l2, l1.number == l2.number))",
    (self) => {
      const numbers = Array.isArray(self) ? self.map((port) => selfFields(port)["number"]) : [];
      return new Set(numbers).size === numbers.length && !numbers.includes(undefined);
    },
  ],
  [
    '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))',
    (self) =>
      !selfList(self, "addresses").some((address) => String(address).includes("/")) ||
      ["STATIC", "NONE"].includes(String(selfField(self, "resolution", "NONE"))),
  ],
  [
    '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true',
    (self) => selfField(self, "resolution", "NONE") !== "NONE" || !has(self, "endpoints"),
  ],
  [
    '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true',
    (self) => selfField(self, "resolution") !== "DNS_ROUND_ROBIN" || selfList(self, "endpoints").length <= 1,
  ],
  [
    "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true",
    (self) =>
      !["serviceAccounts", "notServiceAccounts"].some((name) => has(self, name)) ||
      !["principals", "notPrincipals", "namespaces", "notNamespaces"].some((name) => has(self, name)),
  ],
  [
    "has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true",
    (self) =>
      !has(self, "portLevelMtls") ||
      selfKeys(selfFields(selfFields(self)["selector"])["matchLabels"]).length > 0,
  ],
  [
    "self.all(key, 0 < int(key) && int(key) <= 65535)",
    (self) => selfKeys(self).every((key) => /^[-+]?\d+$/.test(key) && isPortNumber(Number(key))),
  ],
  [
    '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true',
    (self) =>
      selfField(self, "operation") !== "UPSERT" || (has(self, "value") && selfField(self, "value") !== ""),
  ],
  [
    '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true',
    (self) => selfField(self, "operation") !== "REMOVE" || !has(self, "value"),
  ],
]);

/** Holds a value against the rules of its schema; none is about a change. */
export const runIstioRules: RunRules = (rules, _schema, value, _old, path) =>
  rules.flatMap(({ rule, message = rule }) =>
    istioRules.get(rule)?.(value) === false
      ? [{ path, message, expected: `what keeps the rule ${rule.replaceAll(/\s+/g, " ")}` }]
      : [],
  );
