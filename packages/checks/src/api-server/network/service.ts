import { plainText } from "../../objects/text.ts";
import { at, elementPlaces, isSet, listAt, nameOf, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelMap } from "../metadata/labels.ts";
import { protocol } from "../pod/container.ts";
import { addressBytes, addressBlock, isIpAddress, isEndpointAddress, isV4 } from "../value/address.ts";
import { dnsSubdomain, isLabelOrEmpty, qualifiedName } from "../value/names.ts";
import { between, portNumber, portNumberOrNone } from "../value/numbers.ts";
import { portNumberOrName } from "../value/port.ts";
import { hasForm, oneOf, oneOfOrEmpty, textThat } from "../value/text.ts";

/*
 * Services.
 *
 * Source: validateService in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/services-networking/service/
 */

const servicePort: Rule = fields(
  {
    name: isLabelOrEmpty,
    port: portNumber,
    protocol,
    // Nought and an empty text are filled in by the port.
    targetPort: (place, look) => {
      if (place.value !== 0 && place.value !== "") portNumberOrName(place, look);
    },
    appProtocol: qualifiedName,
  },
  "port",
);

const portKey =
  (name: string) =>
  (each: unknown): string | undefined => {
    const number = valueAt(each, name);
    return typeof number === "number" && number !== 0
      ? `${number}/${textAt(each, "protocol") || "TCP"}`
      : undefined;
  };

const servicePorts: Rule = all(
  eachOf(servicePort),
  unique("port-name-repeated", nameOf, "the port"),
  unique("port-number-repeated", portKey("port"), "the port"),
  unique("port-number-repeated", portKey("nodePort"), "the port of the nodes"),
  (place, look) => {
    const list = elementPlaces(place);
    if (list.length > 1) for (const each of list) requireField(each, "name", look);
  },
);

/** The range of the nodes' ports is the cluster's to choose, and rarely another. */
function nodePort(inList: Parameters<Rule>[0], { report }: Look): void {
  const place = at(inList, "nodePort");
  const { value } = place;
  if (typeof value === "number" && value !== 0 && (value < 30_000 || value > 32_767))
    report(
      place,
      "node-port-unusual",
      `nodePort is ${value}, and clusters take 30000 to 32767 unless they are told otherwise`,
      "choose one of these, or leave it out",
    );
}

/** What only some types of Service have. */
function byType(spec: Parameters<Rule>[0], look: Look): void {
  const { value } = spec;
  const { report } = look;
  const type = textAt(value, "type") || "ClusterIP";
  const isHeadless = textAt(value, "clusterIP") === "None";
  if (!isHeadless && type !== "ExternalName") requireField(spec, "ports", look);
  if (isHeadless && (type === "LoadBalancer" || type === "NodePort"))
    report(
      at(spec, "clusterIP"),
      "service-type-field",
      `a Service of type ${type} has an address`,
      "take None out",
    );
  if (type === "ExternalName") {
    requireField(spec, "externalName", look);
    const name = textAt(value, "externalName") ?? "";
    if (name !== "" && !hasForm(dnsSubdomain, name.replace(/\.$/, "")))
      report(
        at(spec, "externalName"),
        "text-malformed",
        `${quoted(name)} is not ${dnsSubdomain.name}`,
        `write ${dnsSubdomain.madeOf}`,
      );
    for (const field of ["clusterIPs", "clusterIP", "ipFamilies", "ipFamilyPolicy"]) {
      // They are left out with the type that has them, but for what is not an empty text.
      if (isSet(value, field) || (field === "ipFamilyPolicy" && valueAt(value, field) !== undefined))
        report(
          at(spec, field),
          "service-type-field",
          `${field} is not for a Service of type ExternalName`,
          "take it out",
        );
    }
  }
  for (const each of elementPlaces(at(spec, "ports"))) nodePort(each, look);
  if (type === "ClusterIP")
    for (const each of elementPlaces(at(spec, "ports")))
      if (isSet(each.value, "nodePort"))
        report(
          at(each, "nodePort"),
          "service-type-field",
          "a Service of type ClusterIP takes no port of the nodes",
          "take it out, or set type: NodePort",
        );
  if (type !== "LoadBalancer") onlyForLoadBalancers(spec, type, look);
  else fields({ loadBalancerClass: qualifiedName })(spec, look);
  externalTraffic(spec, type, look);
}

const onlyForLoadBalancers = (spec: Parameters<Rule>[0], type: string, look: Look): void => {
  for (const field of ["loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass"]) {
    const value = valueAt(spec.value, field);
    if (value !== undefined && !(Array.isArray(value) && value.length === 0))
      look.report(
        at(spec, field),
        "service-type-field",
        `${field} is not for a Service of type ${type}`,
        "take it out, or set type: LoadBalancer",
      );
  }
};

