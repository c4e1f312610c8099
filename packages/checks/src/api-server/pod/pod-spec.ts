import { plainText } from "../../objects/text.ts";
import {
  at,
  elementPlaces,
  hasFields,
  isSet,
  listAt,
  textAt,
  valueAt,
  type RulePlace,
} from "../rule/place.ts";
import { all, eachOf, fields, lazily, requireField, since, type Look, type Rule } from "../rule/rule.ts";
import { exactlyOne, unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelMap } from "../metadata/labels.ts";
import { isIpAddress } from "../value/address.ts";
import {
  dnsSearch,
  dnsSubdomain,
  isLabel,
  isLabelOrEmpty,
  isSubdomain,
  isSubdomainOrEmpty,
  qualifiedName,
} from "../value/names.ts";
import { between } from "../value/numbers.ts";
import { hasForm, oneOf, oneOfOrEmpty, textThat } from "../value/text.ts";
import { container, hostPortsOnce, initContainer, restarts } from "./container.ts";
import { mountsOfVolumes } from "./mounts.ts";
import { operatingSystem, ownUsers } from "./operating-system.ts";
import { isSidecar } from "./probe.ts";
import { overhead, podResources } from "./resources.ts";
import { affinity, spread, tolerations } from "./scheduling.ts";
import { podSecurity } from "./security.ts";
import { volumes, volumesByName } from "./volumes.ts";

/*
 * What a pod is made of.
 *
 * Source: ValidatePodSpec in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */

const search: Rule = (place, { minor, report }) => {
  const { value } = place;
  if (typeof value !== "string") return;
  const name = value.endsWith(".") ? value.slice(0, -1) : value;
  // Names with underscores, and the root alone, are allowed by default from 1.33 on.
  const isKnown = minor < 33 ? hasForm(dnsSubdomain, name) : value === "." || hasForm(dnsSearch, name);
  if (!isKnown)
    report(place, "text-malformed", `${quoted(value)} is no domain to search in`, "write a DNS subdomain");
};

const dnsConfig: Rule = lazily(() =>
  all(
    fields({
      nameservers: eachOf(isIpAddress),
      searches: eachOf(search),
      options: eachOf(fields({}, "name")),
    }),
    (place, { report }) => {
      const servers = listAt(place.value, "nameservers");
      const searches = listAt(place.value, "searches");
      if (servers.length > 3)
        report(
          at(place, "nameservers"),
          "list-too-long",
          `there are ${servers.length} nameservers, and 3 is the most`,
          "take some out",
        );
      if (searches.length > 32 || searches.map(plainText).join(" ").length > 2048)
        report(
          at(place, "searches"),
          "list-too-long",
          "32 domains of 2,048 characters together is the most",
          "take some out",
        );
    },
  ),
);

const resourceClaims: Rule = lazily(() =>
  all(
    eachOf(
      all(
        fields(
          { name: isLabel, resourceClaimName: isSubdomain, resourceClaimTemplateName: isSubdomain },
          "name",
        ),
        exactlyOne("which claim it is", ["resourceClaimName", "resourceClaimTemplateName"]),
      ),
    ),
    unique("list-key-repeated", (claim) => textAt(claim, "name"), "the claim"),
  ),
);

/** The field that came before serviceAccountName, where that one is left out. */
const oldServiceAccount: Rule = (place, look) => {
  if (!isSet(place.above?.value, "serviceAccountName")) isSubdomainOrEmpty(place, look);
};

