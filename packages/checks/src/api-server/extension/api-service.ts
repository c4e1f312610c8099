import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, fields, requireField, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dns1035Label, isSubdomainOrEmpty } from "../value/names.ts";
import { between, portNumber } from "../value/numbers.ts";
import { formed } from "../value/text.ts";

/*
 * APIServices.
 *
 * Source: ValidateAPIService in k8s.io/kube-aggregator/pkg/apis/apiregistration/validation, and
 * https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/
 */

const apiServiceSpec: Rule = all(
  fields(
    {
      group: isSubdomainOrEmpty,
      version: formed(dns1035Label),
      groupPriorityMinimum: between(1, 20_000),
      versionPriority: between(1, 1000),
      service: fields({ port: portNumber }, "name", "namespace"),
    },
    "version",
    "groupPriorityMinimum",
    "versionPriority",
  ),
  (place, look) => {
    const { value } = place;
    if (textAt(value, "version") !== "v1") requireField(place, "group", look);
    const isLocal = !hasFields(valueAt(value, "service"));
    for (const name of isLocal ? ["caBundle", "insecureSkipTLSVerify"] : [])
      if (isSet(value, name))
        look.report(
          at(place, name),
          "api-service-field",
          `${name} is for APIs that a Service serves`,
          "take it out",
        );
    if (!isLocal && isSet(value, "caBundle") && isSet(value, "insecureSkipTLSVerify"))
      look.report(
        at(place, "insecureSkipTLSVerify"),
        "api-service-field",
        "nothing is verified, and there is caBundle",
        "take one out",
      );
  },
);

export const apiService: Rule = all(fields({ spec: apiServiceSpec }, "spec"), (place, { report }) => {
  const inner = valueAt(place.value, "spec");
  const name = textAt(valueAt(place.value, "metadata"), "name");
  const wanted = `${textAt(inner, "version") ?? ""}.${textAt(inner, "group") ?? ""}`;
  if (name !== undefined && name !== wanted)
    report(
      at(at(place, "metadata"), "name"),
      "name-of-content",
      `${quoted(name)} is not spec.version and spec.group`,
      `rename the object to ${quoted(wanted)}`,
    );
});
