import { at, elementPlaces, isSet, listAt, textAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, requireField, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { protocol } from "../pod/container.ts";
import { addressBytes, canonicalAddress, isEndpointAddress, isV4 } from "../value/address.ts";
import {
  dnsLabel,
  dnsSubdomain,
  isLabel,
  isLabelOrEmpty,
  isLabelValue,
  isSubdomain,
  qualifiedName,
} from "../value/names.ts";
import { portNumber } from "../value/numbers.ts";
import { hasForm, oneOf } from "../value/text.ts";

/*
 * Endpoints and EndpointSlices.
 *
 * Source: ValidateEndpoints in k8s.io/kubernetes/pkg/apis/core/validation, ValidateEndpointSlice in pkg/apis/discovery/validation,
 * and https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
 */

const endpointAddress: Rule = fields(
  { ip: isEndpointAddress, hostname: isLabelOrEmpty, nodeName: isSubdomain },
  "ip",
);

const subset: Rule = all(
  fields({
    addresses: eachOf(endpointAddress),
    notReadyAddresses: eachOf(endpointAddress),
    ports: eachOf(
      fields({ name: isLabelOrEmpty, port: portNumber, protocol, appProtocol: qualifiedName }, "port"),
    ),
  }),
  (place, look) => {
    if (!isSet(place.value, "addresses") && !isSet(place.value, "notReadyAddresses"))
      look.report(
        place,
        "union-missing",
        "a subset without addresses",
        "state addresses or notReadyAddresses",
      );
    const ports = elementPlaces(at(place, "ports"));
    if (ports.length > 1) for (const port of ports) requireField(port, "name", look);
  },
);

export const endpoints: Rule = fields({ subsets: eachOf(subset) });

const nameOrEmpty = (each: unknown): string => textAt(each, "name") ?? "";
const hints: Rule = (place, look) => {
  for (const [list, rule] of [
    ["forZones", isLabelValue],
    ["forNodes", isSubdomain],
  ] as const) {
    fields({
      [list]: all(
        eachOf(fields({ name: rule }, ...(list === "forNodes" ? ["name"] : []))),
        unique("list-key-repeated", nameOrEmpty, "the name"),
      ),
    })(place, look);
    if (listAt(place.value, list).length > 8)
      look.report(at(place, list), "list-too-long", "8 is the most", "take some out");
  }
};

const endpoint: Rule = all(
  fields(
    {
      nodeName: isSubdomain,
      hostname: isLabel,
      deprecatedTopology: mapOf(qualifiedName, isLabelValue),
      hints,
    },
    "addresses",
  ),
  (place, { report }) => {
    if (listAt(place.value, "addresses").length > 100)
      report(at(place, "addresses"), "list-too-long", "100 addresses is the most", "take some out");
  },
);

/** A name of a host of two labels at least. */
function isQualifiedHost(text: string): boolean {
  const name = text.replace(/\.$/, "");
  return (
    hasForm(dnsSubdomain, name) &&
    name.includes(".") &&
    name.split(".").every((label) => hasForm(dnsLabel, label))
  );
}

const fitsType = (type: string, text: string): boolean => {
  const bytes = addressBytes(text);
  if (type === "FQDN") return isQualifiedHost(text);
  // Those of IPv6 have always been in their plain form.
  return (
    bytes !== undefined &&
    isV4(bytes) === (type === "IPv4") &&
    (type === "IPv4" || canonicalAddress(text) === text)
  );
};

/** The addresses of a slice are all of its type. */
const addressesOfType: Rule = (place, look) => {
  const type = textAt(place.value, "addressType") ?? "";
  if (!["IPv4", "IPv6", "FQDN"].includes(type)) return;
  for (const each of elementPlaces(at(place, "endpoints")))
    for (const inner of elementPlaces(at(each, "addresses"))) {
      const { value } = inner;
      if (typeof value !== "string") continue;
      if (!fitsType(type, value))
        look.report(
          inner,
          "address-malformed",
          `${quoted(value)} is not an address of type ${type}`,
          "correct it",
        );
      else if (type !== "FQDN") isEndpointAddress(inner, look);
    }
};

const endpointPorts: Rule = all(
  eachOf(
    fields({ name: isLabelOrEmpty, protocol: oneOf(["TCP", "UDP", "SCTP"]), appProtocol: qualifiedName }),
  ),
  unique("port-name-repeated", nameOrEmpty, "the port"),
);

export const endpointSlice: Rule = all(
  fields(
    { addressType: oneOf(["IPv4", "IPv6", "FQDN"]), endpoints: eachOf(endpoint), ports: endpointPorts },
    "addressType",
  ),
  addressesOfType,
);
