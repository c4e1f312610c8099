import { at, elementPlaces, hasFields, isSet, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, since, type Look, type Rule } from "../rule/rule.ts";
import { exactlyOne, unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { nodeSelector } from "../pod/scheduling.ts";
import { driverName } from "../volume/volume-source.ts";
import { dnsSubdomain, isLabel, isLabelValue, isSubdomain, qualifiedName } from "../value/names.ts";
import { notNegative, positive } from "../value/numbers.ts";
import { readQuantity } from "../value/quantity.ts";
import { hasForm, oneOf, textThat } from "../value/text.ts";
import { deviceEffects, isDeviceName, writtenName } from "./claim.ts";

/*
 * The devices that a driver offers.
 *
 * Source: validateResourceSliceSpec in k8s.io/kubernetes/pkg/apis/resource/validation.
 */

export const poolName: Rule = textThat(
  (text) => text.length <= 253 && text.split("/").every((part) => hasForm(dnsSubdomain, part)),
  "text-malformed",
  "is not a name of a pool",
  "write DNS subdomains with slashes between them",
);

const attributeName: Rule = textThat(
  isDeviceName,
  "text-malformed",
  "is not a name of an attribute",
  'write it as "gpu.example.com/memory"',
);

const numberPattern = "(?:0|[1-9]\\d*)";
const preRelease = `(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const semver = new RegExp(
  `^${numberPattern}\\.${numberPattern}\\.${numberPattern}(?:-${preRelease}(?:\\.${preRelease})*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);

const attributeValue: Rule = all(
  exactlyOne("its value", ["bool", "int", "string", "version"]),
  fields({
    string: textThat(
      (text) => text.length <= 64,
      "text-too-long",
      "is longer than 64 characters",
      "shorten it",
    ),
    version: textThat(
      (text) => semver.test(text) && text.length <= 64,
      "text-malformed",
      "is not a semantic version",
      'write it as "1.2.3"',
    ),
  }),
);

/** What keeps claims from a device. */
export const deviceTaint: Rule = fields(
  { key: qualifiedName, value: isLabelValue, effect: oneOf(deviceEffects) },
  "key",
  "effect",
);

/** What is to be true before a device is used, and what says that it never will be: both, or none. */
const bindingConditions: Rule = (place, { report }) => {
  const names = ["bindingConditions", "bindingFailureConditions"] as const;
  const seen = new Set<unknown>();
  for (const [index, name] of names.entries()) {
    const other = names[1 - index] ?? "";
    if (isSet(place.value, other) && !isSet(place.value, name))
      report(at(place, name), "field-missing", `${name} is missing, and there are ${other}`, `state ${name}`);
    for (const condition of elementPlaces(at(place, name))) {
      if (seen.has(condition.value))
        report(condition, "list-key-repeated", "the condition is there twice", "take one out");
      seen.add(condition.value);
    }
    if (listAt(place.value, name).length > 4)
      report(at(place, name), "list-too-long", "4 conditions is the most", "take some out");
  }
};

/** How much of a capacity a claim may have of a device that several share. */
const requestPolicies: Rule = (place, { report }) => {
  const isShared = valueAt(place.value, "allowMultipleAllocations") === true;
  const capacity = at(place, "capacity");
  if (!hasFields(capacity.value)) return;
  for (const name of Object.keys(capacity.value)) {
    const policy = at(at(capacity, name), "requestPolicy");
    if (!hasFields(policy.value)) continue;
    const choices = ["validValues", "validRange"].filter((choice) => isSet(policy.value, choice));
    if (!isShared)
      report(
        policy,
        "strategy-conflict",
        "the device is for one claim alone",
        "set allowMultipleAllocations: true, or take the policy out",
      );
    else if (choices.length > 1)
      report(policy, "union-stated-twice", "validValues and validRange exclude each other", "take one out");
    else if (choices.length > 0 && valueAt(policy.value, "default") === undefined)
      report(at(policy, "default"), "field-missing", "default is missing", "state default");
  }
};

const device: Rule = fields(
  {
    name: isLabel,
    attributes: mapOf(attributeName, attributeValue),
    capacity: mapOf(attributeName, fields({ value: readQuantity })),
    taints: since(36, eachOf(deviceTaint)),
    consumesCounters: since(36, eachOf(fields({ counters: mapOf(isLabel) }, "counterSet", "counters"))),
    nodeName: since(36, isSubdomain),
    nodeSelector: since(36, nodeSelector),
    bindingConditions: since(36, eachOf(qualifiedName)),
    bindingFailureConditions: since(36, eachOf(qualifiedName)),
  },
  "name",
);

const lengths: Rule = (place, { report }) => {
  const { value } = place;
  const countOf = (name: string): number => Object.keys(Object(valueAt(value, name))).length;
  if (countOf("attributes") + countOf("capacity") > 32)
    report(place, "list-too-long", "32 attributes and capacities is the most", "take some out");
  if (listAt(value, "taints").length > 4)
    report(at(place, "taints"), "list-too-long", "4 taints is the most", "take some out");
};

/** A device consumes counters that the slice has. */
const knownCounters: Rule = (place, { minor, report }) => {
  if (minor < 36) return;
  const sets = new Map(
    listAt(place.value, "sharedCounters").map((set) => [
      textAt(set, "name"),
      Object(valueAt(set, "counters")),
    ]),
  );
  for (const each of elementPlaces(at(place, "devices")))
    for (const consumed of elementPlaces(at(each, "consumesCounters"))) {
      const set = sets.get(textAt(consumed.value, "counterSet"));
      if (set === undefined)
        report(
          at(consumed, "counterSet"),
          "counter-missing",
          `the slice has no counters ${quoted(textAt(consumed.value, "counterSet"))}`,
          "correct the name",
        );
      else
        for (const name of Object.keys(Object(valueAt(consumed.value, "counters"))))
          if (!Object.hasOwn(set, name))
            report(
              at(at(consumed, "counters"), name),
              "counter-missing",
              `the slice has no counter ${quoted(name)}`,
              "correct the name",
            );
    }
};

const choices = ["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"];

/** The nodes of the slice, or of each of its devices. */
function nodes(place: Parameters<Rule>[0], names: readonly string[], { report }: Look): void {
  const stated = names.filter((name) => valueAt(place.value, name) !== undefined);
  if (stated.length !== 1)
    report(
      place,
      stated.length === 0 ? "union-missing" : "union-stated-twice",
      `its nodes are stated ${stated.length} times`,
      `state one of: ${names.join(", ")}`,
    );
  for (const name of stated)
    if (!isSet(place.value, name))
      report(at(place, name), "field-missing", `${name} says nothing`, "take it out");
}

const chosenNodes: Rule = (place, look) => {
  // Nodes of each device are off by default up to 1.35, and then left out.
  nodes(place, look.minor < 36 ? choices.slice(0, 3) : choices, look);
  const selector = at(place, "nodeSelector");
  if (hasFields(selector.value) && listAt(selector.value, "nodeSelectorTerms").length !== 1)
    look.report(at(selector, "nodeSelectorTerms"), "list-too-long", "there is one term", "leave one");
  if (look.minor < 36) return;
  const isPerDevice = valueAt(place.value, "perDeviceNodeSelection") === true;
  for (const each of elementPlaces(at(place, "devices"))) {
    if (isPerDevice) nodes(each, choices.slice(0, 3), look);
    else
      for (const name of choices.slice(0, 3))
        if (valueAt(each.value, name) !== undefined)
          look.report(
            at(each, name),
            "union-stated-twice",
            "the nodes are those of the slice",
            "take it out",
          );
  }
};

export const resourceSlice: Rule = fields(
  {
    spec: all(
      fields(
        {
          driver: driverName,
          pool: fields(
            { name: poolName, generation: notNegative, resourceSliceCount: positive },
            "name",
            "resourceSliceCount",
          ),
          devices: all(
            eachOf(all(device, lengths, since(36, all(bindingConditions, requestPolicies)))),
            unique("list-key-repeated", writtenName, "the device"),
          ),
          sharedCounters: since(
            36,
            all(
              eachOf(fields({ name: isLabel, counters: mapOf(isLabel) }, "name", "counters")),
              unique("list-key-repeated", writtenName, "the set"),
            ),
          ),
          nodeName: isSubdomain,
          nodeSelector,
        },
        "driver",
        "pool",
      ),
      knownCounters,
      chosenNodes,
    ),
  },
  "spec",
);
