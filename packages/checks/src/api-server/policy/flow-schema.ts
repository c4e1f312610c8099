import { plainText } from "../../objects/text.ts";
import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Look, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dnsSubdomain, isLabel, isSubdomain } from "../value/names.ts";
import { between, notNegative, numberOr } from "../value/numbers.ts";
import { hasForm, oneOf, textThat } from "../value/text.ts";

/*
 * FlowSchemas and PriorityLevelConfigurations.
 *
 * Source: k8s.io/kubernetes/pkg/apis/flowcontrol/validation, and
 * https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
 */

const requestVerbs = [
  "get",
  "list",
  "create",
  "update",
  "delete",
  "deletecollection",
  "patch",
  "watch",
  "proxy",
];

/** A star stands for all, and alone. */
const aloneIfAny =
  (other?: Rule): Rule =>
  (place, look) => {
    const { value } = place;
    if (!Array.isArray(value)) return;
    if (!value.includes("*")) other?.(place, look);
    else if (value.length > 1)
      look.report(place, "star-not-alone", `"*" stands for all of them`, "take the others out");
  };

const nonResourceUrl: Rule = textThat(
  (text) =>
    text === "/" || (/^\/[^ *]*(?:\/\*|[^ *])?$/.test(text) && !text.includes("//") && !/\*./.test(text)),
  "path-malformed",
  "is not a path of a request",
  'write one as "/healthz" or "/metrics/*"',
);

const accountSubject: Rule = fields(
  {
    namespace: isLabel,
    name: textThat(
      (text) => text === "*" || hasForm(dnsSubdomain, text),
      "text-malformed",
      "is not a name of a ServiceAccount",
      'write one, or "*"',
    ),
  },
  "name",
  "namespace",
);

const subjects: Readonly<Record<string, string>> = {
  User: "user",
  Group: "group",
  ServiceAccount: "serviceAccount",
};
const flowSubject: Rule = all(
  fields(
    {
      kind: oneOf(Object.keys(subjects)),
      user: fields({}, "name"),
      group: fields({}, "name"),
      serviceAccount: accountSubject,
    },
    "kind",
  ),
  (place, look) => {
    const own = subjects[textAt(place.value, "kind") ?? ""];
    if (own === undefined) return;
    requireField(place, own, look);
    for (const other of Object.values(subjects))
      if (other !== own && valueAt(place.value, other) !== undefined)
        look.report(at(place, other), "union-stated-twice", `the subject is of another kind`, "take it out");
  },
);

const resourceRule: Rule = all(
  fields(
    {
      verbs: aloneIfAny(eachOf(oneOf(requestVerbs))),
      apiGroups: aloneIfAny(),
      resources: aloneIfAny(),
      namespaces: aloneIfAny(eachOf(isLabel)),
    },
    "verbs",
    "apiGroups",
    "resources",
  ),
  (place, look) => {
    if (valueAt(place.value, "clusterScope") !== true) requireField(place, "namespaces", look);
  },
);

const flowRule: Rule = all(
  fields(
    {
      subjects: eachOf(flowSubject),
      resourceRules: eachOf(resourceRule),
      nonResourceRules: eachOf(
        fields(
          {
            verbs: aloneIfAny(eachOf(oneOf(requestVerbs))),
            nonResourceURLs: aloneIfAny(eachOf(nonResourceUrl)),
          },
          "verbs",
          "nonResourceURLs",
        ),
      ),
    },
    "subjects",
  ),
  (place, { report }) => {
    if (!isSet(place.value, "resourceRules") && !isSet(place.value, "nonResourceRules"))
      report(
        place,
        "union-missing",
        "nothing says what the rule is about",
        "state resourceRules or nonResourceRules",
      );
  },
);

const mandatory = new Set(["exempt", "catch-all"]);
const schemaName = (place: Parameters<Rule>[0]): string =>
  textAt(valueAt(place.value, "metadata"), "name") ?? "";

export const flowSchema: Rule = all(
  fields(
    {
      spec: fields(
        {
          matchingPrecedence: between(0, 10_000),
          distinguisherMethod: fields({ type: oneOf(["ByUser", "ByNamespace"]) }, "type"),
          priorityLevelConfiguration: fields({ name: isSubdomain }, "name"),
          rules: eachOf(flowRule),
        },
        "priorityLevelConfiguration",
      ),
    },
    "spec",
  ),
  (place, { report }) => {
    const precedence = valueAt(valueAt(place.value, "spec"), "matchingPrecedence");
    if (precedence === 1 && !mandatory.has(schemaName(place)))
      report(
        at(at(place, "spec"), "matchingPrecedence"),
        "number-out-of-range",
        "1 is of the schema exempt alone",
        "write 2 or more",
      );
  },
);

/** How many bits it takes to choose hands of queues. */
const entropy = (queues: number, hand: number): number => Math.ceil(Math.log2(queues) * hand);

const queuing = (place: Parameters<Rule>[0], { report }: Look): void => {
  const { value } = place;
  const numberAt = (name: string, otherwise: number): number =>
    numberOr(valueAt(value, name) || undefined, otherwise);
  const [queues, hand] = [numberAt("queues", 64), numberAt("handSize", 8)];
  for (const [name, most] of [
    ["queueLengthLimit", Infinity],
    ["queues", 10_000_000],
    ["handSize", queues],
  ] as const) {
    const number = numberAt(name, 1);
    if (number < 1 || number > most)
      report(
        at(place, name),
        "number-out-of-range",
        `${name} is ${number}`,
        `write a number from 1 to ${most}`,
      );
  }
  if (hand >= 1 && hand <= queues && entropy(queues, hand) > 60)
    report(
      at(place, "handSize"),
      "number-out-of-range",
      `hands of ${hand} of ${queues} queues are too many to choose from`,
      "lower one of the two",
    );
};

const response: Rule = all(fields({ type: oneOf(["Queue", "Reject"]) }, "type"), (place, look) => {
  const isQueue = textAt(place.value, "type") === "Queue";
  const inPlace = at(place, "queuing");
  if (hasFields(inPlace.value) && !isQueue)
    look.report(inPlace, "strategy-conflict", "queuing goes with the type Queue", "take it out");
  if (isQueue) requireField(place, "queuing", look);
  if (isQueue && hasFields(inPlace.value)) queuing(inPlace, look);
});

const shares = { nominalConcurrencyShares: notNegative, lendablePercent: between(0, 100) };
const levelSpec: Rule = all(
  fields(
    {
      type: oneOf(["Exempt", "Limited"]),
      limited: fields(
        { ...shares, borrowingLimitPercent: notNegative, limitResponse: response },
        "limitResponse",
      ),
      exempt: fields(shares),
    },
    "type",
  ),
  (place, look) => {
    const type = textAt(place.value, "type");
    const other = type === "Limited" ? "exempt" : "limited";
    if (type === "Limited") requireField(place, "limited", look);
    if (valueAt(place.value, other) !== undefined)
      look.report(
        at(place, other),
        "union-stated-twice",
        `the type is ${plainText(type)}`,
        `take ${other} out`,
      );
  },
);

export const priorityLevel: Rule = all(fields({ spec: levelSpec }, "spec"), (place, { report }) => {
  const isExempt = textAt(valueAt(place.value, "spec"), "type") === "Exempt";
  if (isExempt !== (schemaName(place) === "exempt"))
    report(
      at(at(place, "spec"), "type"),
      "name-reserved",
      `the level called ${quoted("exempt")} is the one of the type Exempt`,
      "write Limited",
    );
});
