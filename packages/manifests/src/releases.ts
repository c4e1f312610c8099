import { operator } from "./operator.ts";

/** A release of the operator, as its tags name it: `v0.7.37`. */
export type Release = `v${number}.${number}.${number}${"" | `-${string}`}`;

/**
 * What holds from a release on, until the next row that states the same thing. A flag, a variable or a kind, once there,
 * stays, unless `gone` names it.
 */
export interface ReleaseFacts {
  readonly from: Release;
  /** Flags of the manager, besides those of its logger (`zap-…`) and `kubeconfig`; an unknown one ends the process. */
  readonly flags?: readonly string[];
  /** Environment variables that the manager reads. */
  readonly variables?: readonly string[];
  /** Variables that it reads no more. */
  readonly gone?: readonly string[];
  /** Plurals of the kinds that `config/crd/kustomization.yaml` lists. */
  readonly kinds?: readonly string[];
  /** Fields of a spec, each behind the plural of its kind. Those from before v0.7.0 are not in the table. */
  readonly fields?: readonly `${string}.spec.${string}`[];
  /** Fields of a status, likewise: what the operator writes there, and CRDs before have no room for. */
  readonly status?: readonly `${string}.status.${string}`[];
}

/** What changed in a release that no comparison of manifests shows. */
export interface BehaviourNote {
  readonly since: Release;
  /** What to know after a step across it, upwards or downwards. */
  readonly up: string;
  readonly down: string;
}

/** A fault that a release has, up to the one in which it is fixed. */
export interface KnownFault {
  readonly before: Release;
  readonly what: string;
  /** Where it was reported. */
  readonly source: string;
}

/**
 * The releases, by what is new in each; what is not stated is as in the one before.
 *
 * Sources: `main.go` or `cmd/main.go` (flags, variables) and `config/crd/kustomization.yaml` at the tags v0.1.1 to v0.7.37
 * of github.com/ariga/atlas-operator. PREWARM_DEVDB may have been read before v0.4.0, ALLOW_CUSTOM_CONFIG before v0.7.0:
 * these are the first tags at which that is sure. The fields are those by which the CRDs of the tags differ, outside the
 * embedded PodSpec. The row of v0.8.0 is from upstream's public pages.
 */
export const releases = [
  {
    from: "v0.1.1",
    flags: ["health-probe-bind-address", "leader-elect", "metrics-bind-address"],
    kinds: ["atlasschemas"],
  },
  { from: "v0.1.5", variables: ["SKIP_VERCHECK"] },
  { from: "v0.1.7", variables: ["EXPERIMENTAL"], kinds: ["atlasmigrations"] },
  { from: "v0.2.0", gone: ["EXPERIMENTAL"] },
  { from: "v0.4.0", variables: ["PREWARM_DEVDB"] },
  { from: "v0.4.4", flags: ["enable-http2", "metrics-secure"] },
  { from: "v0.5.0", variables: ["MSSQL_ACCEPT_EULA", "MSSQL_PID"] },
  { from: "v0.7.0", variables: ["ALLOW_CUSTOM_CONFIG"] },
  {
    from: "v0.7.3",
    fields: ["atlasmigrations.spec.backoffLimit", "atlasschemas.spec.backoffLimit"],
    status: ["atlasmigrations.status.failed", "atlasschemas.status.failed"],
  },
  { from: "v0.7.11", fields: ["atlasmigrations.spec.devDB", "atlasschemas.spec.devDB"] },
  {
    from: "v0.7.16",
    status: ["atlasmigrations.status.observedGeneration", "atlasschemas.status.observedGeneration"],
  },
  { from: "v0.7.29", variables: ["DATA_DIR"] },
  { from: "v0.7.36", flags: ["label-selector", "leader-election-id", "namespace"] },
  {
    from: "v0.8.0",
    kinds: ["atlasdriftchecks", "atlassecurityreports", "atlassecurityscans"],
    fields: [
      "atlasmigrations.spec.policy.drift",
      "atlasmigrations.spec.prewarmDevDB",
      "atlasschemas.spec.prewarmDevDB",
    ],
  },
] as const satisfies readonly ReleaseFacts[];

const rows: readonly ReleaseFacts[] = releases;

/** Flags that the manager of every release has: those of its logger, and `kubeconfig`. */
export const commonFlags = [
  "kubeconfig",
  "zap-devel",
  "zap-encoder",
  "zap-log-level",
  "zap-stacktrace-level",
  "zap-time-encoding",
] as const;

/** The last release whose sources were read for this table. */
export const lastKnownRelease = "v0.7.37" satisfies Release;

/** An image of a release of which the digest is known: what a node pulls, whatever the tag says. */
export interface ReleaseImage {
  /** As the reference in a pod has it. */
  readonly repository: string;
  readonly version: Release;
  readonly digest: string;
}

/** The images whose digests are known: that of the release that `operator` states. */
export const releaseImages: readonly ReleaseImage[] = [
  {
    repository: operator.image.mirror,
    version: operator.image.version,
    digest: operator.image.digest,
  },
];

