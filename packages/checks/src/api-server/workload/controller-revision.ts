import { at, hasFields } from "../rule/place.ts";
import { all, fields, requireField, type Rule } from "../rule/rule.ts";
import { notNegative } from "../value/numbers.ts";

/*
 * ControllerRevisions.
 *
 * Source: ValidateControllerRevision in k8s.io/kubernetes/pkg/apis/apps/validation.
 */

export const controllerRevision: Rule = all(fields({ revision: notNegative }), (place, look) => {
  const { value } = at(place, "data");
  if (value !== undefined && !hasFields(value))
    look.report(at(place, "data"), "field-missing", "data is not an object", "write an object");
  requireField(place, "data", look);
});
