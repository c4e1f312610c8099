import { plainText } from "../objects/text.ts";
import { at, elements, fieldNodes, isThere, textAt, type Node } from "../objects/node.ts";
import { containersOf, type Pod } from "../objects/pod.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import type { Control } from "./control.ts";

/** The values of a field in the security context of the pod and of each container. */
export function inContexts(pod: Pod, ...path: readonly string[]): readonly Node[] {
  return [pod.spec, ...containersOf(pod)].map((node) => at(node, "securityContext", ...path));
}

/** Whether the pod has user IDs of its own, so that its root is none on the node. */
export const isInUserNamespace = ({ spec }: Pod): boolean => at(spec, "hostUsers").value === false;

/** Those of the values that are there and not among a few. */
export function notAmong(nodes: readonly Node[], allowed: readonly unknown[]): readonly Reason[] {
  const expected = allowed.filter((value) => value !== "").map((value) => JSON.stringify(value));
  return nodes
    .filter((node) => isThere(node) && !allowed.includes(node.value))
    .map((node) => reason(node, `it is ${JSON.stringify(node.value)}; ${expectedOneOf(expected)}`));
}

const expectedOneOf = (expected: readonly string[]): string =>
  expected.length === 0 ? "leave it out" : `allowed is ${expected.join(", ")}, or to leave it out`;

const isTrue = (nodes: readonly Node[], what: string): readonly Reason[] =>
  nodes.filter(({ value }) => value === true).map((node) => reason(node, what));

export const hostPaths = ({ spec }: Pod): readonly Reason[] =>
  elements(at(spec, "volumes"))
    .map((volume) => at(volume, "hostPath"))
    .filter(isThere)
    .map((node) => reason(node, "a volume must not be a folder of the node"));

