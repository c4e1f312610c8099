import { at, entryAt, hasFields, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { containerResource, isOvercommitAllowed } from "../pod/resources.ts";
import { isQualified } from "../value/names.ts";
import { oneWhole, quantityOf, readQuantity } from "../value/quantity.ts";
import { textThat } from "../value/text.ts";

/*
 * LimitRanges.
 *
 * Source: ValidateLimitRange in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */

const limitLists = ["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"];
const standardResource =
  /^(?:(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|pods|resourcequotas|services(?:\.nodeports|\.loadbalancers)?|replicationcontrollers|secrets|configmaps|persistentvolumeclaims|(?:requests\.)?storage|(?:requests\.)?hugepages-.*)$/;

const anyResource: Rule = textThat(
  (text) => isQualified(text) && (text.includes("/") || standardResource.test(text)),
  "resource-unknown",
  "is not a resource",
  'write one that Kubernetes has, or one with its domain, as "example.com/gpu"',
);

const limitType: Rule = textThat(
  (text) =>
    isQualified(text) && (text.includes("/") || ["Pod", "Container", "PersistentVolumeClaim"].includes(text)),
  "word-unknown",
  "is nothing that is limited",
  "write Pod, Container or PersistentVolumeClaim",
);

const containerLimits = fields(
  Object.fromEntries(limitLists.map((list) => [list, mapOf(containerResource, readQuantity)])),
);
const ofOthers = fields(
  Object.fromEntries(limitLists.map((list) => [list, mapOf(anyResource, readQuantity)])),
);

const limitedResources: Rule = (place, look) => {
  const { value } = place;
  const kind = textAt(value, "type") ?? "";
  (kind === "Pod" || kind === "Container" ? containerLimits : ofOthers)(place, look);
  if (kind === "Pod")
    for (const list of ["default", "defaultRequest"])
      if (hasSomeFields(valueAt(value, list)))
        look.report(
          at(place, list),
          "limit-default",
          "pods as a whole have no defaults",
          "state them for Container",
        );
  if (
    kind === "PersistentVolumeClaim" &&
    ["min", "max"].every((list) => entryAt(valueAt(value, list), "storage", 0) === undefined)
  )
    look.report(
      place,
      "union-missing",
      "neither the least nor the most storage is limited",
      "state min or max of storage",
    );
};

const hasSomeFields = (value: unknown): boolean => hasFields(value) && Object.keys(value).length > 0;

/** Which of two must not be above the other. */
const limitOrder = [
  ["min", "max"],
  ["min", "defaultRequest"],
  ["defaultRequest", "max"],
  ["defaultRequest", "default"],
  ["min", "default"],
  ["default", "max"],
] as const;

const inOrder: Rule = (place, look) => {
  const { value } = place;
  const names = new Set(limitLists.flatMap((list) => Object.keys(Object(valueAt(value, list)))));
  for (const name of names) {
    const amountOf = (list: string): bigint | undefined => quantityOf(valueAt(valueAt(value, list), name));
    for (const [low, high] of limitOrder) {
      const [less, more] = [amountOf(low), amountOf(high)];
      if (less !== undefined && more !== undefined && less > more)
        look.report(
          at(at(place, low), name),
          "limits-out-of-order",
          `${low} of ${quoted(name)} is above ${high}`,
          "correct one of the two",
        );
    }
    const [request, limit] = [amountOf("defaultRequest"), amountOf("default")];
    if (!isOvercommitAllowed(name) && request !== undefined && limit !== undefined && request !== limit)
      look.report(
        at(at(place, "defaultRequest"), name),
        "request-is-not-limit",
        `nothing of ${name} can be shared`,
        "state the same for default and defaultRequest",
      );
    limitRatio(at(at(place, "maxLimitRequestRatio"), name), amountOf("min"), amountOf("max"), look);
  }
};

/** The ratio is one at least, and no more than the bounds leave room for. */
function limitRatio(
  place: Parameters<Rule>[0],
  least: bigint | undefined,
  most: bigint | undefined,
  { report }: Look,
): void {
  const amount = quantityOf(place.value);
  if (amount === undefined) return;
  if (amount < oneWhole)
    report(place, "limits-out-of-order", "the ratio of limit to request is below 1", "raise it");
  if (
    least !== undefined &&
    most !== undefined &&
    least !== 0n &&
    (least > 0n ? amount * least > most * oneWhole : amount * least < most * oneWhole)
  )
    report(
      place,
      "limits-out-of-order",
      "the ratio of limit to request is above that of max to min",
      "lower it",
    );
}

export const limitRange: Rule = fields({
  spec: fields({
    limits: all(
      eachOf(all(fields({ type: limitType }, "type"), limitedResources, inOrder)),
      unique("list-key-repeated", (limit) => textAt(limit, "type"), "the type"),
    ),
  }),
});
