import { at, isSet, textAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { dnsSubdomain, pathSegment } from "../value/names.ts";
import { formed, hasForm, oneOf } from "../value/text.ts";

/*
 * Roles and their bindings.
 *
 * Source: k8s.io/kubernetes/pkg/apis/rbac/validation, and https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */

const rbacApiGroup = "rbac.authorization.k8s.io";

/** A rule is about resources, or about paths that are none. */
const rbacRule =
  (isNamespaced: boolean): Rule =>
  (place, look) => {
    const { value } = place;
    requireField(place, "verbs", look);
    const urls = at(place, "nonResourceURLs");
    if (!isSet(value, "nonResourceURLs")) {
      requireField(place, "apiGroups", look);
      requireField(place, "resources", look);
      return;
    }
    if (isNamespaced)
      look.report(
        urls,
        "rule-paths",
        "the rules of a namespace are about resources alone",
        "move it to a ClusterRole",
      );
    if (["apiGroups", "resources", "resourceNames"].some((name) => isSet(value, name)))
      look.report(urls, "rule-paths", "a rule is about resources or about paths", "make two rules of it");
  };

export const roleRule: Rule = fields({ rules: eachOf(rbacRule(true)) });

export const clusterRoleRule: Rule = fields({
  rules: eachOf(rbacRule(false)),
  aggregationRule: fields({ clusterRoleSelectors: eachOf(labelSelector) }, "clusterRoleSelectors"),
});

const bindingSubject =
  (isNamespaced: boolean): Rule =>
  (place, look) => {
    const { value } = place;
    requireField(place, "name", look);
    const kind = textAt(value, "kind") ?? "";
    const stated = textAt(value, "apiGroup") ?? "";
    const name = textAt(value, "name") ?? "";
    const inGroup = at(place, "apiGroup");
    if (kind === "ServiceAccount") {
      if (name !== "" && !hasForm(dnsSubdomain, name))
        look.report(
          at(place, "name"),
          "text-malformed",
          `${quoted(name)} is not ${dnsSubdomain.name}`,
          `write ${dnsSubdomain.madeOf}`,
        );
      if (stated !== "")
        look.report(
          inGroup,
          "word-unknown",
          `a ServiceAccount is not of the group ${quoted(stated)}`,
          "take it out",
        );
      // That of the binding is not filled in.
      if (!isNamespaced) requireField(place, "namespace", look);
    } else if (kind === "User" || kind === "Group") {
      // Left out, it is filled in.
      if (stated !== rbacApiGroup && stated !== "")
        look.report(
          inGroup,
          "word-unknown",
          `a ${kind} is not of the group ${quoted(stated)}`,
          `write ${rbacApiGroup}`,
        );
    } else oneOf(["ServiceAccount", "User", "Group"])({ ...at(place, "kind"), value: kind }, look);
  };

const binding = (kinds: readonly string[], isNamespaced: boolean): Rule =>
  all(
    fields(
      {
        roleRef: all(
          fields(
            { apiGroup: oneOf([rbacApiGroup], true), kind: oneOf(kinds), name: formed(pathSegment) },
            "kind",
            "name",
          ),
        ),
        subjects: eachOf(bindingSubject(isNamespaced)),
      },
      "roleRef",
    ),
  );

export const roleBindingRule: Rule = binding(["Role", "ClusterRole"], true);
export const clusterRoleBindingRule: Rule = binding(["ClusterRole"], false);