const ownPodFields: Rule = fields(
  {
    volumes,
    containers: eachOf(container),
    initContainers: eachOf(initContainer),
    restartPolicy: oneOfOrEmpty("Always", "OnFailure", "Never"),
    dnsPolicy: oneOfOrEmpty("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
    dnsConfig,
    nodeSelector: labelMap,
    securityContext: podSecurity,
    affinity,
    tolerations,
    topologySpreadConstraints: spread,
    readinessGates: lazily(() => eachOf(fields({ conditionType: qualifiedName }, "conditionType"))),
    schedulingGates: lazily(() =>
      all(
        eachOf(fields({ name: qualifiedName }, "name")),
        unique("list-key-repeated", (gate) => textAt(gate, "name"), "the gate"),
      ),
    ),
    serviceAccountName: isSubdomainOrEmpty,
    serviceAccount: oldServiceAccount,
    nodeName: isSubdomainOrEmpty,
    activeDeadlineSeconds: between(1, 2_147_483_647),
    hostname: isLabelOrEmpty,
    hostnameOverride: since(
      35,
      all(
        isSubdomain,
        textThat((text) => text.length <= 64, "text-too-long", "is longer than 64 characters", "shorten it"),
      ),
    ),
    subdomain: isLabelOrEmpty,
    hostAliases: lazily(() => eachOf(fields({ ip: isIpAddress, hostnames: eachOf(isSubdomain) }, "ip"))),
    priorityClassName: isSubdomainOrEmpty,
    runtimeClassName: isSubdomain,
    preemptionPolicy: oneOf(["PreemptLowerPriority", "Never"]),
    overhead,
    os: lazily(() => fields({ name: oneOf(["linux", "windows"]) }, "name")),
    resources: podResources,
    // Claims are off by default up to 1.33, and then left out before anybody looks at them.
    resourceClaims: since(34, resourceClaims),
  },
  "containers",
);

/** All containers of a pod, those that initialise it first. */
export const containerPlaces = (spec: RulePlace): readonly RulePlace[] => [
  ...elementPlaces(at(spec, "initContainers")),
  ...elementPlaces(at(spec, "containers")),
];

/** No two containers have one name. */
function distinctNames(containers: readonly RulePlace[], { report }: Look): void {
  const seen = new Set<string>();
  for (const place of containers) {
    const name = textAt(place.value, "name") ?? "";
    if (seen.has(name) && name !== "")
      report(
        at(place, "name"),
        "container-name-repeated",
        `another container has the name ${quoted(name)}`,
        "rename one",
      );
    seen.add(name);
  }
}

/** In the network of the node, a container's port is one of the node. */
function hostNetworkPorts(spec: RulePlace, isPod: boolean, { report }: Look): void {
  if (valueAt(spec.value, "hostNetwork") !== true) return;
  for (const place of elementPlaces(at(spec, "containers")))
    for (const port of elementPlaces(at(place, "ports"))) {
      const [host, inner] = [valueAt(port.value, "hostPort") ?? 0, valueAt(port.value, "containerPort")];
      // A pod has the port of the node filled in, and a template has it left out.
      if (host !== 0 && host !== inner && (isPod || host !== undefined))
        report(
          at(port, "hostPort"),
          "host-network-port",
          `hostPort is ${quoted(host)}, and in the network of the node it is that of the container`,
          "write the same number for both",
        );
    }
}

function dnsIsThere(spec: RulePlace, look: Look): void {
  if (valueAt(spec.value, "dnsPolicy") !== "None") return;
  const config = at(spec, "dnsConfig");
  requireField(
    hasFields(config.value) ? config : spec,
    hasFields(config.value) ? "nameservers" : "dnsConfig",
    look,
  );
}

/** The seconds that a container may take to stop; 30 where nothing says so. */
function sleepIsShort(spec: RulePlace, containers: readonly RulePlace[], look: Look): void {
  const stated = valueAt(spec.value, "terminationGracePeriodSeconds");
  const grace = typeof stated === "number" ? stated : 30;
  for (const place of containers)
    for (const name of ["postStart", "preStop"]) {
      const sleep = at(at(at(place, "lifecycle"), name), "sleep");
      if (!hasFields(sleep.value)) continue;
      const seconds = valueAt(sleep.value, "seconds") ?? 0;
      const least = look.minor < 33 ? 1 : 0;
      if (typeof seconds === "number" && (seconds < least || seconds > grace))
        look.report(
          at(sleep, "seconds"),
          "sleep-out-of-range",
          `it sleeps for ${seconds} seconds of the ${grace} that the pod has to stop`,
          grace < least
            ? "raise terminationGracePeriodSeconds: in no time, nothing sleeps"
            : `write a number from ${least} to ${grace}, or raise terminationGracePeriodSeconds`,
        );
    }
}

/** What containers claim is what their pod does. */
function claimsAreThere(spec: RulePlace, containers: readonly RulePlace[], { minor, report }: Look): void {
  if (minor < 34) return;
  const known = new Set(listAt(spec.value, "resourceClaims").map((claim) => textAt(claim, "name")));
  for (const place of containers)
    for (const claim of elementPlaces(at(at(place, "resources"), "claims"))) {
      const name = textAt(claim.value, "name") ?? "";
      if (name !== "" && !known.has(name))
        report(
          at(claim, "name"),
          "claim-missing",
          `the pod has no claim ${quoted(name)}`,
          "add it to spec.resourceClaims",
        );
    }
}

/** What depends on the pod's own restarts. */
function resizeAndRestarts(spec: RulePlace, containers: readonly RulePlace[], look: Look): void {
  for (const place of containers) {
    const isInitial = place.above?.step === "initContainers";
    if (!isInitial || !isSidecar(place.value)) restarts(place, look);
    for (const policy of elementPlaces(at(place, "resizePolicy")))
      if (
        textAt(spec.value, "restartPolicy") === "Never" &&
        textAt(policy.value, "restartPolicy") === "RestartContainer"
      )
        look.report(
          at(policy, "restartPolicy"),
          "resize-restarts",
          "the pod never restarts its containers",
          "write NotRequired",
        );
  }
}

/** A variable whose value is in a file names an empty folder of the pod. */
function filesAreThere(
  containers: readonly RulePlace[],
  known: ReadonlyMap<string, unknown>,
  { report }: Look,
): void {
  for (const place of containers)
    for (const variable of elementPlaces(at(place, "env"))) {
      const ref = at(at(variable, "valueFrom"), "fileKeyRef");
      const name = textAt(ref.value, "volumeName");
      if (name !== undefined && !isSet(known.get(name), "emptyDir"))
        report(
          at(ref, "volumeName"),
          "volume-missing",
          `the pod has no empty folder ${quoted(name)}`,
          "add it to the volumes",
        );
    }
}

/** A sysctl of a namespace is not set where that namespace is the node's. */
function sysctlsOfPod(spec: RulePlace, { report }: Look): void {
  for (const sysctl of elementPlaces(at(at(spec, "securityContext"), "sysctls"))) {
    const name = (textAt(sysctl.value, "name") ?? "").replaceAll("/", ".");
    const shared = name.startsWith("net.") ? "hostNetwork" : ofIpc.test(name) ? "hostIPC" : undefined;
    if (shared !== undefined && valueAt(spec.value, shared) === true)
      report(
        at(sysctl, "name"),
        "sysctl-of-node",
        `${quoted(name)} is the node's with ${shared}`,
        "take one out",
      );
  }
}
const ofIpc = /^(?:kernel\.shm|kernel\.msg|kernel\.sem$|fs\.mqueue\.)/;

function consistentPod(spec: RulePlace, look: Look): void {
  sysctlsOfPod(spec, look);
  const { value } = spec;
  const { report } = look;
  const sharesProcesses = valueAt(value, "shareProcessNamespace") === true;
  if (sharesProcesses && valueAt(value, "hostPID") === true)
    report(
      at(spec, "shareProcessNamespace"),
      "process-namespaces",
      "the processes of the node are shared already",
      "take hostPID or this out",
    );
  if (look.minor >= 35 && valueAt(value, "hostnameOverride") !== undefined)
    for (const name of ["setHostnameAsFQDN", "hostNetwork"])
      if (valueAt(value, name) === true)
        report(
          at(spec, "hostnameOverride"),
          "hostname-override",
          `hostnameOverride does not go with ${name}`,
          "take one out",
        );
}

/** The spec of a pod, or of a template of pods, with its containers in their context. */
export const podSpec =
  (isPod: boolean): Rule =>
  (spec, look) => {
    ownPodFields(spec, look);
    const containers = containerPlaces(spec);
    const known = volumesByName(spec.value);
    distinctNames(containers, look);
    hostPortsOnce(elementPlaces(at(spec, "containers")), look);
    for (const place of elementPlaces(at(spec, "initContainers"))) hostPortsOnce([place], look);
    for (const place of containers) mountsOfVolumes(place, known, look);
    hostNetworkPorts(spec, isPod, look);
    dnsIsThere(spec, look);
    sleepIsShort(spec, containers, look);
    claimsAreThere(spec, containers, look);
    resizeAndRestarts(spec, containers, look);
    if (look.minor >= 35) filesAreThere(containers, known, look);
    operatingSystem(spec, containers, look);
    ownUsers(spec, containers, look);
    consistentPod(spec, look);
  };
