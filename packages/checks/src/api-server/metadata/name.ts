import { at, textAt, valueAt } from "../rule/place.ts";
import type { Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { addressBytes, canonicalAddress } from "../value/address.ts";
import { dns1035Label, dnsLabel, dnsSubdomain, pathSegment } from "../value/names.ts";
import { hasForm, type Form } from "../value/text.ts";

/*
 * The names of objects, by kind.
 *
 * Source: the functions of k8s.io/kubernetes/pkg/apis that validate each kind, and
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

/** What is to be the name of an object; undefined for kinds that are named after their content, or by anything. */
export type NameForm = (minor: number) => Form | undefined;

export const bySubdomain: NameForm = () => dnsSubdomain;
/** The API server names those itself that have no name. */
export const bySubdomainIfAny: NameForm = () => dnsSubdomain;
/** What the kind's own rules say of it. */
export const byContent: NameForm = () => undefined;
export const byLabel: NameForm = () => dnsLabel;
export const bySegment: NameForm = () => pathSegment;
/** From 1.36 on, the name of a Service begins with a digit, too. */
export const byService: NameForm = (minor) => (minor < 36 ? dns1035Label : dnsLabel);
/** The names of the Jobs are eleven characters longer. */
export const byCronJob: NameForm = () => ({
  ...dnsSubdomain,
  longest: 52,
  name: "a DNS subdomain for a CronJob",
});
const plainAddressName: Form = {
  matches: /^/,
  longest: 253,
  name: "an IP address in its plain form",
  madeOf: 'one as "10.0.0.1" or "2001:db8::1"',
};
export const byAddress: NameForm = () => plainAddressName;

/** An object has a name, or one to begin its name with, that is one for its kind. */
export const namedAs =
  (rule: NameForm): Rule =>
  (place, { minor, report }) => {
    const metadata = at(place, "metadata");
    const name = textAt(metadata.value, "name") ?? "";
    const inMetadata = at(metadata, "name");
    const begin = textAt(metadata.value, "generateName") ?? "";
    const form = rule(minor);
    if (name === "" && begin === "" && rule !== bySubdomainIfAny)
      report(inMetadata, "field-missing", "the object has no name", "state metadata.name");
    if (form === undefined) return;
    // What is generated has letters and digits after it.
    const [text, inPlace] = name === "" ? [`${begin}a`, at(metadata, "generateName")] : [name, inMetadata];
    const fits =
      form === plainAddressName
        ? addressBytes(text) !== undefined && canonicalAddress(text) === text
        : hasForm(form, text);
    if (text !== "a" && !fits)
      report(
        inPlace,
        "name-malformed",
        `${quoted(text)} is not ${form.name}${text.length > form.longest ? `, which has ${form.longest} characters at most` : ""}`,
        `rename the object: ${form.madeOf}`,
      );
  };

/** Whether an object lies in a namespace, as its kind does or does not. */
export const scopedAs =
  (isNamespaced: boolean): Rule =>
  (place, { report }) => {
    const metadata = at(place, "metadata");
    const namespace = valueAt(metadata.value, "namespace") ?? "";
    if (!isNamespaced && namespace !== "")
      report(
        at(metadata, "namespace"),
        "namespace-unused",
        "objects of this kind lie in no namespace, and the API server leaves it out",
        "take it out",
      );
    if (isNamespaced && namespace === "")
      report(
        at(metadata, "namespace"),
        "namespace-missing",
        "no namespace is stated, so the object goes wherever kubectl points",
        "state metadata.namespace",
      );
    if (isNamespaced && typeof namespace === "string" && namespace !== "" && !hasForm(dnsLabel, namespace))
      report(
        at(metadata, "namespace"),
        "name-malformed",
        `${quoted(namespace)} is not ${dnsLabel.name}`,
        `write ${dnsLabel.madeOf}`,
      );
  };
