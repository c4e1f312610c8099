import { isAddress, isBlock } from "../values/address.ts";
import { isPort, portRange } from "../values/port.ts";
import {
  elementsOf,
  isRecord,
  saidValue,
  valueAtPath,
  wrong,
  type BrokenBuilderRule,
  type BuilderRule,
} from "../rules/rules.ts";
import { unknownFieldAt } from "../rules/fields.ts";
import { isText, listedWords, oneOfWords, suggestWord } from "../rules/words.ts";

/** What of an AuthorizationPolicy matches nothing, or is refused by Istio. */
export const brokenAccess: BuilderRule = (object) => {
  const rules = elementsOf(valueAtPath(object, "spec", "rules"));
  const action = valueAtPath(object, "spec", "action");
  return [
    ...oneOfWords(["ALLOW", "DENY", "AUDIT", "CUSTOM"], "spec", "action")(object),
    ...brokenProvider(action, valueAtPath(object, "spec", "provider", "name")),
    ...(rules.length === 0 && action !== "ALLOW" ? [withoutRules(action)] : []),
    ...rules.flatMap((rule, index) => brokenRule(rule, `spec.rules[${index}]`)),
  ];
};

function brokenProvider(action: unknown, provider: unknown): BrokenBuilderRule[] {
  const path = "spec.provider.name";
  if (action !== "CUSTOM" && provider !== undefined)
    return [
      {
        path,
        code: "istio/value-unexpected",
        what: saidValue(provider),
        expected: "none but with CUSTOM",
        fix: "leave it out",
      },
    ];
  if (action !== "CUSTOM" || isText(provider)) return [];
  const expected = "the name of an extension provider of the mesh configuration";
  return [{ path, code: "istio/value-unexpected", what: saidValue(provider), expected, fix: "name one" }];
}

const withoutRules = (action: unknown): BrokenBuilderRule => ({
  path: "spec.rules",
  code: "istio/rule-missing",
  what: `without a rule, ${String(action)} matches nothing`,
  expected: "a rule",
  fix: "give one; an empty one, {}, matches whatever comes",
});

function brokenRule(rule: unknown, path: string): BrokenBuilderRule[] {
  const parts = ["from", "to", "when"] as const;
  return parts.flatMap((part) => {
    const list = valueAtPath(rule, part);
    const at = `${path}.${part}`;
    if (list === undefined) return [];
    if (elementsOf(list).length === 0)
      return [wrong(at, list, "an element at least", "leave it out, if it does not matter")];
    return elementsOf(list).flatMap((element, index) => {
      const place = `${at}[${index}]`;
      if (part === "from") return brokenSource(valueAtPath(element, "source"), `${place}.source`);
      if (part === "to")
        return brokenLists(valueAtPath(element, "operation"), `${place}.operation`, operationFields);
      return brokenCondition(element, place);
    });
  });
}

/** What a value of a list has to be; undefined where it is right. */
type Complaint = (value: string) => Pick<BrokenBuilderRule, "expected" | "fix"> | undefined;

const anyText: Complaint = () => undefined;

const principal: Complaint = (value) =>
  value.startsWith("spiffe://")
    ? {
        expected: "an identity without its scheme",
        fix: `did you mean "${value.slice("spiffe://".length)}"?`,
      }
    : undefined;

const block: Complaint = (value) =>
  (value.includes("/") ? isBlock(value) : isAddress(value))
    ? undefined
    : { expected: "an address or a block of them, as 10.0.0.0/24", fix: "correct it" };

const port: Complaint = (value) =>
  /^\d+$/.test(value) && isPort(Number(value))
    ? undefined
    : { expected: portRange, fix: "give the port of the pods, not that of a Service" };

const withNegatives = (fields: Readonly<Record<string, Complaint>>): ReadonlyMap<string, Complaint> =>
  new Map(
    Object.entries(fields).flatMap(([name, complaint]) => [
      [name, complaint],
      [`not${name.charAt(0).toUpperCase()}${name.slice(1)}`, complaint],
    ]),
  );

