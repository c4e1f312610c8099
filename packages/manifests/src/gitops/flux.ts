import { fluxHealthChecks } from "../health/flux.ts";
import { operator } from "../operator.ts";
import {
  renderedPath,
  type DeliveredEnvironment,
  type DeliveryObject,
  type RenderedSource,
} from "./environment.ts";
import { deliveryName } from "./names.ts";
import { writtenByOthers, type WrittenFields } from "./written-by-others.ts";

/** A Kustomization that another one waits for. */
export interface FluxReference {
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Flux's GitRepository, of which the Kustomizations of a cluster take their folders.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
export const gitRepository = ({ url, revision, namespace }: RenderedSource): DeliveryObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: operator.name, namespace },
  spec: { interval: "1m", url, ref: gitReference(revision) },
});

/** A commit, a reference by its full name, or a branch. */
function gitReference(revision: string): object {
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  return revision.startsWith("refs/") ? { name: revision } : { branch: revision };
}

/**
 * Flux's Kustomization for an environment: it applies by server side, CRDs and namespaces first, as Flux always does, waits
 * until all is healthy, AtlasSchema and AtlasMigration by their conditions, prunes what is gone, and leaves alone what others
 * write. Deleting it deletes nothing else.
 *
 * @param dependsOn what has to be ready before.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 *
 * @example
 * const source = { url: "https://git.example.com/platform.git", revision: "main", path: "deploy", namespace: "flux-system" };
 * kustomization(environment, source, [{ name: "istio" }]);
 */
export function kustomization(
  environment: DeliveredEnvironment,
  source: RenderedSource,
  dependsOn: readonly FluxReference[] = [],
): DeliveryObject {
  const kinds = new Set(environment.objects.map(({ kind, apiVersion }) => `${apiVersion} ${kind}`));
  const checks = fluxHealthChecks(environment.release).filter(({ kind, apiVersion }) =>
    kinds.has(`${apiVersion} ${kind}`),
  );
  const ignored = writtenByOthers(environment.objects).filter(isApplied);
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: deliveryName(environment.name), namespace: source.namespace },
    spec: {
      ...(dependsOn.length > 0 && { dependsOn }),
      interval: "10m",
      retryInterval: "1m",
      timeout: "10m",
      sourceRef: { kind: "GitRepository", name: operator.name },
      path: `./${renderedPath(source, environment.name)}`,
      prune: true,
      deletionPolicy: "Orphan",
      wait: true,
      ...(checks.length > 0 && { healthCheckExprs: checks }),
      ...(ignored.length > 0 && { ignore: ignored.map(ignoreRule) }),
    },
  };
}

/** Flux never applies a status. */
const isApplied = ({ pointers }: WrittenFields): boolean => !pointers.includes("/status");

/** A rule of Flux 2.8 and later. Flux takes the names in it for regular expressions that match the whole. */
const ignoreRule = ({ pointers, ...target }: WrittenFields): object => ({ paths: pointers, target });
