import { at, elementPlaces, hasFields, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, since, type Look, type Rule } from "../rule/rule.ts";
import { exactlyOne, unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { templateMetadata, withoutIdentity } from "../metadata/object-metadata.ts";
import { driverName } from "../volume/volume-source.ts";
import {
  cIdentifier,
  dnsSubdomain,
  hasDomain,
  isLabel,
  isLabelValue,
  isSubdomain,
  qualifiedName,
} from "../value/names.ts";
import { numberOr } from "../value/numbers.ts";
import { hasForm, oneOf, textThat } from "../value/text.ts";

/*
 * Claims of devices, but for what their expressions mean.
 *
 * Source: k8s.io/kubernetes/pkg/apis/resource/validation, and
 * https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */

const atMost =
  (most: number): Rule =>
  (place, { report }) => {
    if (Array.isArray(place.value) && place.value.length > most)
      report(
        place,
        "list-too-long",
        `there are ${place.value.length} elements, and ${most} is the most`,
        "take some out",
      );
  };

const selectorExpression: Rule = textThat(
  (text) => text !== "" && text.length <= 10_240,
  "text-too-long",
  "is not an expression",
  "write one of 10,240 characters at most",
);

export const deviceSelectors: Rule = all(
  atMost(32),
  eachOf(fields({ cel: fields({ expression: selectorExpression }, "expression") }, "cel")),
);

const opaque: Rule = all(fields({ driver: driverName }, "driver", "parameters"), (place, { report }) => {
  const { value } = at(place, "parameters");
  if (value !== undefined && !hasFields(value))
    report(at(place, "parameters"), "field-missing", "the parameters are no object", "write an object");
});
const deviceConfiguration: Rule = fields({ opaque }, "opaque");
export const deviceConfigurations: Rule = all(atMost(32), eachOf(deviceConfiguration));

export const deviceEffects: readonly string[] = ["NoSchedule", "NoExecute"];
const deviceToleration: Rule = all(
  fields({ operator: oneOf(["Equal", "Exists"], true), effect: oneOf(deviceEffects, true) }),
  (place, look) => {
    if ((textAt(place.value, "key") ?? "") !== "") qualifiedName(at(place, "key"), look);
    const text = textAt(place.value, "value") ?? "";
    if (textAt(place.value, "operator") === "Exists" && text !== "")
      look.report(at(place, "value"), "toleration-value", "Exists takes no value", "take it out");
    else isLabelValue({ ...at(place, "value"), value: text }, look);
  },
);

const deviceRequest: Rule = all(
  fields(
    {
      deviceClassName: isSubdomain,
      selectors: deviceSelectors,
      allocationMode: oneOf(["All", "ExactCount"], true),
      tolerations: eachOf(deviceToleration),
    },
    "deviceClassName",
  ),
  (place, { report }) => {
    const count = numberOr(valueAt(place.value, "count"), 0);
    const isAll = textAt(place.value, "allocationMode") === "All";
    if (isAll && count !== 0)
      report(
        at(place, "count"),
        "strategy-conflict",
        "all devices are asked for, and a count of them",
        "take count out",
      );
    if (!isAll && count < 0)
      report(at(place, "count"), "number-out-of-range", `count is ${count}`, "write 1 or more");
  },
);

/** The name of an element as it stands there, be it empty. */
export const writtenName = (each: unknown): string | undefined => textAt(each, "name");
const subRequest: Rule = all(fields({ name: isLabel }, "name"), deviceRequest);

const deviceRequests: Rule = all(
  atMost(32),
  eachOf(
    all(
      fields(
        {
          name: isLabel,
          exactly: deviceRequest,
          firstAvailable: all(
            atMost(8),
            eachOf(subRequest),
            unique("list-key-repeated", writtenName, "the request"),
          ),
        },
        "name",
      ),
      exactlyOne("what is asked for", ["exactly", "firstAvailable"]),
    ),
  ),
  unique("list-key-repeated", writtenName, "the request"),
);

/** The name of something that a driver defines, as "gpu.example.com/memory". */
export const isDeviceName = (text: string): boolean => {
  const parts = text.split("/");
  const [first = "", second] = parts;
  if (parts.length > 2 || !hasForm({ ...cIdentifier, longest: 32 }, second ?? first)) return false;
  return second === undefined || hasForm({ ...dnsSubdomain, longest: 63 }, first.toLowerCase());
};
const attribute: Rule = textThat(
  (text) => text.includes("/") && isDeviceName(text),
  "text-malformed",
  "is not a name of an attribute",
  'write it as "gpu.example.com/memory"',
);

/** Constraints and configurations name requests of the claim. */
const namedRequests: Rule = (place, look) => {
  const known = new Set<string>();
  for (const value of listAt(place.value, "requests")) {
    const name = textAt(value, "name") ?? "";
    known.add(name);
    for (const inner of listAt(value, "firstAvailable")) known.add(`${name}/${textAt(inner, "name") ?? ""}`);
  }
  for (const list of ["constraints", "config"])
    for (const element of elementPlaces(at(place, list))) {
      const names = at(element, "requests");
      unique(
        "list-key-repeated",
        (name) => (typeof name === "string" ? name : undefined),
        "the request",
      )(names, look);
      for (const name of elementPlaces(names)) requestIsThere(name, known, look);
    }
};

function requestIsThere(place: Parameters<Rule>[0], known: ReadonlySet<string>, { report }: Look): void {
  if (typeof place.value === "string" && !known.has(place.value))
    report(place, "request-missing", `the claim has no request ${quoted(place.value)}`, "correct the name");
}

const devices: Rule = all(
  fields({
    requests: deviceRequests,
    constraints: all(
      atMost(32),
      eachOf(fields({ matchAttribute: attribute, distinctAttribute: since(36, attribute) })),
    ),
    config: deviceConfigurations,
  }),
  namedRequests,
  (place, { report }) => {
    for (const element of elementPlaces(at(place, "constraints")))
      if (
        valueAt(element.value, "matchAttribute") === undefined &&
        valueAt(element.value, "distinctAttribute") === undefined
      )
        report(at(element, "matchAttribute"), "field-missing", "matchAttribute is missing", "state it");
  },
);

const deviceClaimSpec: Rule = fields({ devices });

export const resourceClaim: Rule = fields({ spec: deviceClaimSpec });
export const resourceClaimTemplate: Rule = fields({
  spec: fields({ metadata: all(templateMetadata, withoutIdentity), spec: deviceClaimSpec }),
});

const extendedName: Rule = textThat(
  (text) => hasDomain(text) && !text.includes("kubernetes.io/") && !text.startsWith("requests."),
  "resource-unknown",
  "is not a resource with a domain of its own",
  'write it as "example.com/gpu"',
);

export const deviceClass: Rule = fields({
  spec: fields({
    selectors: deviceSelectors,
    config: deviceConfigurations,
    extendedResourceName: since(36, extendedName),
  }),
});
