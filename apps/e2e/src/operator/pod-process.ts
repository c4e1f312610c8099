import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { Container, PodSpec, Volume } from "kubernetes-types/core/v1.js";

/** The one process that a Deployment's pod consists of, in the terms of an operating system. */
export interface PodProcess {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly hasToken: boolean;
  readonly image: string;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly user: number;
  readonly group: number;
  readonly isRootReadOnly: boolean;
  /** The emptyDir volumes; with a size where one is stated, in the units of tmpfs. */
  readonly emptyFolders: readonly { readonly path: string; readonly size?: string }[];
  /** What a kubelet asks for by HTTP until the pod is ready. */
  readonly readiness: { readonly port: number; readonly path: string };
  /** How long the process may take to end after SIGTERM, in seconds. */
  readonly grace: number;
  /** The fields that say more than a process alone can show. */
  readonly notReproduced: readonly string[];
}

/**
 * Reads a Deployment as a kubelet and a container runtime do. Fields that would change what the process sees, and that are
 * not understood here, are refused; what only the scheduler, the node or the mesh acts on is named in `notReproduced`.
 *
 * @throws Error with every field that is refused.
 */
export function podProcess({ metadata, spec }: Deployment): PodProcess {
  const pod = spec?.template.spec ?? { containers: [] };
  const [container, ...others] = pod.containers;
  if (container === undefined) throw new Error("the Deployment has no container");
  const refused = [
    ...[...others, ...(pod.initContainers ?? [])].map(
      ({ name }) => `container ${name}: there is one process`,
    ),
    ...refusedIn(container, pod),
  ];
  if (refused.length > 0) {
    const lines = refused.map((line) => `\n  ${line}`).join("");
    throw new Error(`Deployment ${metadata?.name}: the sandbox can't reproduce${lines}`);
  }
  const { runAsUser = 0, runAsGroup = 0 } = { ...pod.securityContext, ...container.securityContext };
  return {
    namespace: metadata?.namespace ?? "default",
    serviceAccount: pod.serviceAccountName ?? "default",
    hasToken: pod.automountServiceAccountToken ?? true,
    image: container.image ?? "",
    argv: [container.command?.[0] ?? "", ...(container.command ?? []).slice(1), ...(container.args ?? [])],
    env: Object.fromEntries((container.env ?? []).map(({ name, value = "" }) => [name, value])),
    user: runAsUser,
    // The container runtime's, where neither Deployment nor image's /etc/passwd has one for the user.
    group: runAsGroup,
    isRootReadOnly: container.securityContext?.readOnlyRootFilesystem ?? false,
    emptyFolders: (container.volumeMounts ?? []).map(({ name, mountPath }) => ({
      path: mountPath,
      ...size(pod.volumes?.find((volume) => volume.name === name)),
    })),
    readiness: readiness(container),
    grace: pod.terminationGracePeriodSeconds ?? 30,
    notReproduced: notReproduced(pod, container),
  };
}

/** What would make the process another one if it were passed over. */
function refusedIn(container: Container, pod: PodSpec): string[] {
  const { command = [], args = [], env = [], envFrom = [], volumeMounts = [], workingDir } = container;
  const { privileged, runAsUser = pod.securityContext?.runAsUser } = container.securityContext ?? {};
  return [
    ...(command.length === 0 ? ["command: state it; that of the image is not known"] : []),
    ...[...command, ...args].filter((word) => word.includes("$(")).map((word) => `args: ${word} is expanded`),
    ...env.filter(({ valueFrom }) => valueFrom).map(({ name }) => `env ${name}: valueFrom`),
    ...(envFrom.length > 0 ? ["envFrom"] : []),
    ...(workingDir === undefined ? [] : ["workingDir"]),
    ...(runAsUser ? [] : ["securityContext.runAsUser: state a user that is not root"]),
    ...(readiness(container).port === 0 ? ["readinessProbe: it asks no port of the container by HTTP"] : []),
    ...(privileged === true ? ["securityContext.privileged"] : []),
    ...volumeMounts
      .filter(({ name }) => !pod.volumes?.some((volume) => volume.name === name && volume.emptyDir))
      .map(({ name }) => `volume ${name}: it is not an emptyDir`),
    ...(pod.volumes ?? [])
      .filter(({ emptyDir }) => !sizePattern.test(emptyDir?.sizeLimit ?? "0"))
      .map(({ name, emptyDir }) => `volume ${name}: sizeLimit ${emptyDir?.sizeLimit}`),
    ...volumeMounts
      .filter(({ subPath, subPathExpr, readOnly }) => subPath ?? subPathExpr ?? readOnly)
      .map(({ name }) => `volume mount ${name}: subPath or readOnly`),
  ];
}

/** Bytes, and the units of them that Kubernetes and tmpfs both have. */
const sizePattern = /^(\d+)(Ki|Mi|Gi)?$/;

function size(volume: Volume | undefined): { size?: string } {
  const [, number, unit = ""] = sizePattern.exec(volume?.emptyDir?.sizeLimit ?? "") ?? [];
  return number === undefined ? {} : { size: `${number}${unit.slice(0, 1).toLowerCase()}` };
}

/** Port 0 where the probe asks no port of the container by HTTP. */
function readiness({ readinessProbe, ports = [] }: Container): PodProcess["readiness"] {
  const { port, path = "/" } = readinessProbe?.httpGet ?? {};
  const number = typeof port === "number" ? port : ports.find(({ name }) => name === port)?.containerPort;
  return { port: number ?? 0, path };
}

/** The fields that are understood here, at each level. */
const understood = {
  pod: /^(?:automountServiceAccountToken|containers|securityContext|serviceAccountName|terminationGracePeriodSeconds|volumes)$/,
  container:
    /^(?:args|command|env|image|imagePullPolicy|name|ports|readinessProbe|securityContext|volumeMounts)$/,
  // The sandbox drops every capability and forbids new privileges, whatever is stated.
  securityContext:
    /^(?:allowPrivilegeEscalation|capabilities|privileged|readOnlyRootFilesystem|runAsGroup|runAsNonRoot|runAsUser)$/,
};

function notReproduced(pod: PodSpec, container: Container): string[] {
  return [
    ...beyond(pod, understood.pod, ""),
    ...beyond(pod.securityContext, understood.securityContext, "securityContext."),
    ...beyond(container, understood.container, "container."),
    ...beyond(container.securityContext, understood.securityContext, "container.securityContext."),
  ];
}

function beyond(value: object | undefined, known: RegExp, at: string): string[] {
  const unknown = Object.keys(value ?? {}).filter((field) => !known.test(field));
  return unknown.map((field) => at + field);
}
