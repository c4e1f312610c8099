import type { Rule } from "../rule/rule.ts";
import { dnsSubdomain } from "./names.ts";
import { hasForm, textThat } from "./text.ts";

/**
 * A path with a domain before it, as "example.com/controller".
 *
 * Source: IsDomainPrefixedPath in k8s.io/apimachinery/pkg/util/validation.
 */
export const isPrefixedPath = (longest: number): Rule =>
  textThat(
    (text) => {
      const [domain = "", ...path] = text.split("/");
      return (
        text.length <= longest &&
        hasForm(dnsSubdomain, domain) &&
        /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path.join("/"))
      );
    },
    "text-malformed",
    "is not a path with a domain before it",
    `write it as "example.com/name", of ${longest} characters at most`,
  );
