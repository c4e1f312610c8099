import { at, hasFields, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { containerResource, isOvercommitAllowed } from "../pod/resources.ts";
import { isQualified } from "../value/names.ts";
import { one, quantityOf, readQuantity } from "../value/quantity.ts";
import { textThat } from "../value/text.ts";

/*
 * LimitRanges.
 *
 * Source: ValidateLimitRange in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */

const lists = ["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"];
const standard =
  /^(?:(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|pods|resourcequotas|services(?:\.nodeports|\.loadbalancers)?|replicationcontrollers|secrets|configmaps|persistentvolumeclaims|(?:requests\.)?storage|(?:requests\.)?hugepages-.*)$/;

const anyResource: Rule = textThat(
  (text) => isQualified(text) && (text.includes("/") || standard.test(text)),
  "resource-unknown",
  "is not a resource",
  'write one that Kubernetes has, or one with its domain, as "example.com/gpu"',
);

const type: Rule = textThat(
  (text) =>
    isQualified(text) && (text.includes("/") || ["Pod", "Container", "PersistentVolumeClaim"].includes(text)),
  "word-unknown",
  "is nothing that is limited",
  "write Pod, Container or PersistentVolumeClaim",
);

const ofContainers = fields(
  Object.fromEntries(lists.map((list) => [list, mapOf(containerResource, readQuantity)])),
);
const ofOthers = fields(Object.fromEntries(lists.map((list) => [list, mapOf(anyResource, readQuantity)])));

const resources: Rule = (place, look) => {
  const { value } = place;
  const kind = textAt(value, "type") ?? "";
  (kind === "Pod" || kind === "Container" ? ofContainers : ofOthers)(place, look);
  if (kind === "Pod")
    for (const list of ["default", "defaultRequest"])
      if (hasEntries(valueAt(value, list)))
        look.report(
          at(place, list),
          "limit-default",
          "pods as a whole have no defaults",
          "state them for Container",
        );
  if (
    kind === "PersistentVolumeClaim" &&
    ["min", "max"].every((list) => valueAt(valueAt(value, list), "storage") === undefined)
  )
    look.report(
      place,
      "union-missing",
      "neither the least nor the most storage is limited",
      "state min or max of storage",
    );
};

const hasEntries = (value: unknown): boolean => hasFields(value) && Object.keys(value).length > 0;

/** Which of two must not be above the other. */
const order = [
  ["min", "max"],
  ["min", "defaultRequest"],
  ["defaultRequest", "max"],
  ["defaultRequest", "default"],
  ["min", "default"],
  ["default", "max"],
] as const;

const inOrder: Rule = (place, look) => {
  const { value } = place;
  const names = new Set(lists.flatMap((list) => Object.keys(Object(valueAt(value, list)))));
  for (const name of names) {
    const amountOf = (list: string): bigint | undefined => quantityOf(valueAt(valueAt(value, list), name));
    for (const [low, high] of order) {
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
    ratio(at(at(place, "maxLimitRequestRatio"), name), amountOf("min"), amountOf("max"), look);
  }
};

/** The ratio is one at least, and no more than the bounds leave room for. */
function ratio(
  place: Parameters<Rule>[0],
  least: bigint | undefined,
  most: bigint | undefined,
  { report }: Look,
): void {
  const amount = quantityOf(place.value);
  if (amount === undefined) return;
  if (amount < one)
    report(place, "limits-out-of-order", "the ratio of limit to request is below 1", "raise it");
  if (
    least !== undefined &&
    most !== undefined &&
    least !== 0n &&
    (least > 0n ? amount * least > most * one : amount * least < most * one)
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
      eachOf(all(fields({ type }, "type"), resources, inOrder)),
      unique("list-key-repeated", (limit) => textAt(limit, "type"), "the type"),
    ),
  }),
});