/** Policies for traffic from outside are for Services that take some. */
function externalTraffic(spec: Parameters<Rule>[0], type: string, { report }: Look): void {
  const { value } = spec;
  const policy = textAt(value, "externalTrafficPolicy") ?? "";
  const isOpen =
    type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && isSet(value, "externalIPs"));
  if (policy !== "" && !isOpen)
    report(
      at(spec, "externalTrafficPolicy"),
      "service-type-field",
      "nothing from outside reaches the Service",
      "take it out",
    );
  const checked = valueAt(value, "healthCheckNodePort") ?? 0;
  const isChecked = type === "LoadBalancer" && policy === "Local";
  if (checked !== 0 && !isChecked)
    report(
      at(spec, "healthCheckNodePort"),
      "service-type-field",
      "healthCheckNodePort goes with type LoadBalancer and externalTrafficPolicy Local",
      "take it out",
    );
  if (isChecked) portNumberOrNone(at(spec, "healthCheckNodePort"), { minor: 0, object: spec, report });
}

const affinityConfig = fields({
  sessionAffinityConfig: fields({ clientIP: fields({ timeoutSeconds: between(1, 86_400) }) }),
});

/** How clients stick to a pod is looked at where they do; otherwise the API server leaves it out. */
const sessionAffinity: Rule = (spec, look) => {
  if (valueAt(spec.value, "sessionAffinity") === "ClientIP") affinityConfig(spec, look);
};

/** The addresses of a Service: one of each family at most. */
const addresses: Rule = (spec, look) => {
  const { value } = spec;
  if (textAt(value, "type") === "ExternalName") return;
  const { report } = look;
  const [single = "", several] = [textAt(value, "clusterIP"), listAt(value, "clusterIPs")];
  const place = at(spec, "clusterIPs");
  if (several.length > 0 && single !== "" && several[0] !== single)
    report(place, "cluster-ip-conflict", "the first of clusterIPs is not clusterIP", "state clusterIP alone");
  if (several.length > 0 && single === "")
    report(
      place,
      "cluster-ip-conflict",
      "clusterIP is missing",
      "state the first of clusterIPs as clusterIP, too",
    );
  const texts = several.length > 0 ? several.map(plainText) : single === "" ? [] : [single];
  if (texts[0] === "None") {
    if (texts.length > 1) report(place, "cluster-ip-conflict", "None stands alone", "take the others out");
    return;
  }
  const known = texts.map(addressBytes);
  for (const [index, bytes] of known.entries())
    if (bytes === undefined)
      report(
        several.length > 0 ? at(place, String(index)) : at(spec, "clusterIP"),
        "address-malformed",
        `${quoted(texts[index])} is not an IP address`,
        "write one, or None",
      );
  const families = known.flatMap((bytes) => (bytes === undefined ? [] : [isV4(bytes) ? "IPv4" : "IPv6"]));
  if (texts.length > 2 || (families.length === 2 && families[0] === families[1]))
    report(place, "cluster-ip-conflict", "there is one address of each family at most", "take some out");
  const stated = listAt(value, "ipFamilies");
  for (const [index, family] of families.entries())
    if (
      stated[index] !== undefined &&
      stated[index] !== family &&
      (stated[index] === "IPv4" || stated[index] === "IPv6")
    )
      report(
        at(spec, "ipFamilies"),
        "cluster-ip-conflict",
        `${quoted(texts[index])} is not an address of ${stated[index]}`,
        "correct one of the two",
      );
};

const ipFamilies: Rule = all(
  eachOf(oneOf(["IPv4", "IPv6"])),
  unique("list-key-repeated", (each) => (typeof each === "string" ? each : undefined), "the family"),
);

const sourceRange: Rule = textThat(
  (text) => addressBlock(text.trim()) !== undefined,
  "address-malformed",
  "is not a block of addresses in CIDR notation",
  'write one as "10.0.0.0/8"',
);

const trafficDistribution: Rule = (place, look) =>
  oneOf(look.minor < 34 ? ["PreferClose"] : ["PreferClose", "PreferSameZone", "PreferSameNode"])(place, look);

const serviceSpec: Rule = all(
  fields({
    ports: servicePorts,
    selector: labelMap,
    type: oneOfOrEmpty("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    sessionAffinity: oneOfOrEmpty("ClientIP", "None"),
    externalIPs: eachOf(all(isIpAddress, isEndpointAddress)),
    ipFamilies: ipFamilies,
    ipFamilyPolicy: oneOf(["SingleStack", "PreferDualStack", "RequireDualStack"]),
    loadBalancerSourceRanges: eachOf(sourceRange),
    externalTrafficPolicy: oneOfOrEmpty("Cluster", "Local"),
    internalTrafficPolicy: oneOf(["Cluster", "Local"]),
    trafficDistribution,
  }),
  byType,
  sessionAffinity,
  addresses,
);

export const service: Rule = fields({ spec: serviceSpec }, "spec");
