import { plainText } from "../../objects/text.ts";
import { at, elementPlaces, isSet, listAt, textAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { labelMap } from "../metadata/labels.ts";
import { overhead } from "../pod/resources.ts";
import { taintEffects, tolerations } from "../pod/scheduling.ts";
import { addressBlock, isAddressBlock } from "../value/address.ts";
import { isLabel, isLabelValue, qualifiedName } from "../value/names.ts";
import { notNegative, positive } from "../value/numbers.ts";
import { quantity } from "../value/quantity.ts";
import { oneOf } from "../value/text.ts";

/*
 * Nodes, RuntimeClasses and Leases.
 *
 * Source: ValidateNode in k8s.io/kubernetes/pkg/apis/core/validation, and the validation of pkg/apis/node and coordination.
 */

const taints: Rule = all(
  eachOf(fields({ key: qualifiedName, value: isLabelValue, effect: oneOf(taintEffects) }, "key", "effect")),
  unique(
    "list-key-repeated",
    (taint) => `${textAt(taint, "key") ?? ""}:${textAt(taint, "effect") ?? ""}`,
    "the taint",
  ),
);

/** The blocks of a node's pods; where the one of the field that came first is another, it is the only one. */
const podBlocks: Rule = (place, look) => {
  const first = at(place, "podCIDR");
  const several = at(place, "podCIDRs");
  const isOne = isSet(place.value, "podCIDR") && listAt(place.value, "podCIDRs")[0] !== first.value;
  if (isOne) isAddressBlock(first, look);
  else blocksOfFamilies(several, look);
};

const blocksOfFamilies: Rule = all(eachOf(isAddressBlock), (place, { report }) => {
  const blocks = elementPlaces(place).map(({ value }) => addressBlock(plainText(value)));
  const sizes = blocks.map((block) => block?.bytes.length);
  if (blocks.length > 2 || (blocks.length === 2 && sizes[0] === sizes[1]))
    report(place, "list-too-long", "there is one block of each family at most", "take some out");
});

export const node: Rule = fields({
  spec: all(fields({ taints }), podBlocks),
  status: fields({ capacity: mapOf(undefined, quantity), allocatable: mapOf(undefined, quantity) }),
});

const distinctTolerations = unique(
  "list-key-repeated",
  (each) => ["key", "operator", "value", "effect"].map((name) => textAt(each, name) ?? "").join(" "),
  "the toleration",
);

export const runtimeClass: Rule = fields(
  {
    handler: isLabel,
    overhead: fields({ podFixed: overhead }),
    scheduling: fields({ nodeSelector: labelMap, tolerations: all(tolerations, distinctTolerations) }),
  },
  "handler",
);

/** A strategy and a preferred holder are looked at where a feature gate, off by default, allows them. */
export const leaseRule: Rule = fields({
  spec: fields({ leaseDurationSeconds: positive, leaseTransitions: notNegative }),
});
