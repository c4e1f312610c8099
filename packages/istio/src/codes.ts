/**
 * Every code of what a builder of this package refuses, with what there is to know of it. The list is closed: a code keeps
 * its meaning once it is published.
 *
 * @example
 * istioCodes["istio/port-missing"]; // "A destination is called at no port."
 */
export const istioCodes = {
  "istio/address-missing":
    "A destination outside of the mesh has no block of addresses, without which a NetworkPolicy cannot admit it.",
  "istio/control-plane-lost":
    "A list of egress hosts that was replaced no longer covers istiod, without which a proxy gets no configuration.",
  "istio/field-unknown": "A builder is given a field that it does not know, and would pass over.",
  "istio/host-malformed":
    "A host is not what Istio or the builder takes at this place: namespace/host, or a dot for the own namespace.",
  "istio/host-missing": "A Sidecar without an egress host lets the workload call nothing.",
  "istio/labels-missing":
    "A policy without labels would select every pod of its namespace, not one workload.",
  "istio/list-disagrees":
    "An object of outbound() no longer agrees with the list of destinations that the others are made of too.",
  "istio/plain-text-admitted": "A patch has made a mode that refuses plain text one that may let it through.",
  "istio/port-malformed": "A port is a whole number from 1 to 65535.",
  "istio/port-missing": "A destination is called at no port.",
  "istio/rule-missing": "An AuthorizationPolicy of this action matches nothing without a rule.",
  "istio/signal-missing": "A Telemetry that sets no signal does nothing.",
  "istio/source-conflict": "Istio refuses serviceAccounts beside principals or namespaces.",
  "istio/value-unexpected": "A value is missing, or is not what Istio takes at this place.",
  "istio/word-unknown": "The field takes one of a few words, and this is not one of them.",
} as const;

/** What may be wrong with what a builder of this package was given. */
export type IstioCode = keyof typeof istioCodes;
