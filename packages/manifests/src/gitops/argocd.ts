import {
  clusterOf,
  renderedPath,
  type DeliveredEnvironment,
  type DeliveryObject,
  type RenderedSource,
} from "./environment.ts";
import { waveName } from "./marks.ts";
import { deliveryName } from "./names.ts";
import { writtenByOthers } from "./written-by-others.ts";

const argocdVersion = "argoproj.io/v1alpha1";

/** Differences are asked of the API server, which knows its defaults, and who owns which field. */
const comparing = { "argocd.argoproj.io/compare-options": "ServerSideDiff=true" };

/**
 * Argo CD's Application for an environment: it applies by server side, prunes what is gone, after all else is healthy, and
 * leaves alone what others write. Deleting it deletes nothing else.
 *
 * @param depth how many environments come before it; where one Application holds the others, it waits for those.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 *
 * @example
 * const { url, revision } = { url: "https://git.example.com/platform.git", revision: "main" };
 * application(environment, { url, revision, path: "deploy", namespace: "argocd" });
 */
export const application = (
  environment: DeliveredEnvironment,
  source: RenderedSource,
  depth = 0,
): DeliveryObject => ({
  apiVersion: argocdVersion,
  kind: "Application",
  metadata: {
    name: deliveryName(environment.name),
    namespace: source.namespace,
    annotations: { ...comparing, ...(depth > 0 && { [waveName]: String(depth) }) },
  },
  spec: specOf([environment], {
    source,
    path: renderedPath(source, environment.name),
    cluster: clusterOf(environment),
    namespace: environment.namespace,
  }),
});

/**
 * Argo CD's ApplicationSet for a fleet: an Application for each row of its table. A row that goes takes its Application
 * along, and leaves what that has applied.
 *
 * @param fleet the name of the fleet's folder.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List/
 */
export const applicationSet = (
  fleet: string,
  members: readonly DeliveredEnvironment[],
  source: RenderedSource,
): DeliveryObject => ({
  apiVersion: argocdVersion,
  kind: "ApplicationSet",
  metadata: { name: deliveryName(fleet), namespace: source.namespace },
  spec: {
    goTemplate: true,
    goTemplateOptions: ["missingkey=error"],
    generators: [{ list: { elements: members.map((member) => generatorElement(member, source)) } }],
    syncPolicy: { preserveResourcesOnDeletion: true },
    template: {
      metadata: { name: "{{.name}}", annotations: comparing },
      spec: specOf(members, {
        source,
        path: "{{.path}}",
        cluster: "{{.cluster}}",
        namespace: members.some(({ namespace }) => namespace !== undefined) ? "{{.namespace}}" : undefined,
      }),
    },
  },
});

const generatorElement = (member: DeliveredEnvironment, source: RenderedSource): object => ({
  name: deliveryName(member.name),
  path: renderedPath(source, member.name),
  cluster: clusterOf(member),
  // Every object states its own; one of a template has to be there.
  namespace: member.namespace ?? "default",
});

interface Placed {
  readonly source: RenderedSource;
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
}

function specOf(
  environments: readonly DeliveredEnvironment[],
  { source, path, cluster, namespace }: Placed,
): Readonly<Record<string, unknown>> {
  const ignored = ignoredDifferences(environments);
  return {
    project: "default",
    source: { repoURL: source.url, targetRevision: source.revision, path },
    destination: { name: cluster, ...(namespace !== undefined && { namespace }) },
    ...(ignored.length > 0 && { ignoreDifferences: ignored }),
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ["ServerSideApply=true", "RespectIgnoreDifferences=true", "PruneLast=true"],
      retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
    },
  };
}

/** What others write, once where several environments have it. */
function ignoredDifferences(environments: readonly DeliveredEnvironment[]): readonly object[] {
  const all = environments.flatMap(({ objects }) =>
    writtenByOthers(objects).map(({ pointers, group, ...rest }) => ({
      ...(group !== "" && { group }),
      ...rest,
      jsonPointers: pointers,
    })),
  );
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