/** What changed beside flags, variables and fields. Sources: the sources at the tags; for v0.8.0, upstream's public pages. */
export const behaviourNotes: readonly BehaviourNote[] = [
  {
    since: "v0.7.12",
    up: "the reason after a failed inspection is the right one, and what `migrate apply` writes to stderr becomes an event",
    down: "the reason after a failed inspection may be a wrong one, and what `migrate apply` writes to stderr is not an event",
  },
  {
    since: "v0.7.13",
    up: "destructive changes are found by pattern, no longer by `migrate lint`",
    down: "destructive changes are found by `migrate lint` again",
  },
  {
    since: "v0.7.15",
    up: "resources are reconciled concurrently: their databases see more connections at once",
    down: "resources are reconciled one after the other",
  },
  {
    since: "v0.7.16",
    up: "conditions Reconciling and Stalled stand beside Ready, and status.observedGeneration is kept",
    down: "Ready is the only condition, and a status has no observedGeneration: what waits for either waits for ever",
  },
  {
    since: "v0.7.17",
    up: "CockroachDB can be a dev database; from v0.7.19 at the latest on the image carries the extended build of Atlas, which refuses some features without a login (ariga/atlas #3715)",
    down: "CockroachDB is no dev database, and the image does not carry the extended build of Atlas",
  },
  {
    since: "v0.7.21",
    up: "every error is retried",
    down: "not every error is retried: a resource can stay failed after its database came back (ariga/atlas #3592)",
  },
  {
    since: "v0.7.29",
    up: "DATA_DIR is read, HOME is set, and ATLAS_TOKEN may be an offline token",
    down: "DATA_DIR is not read, HOME is not set, and an offline ATLAS_TOKEN is not taken",
  },
  {
    since: "v0.7.31",
    up: "conflicts are retried",
    down: "conflicts are not retried: a resource can stay in Reconciling (ariga/atlas #3570)",
  },
  {
    since: "v0.7.36",
    up: "the manager knows --namespace, --label-selector and --leader-election-id from v0.7.36 on",
    down: "before v0.7.36 the manager does not know --namespace, --label-selector and --leader-election-id: it ends at once when an environment's args have one",
  },
  {
    since: "v0.7.37",
    up: "a status starts with observedGeneration -1: wait for it to reach metadata.generation, not for a status to be there",
    down: "a status does not start with observedGeneration -1, and a migration's dev database is started before its status is read",
  },
  {
    since: "v0.8.0",
    up: "drift checks and security scans need an Atlas Pro token; policy.drift needs dir.remote, too",
    down: "AtlasDriftCheck, AtlasSecurityScan, AtlasSecurityReport, policy.drift and prewarmDevDB are gone: to delete a CRD deletes all objects of its kind",
  },
];

/** Faults that keep resources from being applied until somebody looks. */
export const knownFaults: readonly KnownFault[] = [
  {
    before: "v0.7.21",
    what: "a resource can stay failed after its database came back",
    source: "https://github.com/ariga/atlas/issues/3592",
  },
  {
    before: "v0.7.31",
    what: "a resource can stay in Reconciling after a conflict",
    source: "https://github.com/ariga/atlas/issues/3570",
  },
];

/**
 * The plurals of the kinds that a release has; undefined for one that came later than what is known.
 *
 * @example
 * kindsOf("v0.1.6"); // ["atlasschemas"]
 */
export function kindsOf(release: Release): readonly string[] | undefined {
  return isEarlier(lastKnownRelease, release) ? undefined : statedUpTo(release, "kinds");
}

/** What a release has of something; of a version later than the table, what the last row has. */
export function statedUpTo(
  version: string,
  what: "flags" | "variables" | "kinds" | "fields" | "status",
): readonly string[] {
  const passed = rows.filter(({ from }) => !isEarlier(version, from));
  const gone = new Set(passed.flatMap((row) => row.gone ?? []));
  return passed.flatMap((row): readonly string[] => row[what] ?? []).filter((name) => !gone.has(name));
}

/** The release that brought a flag, a variable, a kind or a field; undefined for what no row states. */
export function firstWith(
  what: "flags" | "variables" | "kinds" | "fields",
  name: string,
): Release | undefined {
  return rows.find((row) => row[what]?.some((stated) => stated === name))?.from;
}

/**
 * The release that a digest is known to be the image of, where that is another than the version stated; a mirror's tag may
 * lack its `v`.
 *
 * @example
 * otherReleaseOf("v0.7.37", operator.image.digest); // "v0.7.11"
 */
export const otherReleaseOf = (version: string, digest: string): Release | undefined =>
  releaseImages.find((each) => each.digest === digest && each.version !== `v${version.replace(/^v/, "")}`)
    ?.version;

/** The faults that a version of the operator is known to have; the tag of a mirror may lack its `v`. */
export const faultsOf = (version: string): readonly KnownFault[] =>
  /^v?\d+\.\d+\.\d+/.test(version) ? knownFaults.filter(({ before }) => isEarlier(version, before)) : [];

/** Whether a version comes before another; a pre-release comes before its release. */
export function isEarlier(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => {
    const [numbers = "", pre] = version.replace(/^v/, "").split(/-(.*)/);
    return [...numbers.split(".").map(Number), pre === undefined ? 1 : 0];
  });
  for (const [index, number] of (left ?? []).entries()) {
    const other = right?.[index] ?? 0;
    if (number !== other) return number < other;
  }
  return false;
}