const sources = withNegatives({
  principals: principal,
  serviceAccounts: anyText,
  namespaces: anyText,
  requestPrincipals: anyText,
  ipBlocks: block,
  remoteIpBlocks: block,
});
const operationFields = withNegatives({ ports: port, methods: anyText, paths: anyText, hosts: anyText });

function brokenSource(source: unknown, path: string): BrokenBuilderRule[] {
  const has = (...fields: readonly string[]): boolean =>
    fields.some((field) => valueAtPath(source, field) !== undefined);
  const clash =
    has("serviceAccounts", "notServiceAccounts") &&
    has("principals", "notPrincipals", "namespaces", "notNamespaces");
  return [
    ...brokenLists(source, path, sources),
    ...(clash
      ? [
          {
            path,
            code: "istio/source-conflict" as const,
            what: "serviceAccounts stand beside principals or namespaces, which Istio refuses",
            expected: "one of the two",
            fix: 'say the namespace with the account: "shop/web"',
          },
        ]
      : []),
  ];
}

function brokenLists(
  lists: unknown,
  path: string,
  known: ReadonlyMap<string, Complaint>,
): BrokenBuilderRule[] {
  const fields = Object.entries(isRecord(lists) ? lists : {}).filter(([, list]) => list !== undefined);
  if (fields.length === 0)
    return [wrong(path, lists, listedWords([...known.keys()]), "say what it is, or leave it out")];
  return fields.flatMap(([name, list]) => {
    const [at, complaint] = [`${path}.${name}`, known.get(name)];
    if (complaint) return brokenValues(list, at, complaint);
    return [unknownFieldAt(at, name, [...known.keys()])];
  });
}

function brokenValues(list: unknown, path: string, complaint: Complaint): BrokenBuilderRule[] {
  const values = elementsOf(list);
  if (values.length === 0)
    return [wrong(path, list, "a list that is not empty", "leave it out, or give one")];
  return values.flatMap((value, index) => {
    const found = isText(value) ? complaint(value) : { expected: "text", fix: "give it, or leave it out" };
    return found
      ? [{ path: `${path}[${index}]`, code: "istio/value-unexpected", what: saidValue(value), ...found }]
      : [];
  });
}

/** @see https://istio.io/latest/docs/reference/config/security/conditions/ */
const attributes: Readonly<Record<string, Complaint>> = {
  "source.ip": block,
  "remote.ip": block,
  "source.namespace": anyText,
  "source.principal": principal,
  "source.serviceAccount": anyText,
  "request.auth.principal": anyText,
  "request.auth.audiences": anyText,
  "request.auth.presenter": anyText,
  "destination.ip": block,
  "destination.port": port,
  "connection.sni": anyText,
};

/** Attributes that a name is part of. */
const families =
  /^(?:request\.headers\[.+\]|request\.auth\.claims(?:\[.+\])+|experimental\.envoy\.filters\..+)$/;

function brokenCondition(condition: unknown, path: string): BrokenBuilderRule[] {
  const [key, values, others] = ["key", "values", "notValues"].map((field) => valueAtPath(condition, field));
  const known = typeof key === "string" && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  const isKnown = known !== undefined || (typeof key === "string" && families.test(key));
  const names = Object.keys(attributes);
  const expected = `${listedWords([...names, "request.headers[name]"])}, or request.auth.claims[name]`;
  const of = (list: unknown, name: string): BrokenBuilderRule[] =>
    list === undefined ? [] : brokenValues(list, `${path}.${name}`, known ?? anyText);
  return [
    ...(isKnown ? [] : [wrong(`${path}.key`, key, expected, suggestWord(key, names, "name one of them"))]),
    ...(values === undefined && others === undefined
      ? [wrong(`${path}.values`, values, "values or notValues", "say what the attribute has to be")]
      : []),
    ...of(values, "values"),
    ...of(others, "notValues"),
  ];
}
