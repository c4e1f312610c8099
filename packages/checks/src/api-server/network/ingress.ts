import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { exactlyOne } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { addressBytes } from "../value/address.ts";
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  isLabel,
  isSubdomain,
  isSubdomainOrEmpty,
  pathSegment,
  portName,
  wildcardSubdomain,
} from "../value/names.ts";
import { portNumberOrNone } from "../value/numbers.ts";
import { isPrefixedPath } from "../value/prefixed-path.ts";
import { formed, formedOrEmpty, hasForm, oneOf, textThat } from "../value/text.ts";

/*
 * Ingresses, and the classes of them.
 *
 * Source: ValidateIngressSpec and ValidateIngressClass in k8s.io/kubernetes/pkg/apis/networking/validation, and
 * https://kubernetes.io/docs/concepts/services-networking/ingress/
 */

/** A name of a host, perhaps with a star for its first label. */
const isIngressHost = (text: string): boolean =>
  hasForm(text.includes("*") ? wildcardSubdomain : dnsSubdomain, text);
const tlsHost: Rule = textThat(
  isIngressHost,
  "host-malformed",
  "is not a name of a host",
  'write one as "shop.example.com" or "*.example.com"',
);
const ruleHost: Rule = textThat(
  (text) => text === "" || (isIngressHost(text) && addressBytes(text) === undefined),
  "host-malformed",
  "is not a name of a host",
  'write one as "shop.example.com" or "*.example.com", and no IP address',
);

const ingressPath: Rule = (place, { report }) => {
  const type = textAt(place.value, "pathType");
  const text = textAt(place.value, "path") ?? "";
  const inPlace = at(place, "path");
  const isFree = type === "ImplementationSpecific";
  if (!text.startsWith("/") && !(isFree && text === ""))
    report(inPlace, "path-malformed", `${quoted(text)} is not an absolute path`, "begin it with a slash");
  if (!isFree && /\/\/|\/\.\/|\/\.\.\/|%2[fF]|\/\.\.?$/.test(text))
    report(
      inPlace,
      "path-malformed",
      `${quoted(text)} has steps that lead nowhere or up`,
      "write the path without them",
    );
};

/** From 1.36 on, the name of a Service begins with a digit, too. */
const [strictName, relaxedName] = [formed(dns1035Label), formed(dnsLabel)];
const serviceName: Rule = (place, look) => (look.minor < 36 ? strictName : relaxedName)(place, look);
const backendPort: Rule = all(
  fields({ name: formedOrEmpty(portName), number: portNumberOrNone }),
  (place, { report }) => {
    const [name, number] = [isSet(place.value, "name"), isSet(place.value, "number")];
    if (name && number) report(place, "union-stated-twice", "a port has a name or a number", "take one out");
    if (!name && !number)
      report(place, "union-missing", "the port has neither name nor number", "state one of them");
  },
);

/** An object of any kind, as a parameter of something. */
const anyObject = { apiGroup: isSubdomain, kind: formed(pathSegment), name: formed(pathSegment) };

const backend: Rule = all(
  exactlyOne("where requests go", ["service", "resource"]),
  fields({
    service: fields({ name: serviceName, port: backendPort }, "name", "port"),
    resource: fields(anyObject, "kind", "name"),
  }),
);

const httpPath: Rule = all(
  fields({ pathType: oneOf(["Exact", "Prefix", "ImplementationSpecific"]), backend }, "pathType", "backend"),
  ingressPath,
);

const ingressSpec: Rule = all(
  fields({
    defaultBackend: backend,
    ingressClassName: isSubdomain,
    rules: eachOf(fields({ host: ruleHost, http: fields({ paths: eachOf(httpPath) }, "paths") })),
    tls: eachOf(fields({ hosts: eachOf(tlsHost), secretName: isSubdomainOrEmpty })),
  }),
  (place, { report }) => {
    if (!isSet(place.value, "rules") && !hasFields(valueAt(place.value, "defaultBackend")))
      report(
        place,
        "union-missing",
        "neither rules nor a default backend say where requests go",
        "state one of them",
      );
  },
);

const classAnnotation = "kubernetes.io/ingress.class";

/** The annotation is how a class was named before the field. */
const oneClass: Rule = (place, { report }) => {
  const annotations = valueAt(valueAt(place.value, "metadata"), "annotations");
  const [old, name] = [
    textAt(annotations, classAnnotation),
    textAt(valueAt(place.value, "spec"), "ingressClassName"),
  ];
  if (old !== undefined && name !== undefined && old !== name)
    report(
      at(at(at(place, "metadata"), "annotations"), classAnnotation),
      "ingress-class-conflict",
      `the annotation names the class ${quoted(old)}, and the spec ${quoted(name)}`,
      "take the annotation out",
    );
};

export const ingress: Rule = all(fields({ spec: ingressSpec }, "spec"), oneClass);

const ingressParameters: Rule = all(
  fields({ ...anyObject, scope: oneOf(["Namespace", "Cluster"]), namespace: isLabel }, "kind", "name"),
  (place, { report }) => {
    const isNamespaced = textAt(place.value, "scope") === "Namespace";
    const namespace = valueAt(place.value, "namespace");
    if (isNamespaced && namespace === undefined)
      report(
        at(place, "namespace"),
        "field-missing",
        "namespace is missing, and the scope is Namespace",
        "state it",
      );
    if (!isNamespaced && namespace !== undefined)
      report(
        at(place, "namespace"),
        "namespace-unexpected",
        "namespace goes with the scope Namespace",
        "take it out",
      );
  },
);

export const ingressClass: Rule = fields(
  { spec: fields({ controller: isPrefixedPath(250), parameters: ingressParameters }, "controller") },
  "spec",
);
