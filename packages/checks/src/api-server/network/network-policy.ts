import { at, hasFields, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { isAddressBlock, isBlockWithin, addressBlock } from "../value/address.ts";
import { portNumber } from "../value/numbers.ts";
import { portNumberOrName } from "../value/port.ts";
import { oneOf } from "../value/text.ts";

/*
 * NetworkPolicies.
 *
 * Source: ValidateNetworkPolicySpec in k8s.io/kubernetes/pkg/apis/networking/validation, and
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */

const policyPort: Rule = all(
  fields({ protocol: oneOf(["TCP", "UDP", "SCTP"]), port: portNumberOrName }),
  (place, look) => {
    const { value } = place;
    const [first, last] = [valueAt(value, "port"), at(place, "endPort")];
    if (last.value === undefined) return;
    if (typeof first !== "number")
      look.report(
        last,
        "end-port",
        "endPort goes with a port that is a number",
        "state one, or take endPort out",
      );
    else if (typeof last.value === "number" && last.value < first)
      look.report(last, "end-port", `endPort is ${last.value}, and port is ${first}`, "make the range go up");
    else portNumber(last, look);
  },
);

const ipBlock: Rule = all(
  fields({ cidr: isAddressBlock, except: eachOf(isAddressBlock) }, "cidr"),
  (place, { report }) => {
    const cidr = textAt(place.value, "cidr") ?? "";
    if (addressBlock(cidr) === undefined) return;
    for (const [step, value] of listAt(place.value, "except").entries())
      if (typeof value === "string" && addressBlock(value) !== undefined && !isBlockWithin(value, cidr))
        report(
          { value, above: at(place, "except"), step },
          "exception-outside-block",
          `${quoted(value)} is no smaller block within ${quoted(cidr)}`,
          "write one that is",
        );
  },
);

const peer: Rule = all(
  fields({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock }),
  (place, { report }) => {
    const [pods, spaces, block] = ["podSelector", "namespaceSelector", "ipBlock"].map((name) =>
      hasFields(valueAt(place.value, name)),
    );
    if (!pods && !spaces && !block)
      report(place, "union-missing", "the peer is none", "state podSelector, namespaceSelector or ipBlock");
    if (block && (pods || spaces))
      report(
        at(place, "ipBlock"),
        "union-stated-twice",
        "a block of addresses goes with no selector",
        "make two peers of them",
      );
  },
);

const policyTypes: Rule = all(eachOf(oneOf(["Ingress", "Egress"])), (place, { report }) => {
  const { value } = place;
  if (Array.isArray(value) && value.length > 2)
    report(place, "list-too-long", "two types is the most", "take some out");
});

export const networkPolicy: Rule = fields({
  spec: fields({
    podSelector: labelSelector,
    ingress: eachOf(fields({ ports: eachOf(policyPort), from: eachOf(peer) })),
    egress: eachOf(fields({ ports: eachOf(policyPort), to: eachOf(peer) })),
    policyTypes: policyTypes,
  }),
});
