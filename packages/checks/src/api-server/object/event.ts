import { at, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, fields, requireField, type Look, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { qualifiedName } from "../value/names.ts";
import { atMostLong, oneOf } from "../value/text.ts";

/*
 * Events, of both APIs.
 *
 * Source: ValidateEventCreate in k8s.io/kubernetes/pkg/apis/core/validation.
 */

/** An event that has a time says who reports what; one of before is of the namespace of its object. */
function reported(
  place: Parameters<Rule>[0],
  names: Readonly<Record<"controller" | "object" | "note", string>>,
  look: Look,
): void {
  const { value } = place;
  const namespace = textAt(valueAt(value, "metadata"), "namespace") || "default";
  const about = at(place, names.object);
  const of = textAt(about.value, "namespace") ?? "";
  const isNew = isSet(value, "eventTime");
  const fits = isNew
    ? of !== "" || namespace === "default" || namespace === "kube-system"
    : of === namespace || (of === "" && namespace === "default");
  if (!fits)
    look.report(
      at(about, "namespace"),
      "event-namespace",
      `the event is in the namespace ${quoted(namespace)}, and what it is about is not`,
      "state the same for both",
    );
  if (!isNew) return;
  fields(
    {
      [names.controller]: qualifiedName,
      reportingInstance: atMostLong(128),
      action: atMostLong(128),
      reason: atMostLong(128),
      [names.note]: atMostLong(1024),
    },
    names.controller,
    "reportingInstance",
    "action",
    "reason",
  )(place, look);
}

export const coreEvent: Rule = (place, look) =>
  reported(place, { controller: "reportingComponent", object: "involvedObject", note: "message" }, look);

const strict: Rule = all(
  fields({ type: oneOf(["Normal", "Warning"]) }, "eventTime", "type"),
  (place, look) => {
    const series = at(place, "series");
    if (series.value !== undefined) {
      const count = valueAt(series.value, "count");
      if (typeof count !== "number" || count < 2)
        look.report(
          at(series, "count"),
          "number-out-of-range",
          "a series has two events at least",
          "write 2 or more",
        );
      requireField(series, "lastObservedTime", look);
    }
    for (const name of ["deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount"])
      if (isSet(place.value, name))
        look.report(at(place, name), "event-deprecated", `${name} is of the API before`, "take it out");
    const source = at(place, "deprecatedSource");
    if (isSet(source.value, "component") || isSet(source.value, "host"))
      look.report(source, "event-deprecated", "deprecatedSource is of the API before", "take it out");
  },
);

export const event: Rule = all(
  (place, look) =>
    reported(place, { controller: "reportingController", object: "regarding", note: "note" }, look),
  strict,
);