const allowedCapabilities = new Set(
  [
    ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"],
    ["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
  ].flat(),
);

export const unmasked = (pod: Pod): readonly Reason[] =>
  notAmong(
    containersOf(pod).map((container) => at(container, "securityContext", "procMount")),
    ["Default"],
  );

const seLinux =
  (types: readonly string[]) =>
  (pod: Pod): readonly Reason[] => [
    ...notAmong(inContexts(pod, "seLinuxOptions", "type"), ["", ...types]),
    ...notAmong(inContexts(pod, "seLinuxOptions", "user"), [""]),
    ...notAmong(inContexts(pod, "seLinuxOptions", "role"), [""]),
  ];
const seLinuxTypes = ["container_t", "container_init_t", "container_kvm_t"];

const sysctls =
  (allowed: readonly string[]) =>
  ({ spec }: Pod): readonly Reason[] =>
    elements(at(spec, "securityContext", "sysctls"))
      .map((sysctl) => at(sysctl, "name"))
      .filter(({ value }) => !allowed.includes(plainText(value)))
      .map((name) => reason(name, `the sysctl ${JSON.stringify(name.value)} is none of the safe ones`));

/** The sysctls that are safe, and since when. */
const safeSysctls: readonly (readonly [from: number, names: readonly string[]])[] = [
  [
    0,
    [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range",
      "net.ipv4.ip_unprivileged_port_start",
    ],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
  [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
];

const sysctlControls: readonly Control[] = safeSysctls.map(([from], index) => {
  const next = safeSysctls[index + 1];
  return {
    name: "sysctls",
    level: "baseline",
    from,
    ...(next && { until: next[0] }),
    find: sysctls(safeSysctls.slice(0, index + 1).flatMap(([, names]) => names)),
  };
});

/** The annotations with a prefix whose value is not allowed. */
function annotated(
  { metadata }: Pod,
  applies: (name: string) => boolean,
  allowed: RegExp,
): readonly Reason[] {
  return fieldNodes(at(metadata, "annotations"))
    .filter(([name, node]) => applies(name) && !allowed.test(textAt(node) ?? ""))
    .map(([, node]) => reason(node, `the profile ${JSON.stringify(node.value)} is not allowed`));
}

function seccompAnnotations(pod: Pod): readonly Reason[] {
  const names = containersOf(pod).map((container) => plainText(at(container, "name").value));
  const keys = new Set([
    "seccomp.security.alpha.kubernetes.io/pod",
    ...names.map((name) => `container.seccomp.security.alpha.kubernetes.io/${name}`),
  ]);
  return annotated(pod, (name) => keys.has(name), /^(?:(?:runtime|docker)\/default$|localhost\/)/);
}

/** Where a probe or a hook may name another host than the pod. */
const handlers = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

function otherHosts(pod: Pod): readonly Reason[] {
  return containersOf(pod).flatMap((container) =>
    handlers
      .flatMap((handler) => ["httpGet", "tcpSocket"].map((kind) => at(container, ...handler, kind, "host")))
      .filter((host) => isThere(host) && host.value !== "")
      .map((host) =>
        reason(host, "a probe or hook must not name a host: leave it out, and the pod is asked"),
      ),
  );
}

/** The controls of the level baseline. */
export const baseline: readonly Control[] = [
  {
    name: "appArmorProfile",
    level: "baseline",
    from: 0,
    find: (pod) => [
      ...notAmong(typesIn(pod, "appArmorProfile"), ["RuntimeDefault", "Localhost"]),
      ...annotated(
        pod,
        (name) => name.startsWith("container.apparmor.security.beta.kubernetes.io/"),
        /^(?:$|runtime\/default$|localhost\/)/,
      ),
    ],
  },
  {
    name: "capabilities_baseline",
    level: "baseline",
    from: 0,
    find: (pod) =>
      containersOf(pod)
        .flatMap((container) => elements(at(container, "securityContext", "capabilities", "add")))
        .filter(({ value }) => !allowedCapabilities.has(plainText(value)))
        .map((added) =>
          reason(
            added,
            `the capability ${JSON.stringify(added.value)} is beyond what containers have anyway`,
          ),
        ),
  },
  {
    name: "hostNamespaces",
    level: "baseline",
    from: 0,
    find: ({ spec }) =>
      isTrue(
        ["hostNetwork", "hostPID", "hostIPC"].map((field) => at(spec, field)),
        "a pod must not share a namespace of the node",
      ),
  },
  { name: "hostPathVolumes", level: "baseline", from: 0, find: hostPaths },
  {
    name: "hostPorts",
    level: "baseline",
    from: 0,
    find: (pod) =>
      containersOf(pod)
        .flatMap((container) => elements(at(container, "ports")))
        .map((port) => at(port, "hostPort"))
        .filter((port) => isThere(port) && port.value !== 0)
        .map((port) => reason(port, `port ${JSON.stringify(port.value)} of the node must not be taken`)),
  },
  { name: "hostProbesAndHostLifecycle", level: "baseline", from: 34, find: otherHosts },
  {
    name: "privileged",
    level: "baseline",
    from: 0,
    find: (pod) =>
      isTrue(
        containersOf(pod).map((container) => at(container, "securityContext", "privileged")),
        "a container must not be privileged",
      ),
  },
  { name: "procMount", level: "baseline", from: 0, until: 35, find: unmasked },
  {
    name: "procMount",
    level: "baseline",
    from: 35,
    find: (pod) => (isInUserNamespace(pod) ? [] : unmasked(pod)),
  },
  { name: "seLinuxOptions", level: "baseline", from: 0, until: 31, find: seLinux(seLinuxTypes) },
  {
    name: "seLinuxOptions",
    level: "baseline",
    from: 31,
    find: seLinux([...seLinuxTypes, "container_engine_t"]),
  },
  { name: "seccompProfile_baseline", level: "baseline", from: 0, until: 19, find: seccompAnnotations },
  {
    name: "seccompProfile_baseline",
    level: "baseline",
    from: 19,
    find: (pod) => notAmong(typesIn(pod, "seccompProfile"), ["RuntimeDefault", "Localhost"]),
  },
  ...sysctlControls,
  {
    name: "windowsHostProcess",
    level: "baseline",
    from: 0,
    find: (pod) =>
      isTrue(
        inContexts(pod, "windowsOptions", "hostProcess"),
        "a container must not be a process of the node",
      ),
  },
];

/** The types of the profiles that are there; of one that says none, the empty text. */
export function typesIn(pod: Pod, profile: string): readonly Node[] {
  return inContexts(pod, profile)
    .filter(isThere)
    .map((node) => at(node, "type"))
    .map((node) => (isThere(node) ? node : { ...node, value: "" }));
}
