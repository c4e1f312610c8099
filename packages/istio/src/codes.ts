/**
 * Every code of what a builder of this package refuses, with why it is refused and, as a clause, how it is fixed. The list is closed: a code keeps
 * its meaning once it is published.
 *
 * @example
 * istioCodes["istio/signal-missing"].why; // "A Telemetry that sets no signal does nothing."
 */
export const istioCodes = {
  "istio/address-missing": {
    why: "A destination outside of the mesh has no block of addresses, without which a NetworkPolicy cannot admit it.",
    fix: 'state its addresses: cidrs: ["203.0.113.0/24"], as narrow as they are known',
  },
  "istio/argument-surplus": {
    why: "A builder is given more arguments than it takes, and would pass over what they say.",
    fix: "merge what the further arguments say into the one object with the settings",
  },
  "istio/control-plane-lost": {
    why: "A list of egress hosts that was replaced no longer covers istiod, without which a proxy gets no configuration.",
    fix: 'repeat "istio-system/*" or the host of istiod in the list: a list of hosts is replaced as a whole',
  },
  "istio/field-unknown": {
    why: "A builder is given a field that it does not know, and would pass over.",
    fix: "correct the name of the field, or leave it out",
  },
  "istio/host-malformed": {
    why: "A host is not what Istio or the builder takes at this place: namespace/host, or a dot for the own namespace. Istio refuses the object, or the host matches nothing.",
    fix: 'write namespace/host, as "db/postgres.db.svc.cluster.local", "./*" for the own namespace, "./db.example.com" for a host outside of the mesh',
  },
  "istio/host-missing": {
    why: "A Sidecar without an egress host lets the workload call nothing.",
    fix: 'list the services that the workload calls, as ["./*", "istio-system/*"]',
  },
  "istio/labels-missing": {
    why: "A policy without labels would select every pod of its namespace, not one workload.",
    fix: "give the labels that the pods of the workload have, one at least",
  },
  "istio/list-disagrees": {
    why: "An object of outbound() no longer agrees with the list of destinations that the others are made of too. Traffic that one object lets through would be refused by another.",
    fix: "change the list that outbound() is called with, or remove the object here and declare one of your own",
  },
  "istio/plain-text-admitted": {
    why: "A patch has made a mode that refuses plain text one that may let it through.",
    fix: "take the patch out, or declare the mode that is meant where the object is made",
  },
  "istio/port-malformed": {
    why: "A port is a whole number from 1 to 65535.",
    fix: "write the port as a whole number, as 5432, and that of the pod where a builder asks for it",
  },
  "istio/port-missing": {
    why: "A destination is called at no port. Nothing would be let through to it.",
    fix: 'give the ports that are called, as ports: [{ port: 5432, protocol: "TCP" }]',
  },
  "istio/rule-missing": {
    why: "An AuthorizationPolicy of this action matches nothing without a rule. It would let nothing through, or refuse nothing.",
    fix: "give one rule; an empty one, {}, matches whatever comes",
  },
  "istio/signal-missing": {
    why: "A Telemetry that sets no signal does nothing.",
    fix: "set metrics, tracing or access logging, or leave the object out",
  },
  "istio/source-conflict": {
    why: "Istio refuses serviceAccounts beside principals or namespaces.",
    fix: 'name the accounts alone, with their namespaces: serviceAccounts: ["shop/web"]',
  },
  "istio/value-unexpected": {
    why: "A value is missing, or is not what Istio takes at this place. The proxy, the injector or Istio's webhook would refuse it, or act as if it were not there.",
    fix: "give what the message expects of this field",
  },
  "istio/word-unknown": {
    why: "The field takes one of a few words, and this is not one of them. Istio's webhook refuses another.",
    fix: "write one of the words that the message lists",
  },
} as const;

/** What may be wrong with what a builder of this package was given. */
export type IstioCode = ExplainedRules<typeof istioCodes>;

/** The codes of a list of which each explains itself: a list with one that does not is not compiled. */
type ExplainedRules<Codes extends Readonly<Record<string, { readonly why: string; readonly fix: string }>>> =
  keyof Codes;
