/**
 * The resources of Kubernetes' own groups, each with its subresources in brackets. Behind the bar stand those that are
 * served by few clusters or by none any more, and those that rules alone have: whom to impersonate, whose certificates to
 * sign, what a kubelet serves.
 *
 * Sources: what kube-apiserver 1.34 serves by default; the OpenAPI documents of 1.30 to 1.37;
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/ and
 * https://kubernetes.io/docs/reference/access-authn-authz/
 */
const servedTable: Readonly<Record<string, string>> = {
  "": "bindings componentstatuses configmaps endpoints events limitranges namespaces(finalize,status) nodes(proxy,status,metrics,stats,log,spec,checkpoint,configz,healthz,pods) persistentvolumeclaims(status) persistentvolumes(status) pods(attach,binding,ephemeralcontainers,eviction,exec,log,portforward,proxy,resize,status) podtemplates replicationcontrollers(scale,status) resourcequotas(status) secrets serviceaccounts(token) services(proxy,status) | users groups",
  "admissionregistration.k8s.io":
    "mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations validatingadmissionpolicies(status) validatingadmissionpolicybindings validatingwebhookconfigurations",
  "apiextensions.k8s.io": "customresourcedefinitions(status)",
  "apiregistration.k8s.io": "apiservices(status)",
  apps: "controllerrevisions daemonsets(status) deployments(scale,status,rollback) replicasets(scale,status) statefulsets(scale,status)",
  "authentication.k8s.io": "selfsubjectreviews tokenreviews | uids userextras",
  "authorization.k8s.io":
    "localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews",
  autoscaling: "horizontalpodautoscalers(status)",
  batch: "cronjobs(status) jobs(status)",
  "certificates.k8s.io":
    "certificatesigningrequests(approval,status) | clustertrustbundles podcertificaterequests(status) signers",
  "coordination.k8s.io": "leases | leasecandidates",
  "discovery.k8s.io": "endpointslices | endpointslices(restricted)",
  "events.k8s.io": "events",
  extensions:
    "| daemonsets(status) deployments(scale,status,rollback) ingresses(status) networkpolicies podsecuritypolicies replicasets(scale,status) replicationcontrollers(scale)",
  "flowcontrol.apiserver.k8s.io": "flowschemas(status) prioritylevelconfigurations(status)",
  "internal.apiserver.k8s.io": "| storageversions(status)",
  "lifecycle.k8s.io": "| evictionrequests(status) evictions(status)",
  "metrics.k8s.io": "nodes pods",
  "networking.k8s.io":
    "ingressclasses ingresses(status) ipaddresses networkpolicies(status) servicecidrs(status) | clustercidrs",
  "node.k8s.io": "runtimeclasses",
  policy: "poddisruptionbudgets(status) | podsecuritypolicies",
  "rbac.authorization.k8s.io": "clusterrolebindings clusterroles rolebindings roles",
  "resource.k8s.io":
    "deviceclasses resourceclaims(status,binding,driver) resourceclaimtemplates resourceslices | devicetaintrules(status) podschedulingcontexts(status) resourceclaimparameters resourceclasses resourceclassparameters resourcepoolstatusrequests(status)",
  "scheduling.k8s.io": "priorityclasses | compositepodgroups podgroups(status) workloads(status)",
  "storage.k8s.io":
    "csidrivers csinodes csistoragecapacities storageclasses volumeattachments(status) volumeattributesclasses",
  "storagemigration.k8s.io": "| storageversionmigrations(status)",
};

/** The subresources that any resource may be asked for in a rule, whether it has them or not. */
const ofAny: readonly string[] = ["finalizers", "scale", "status"];

let parsedTable: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> | undefined;

/** The resources of Kubernetes' own groups: by group and name, the subresources. */
export function ownResources(): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  parsedTable ??= new Map(
    Object.entries(servedTable).map(([group, line]) => {
      const resources = new Map<string, readonly string[]>();
      for (const [, name = "", subs = ""] of line.matchAll(/([a-z]+)(?:\(([a-z,]+)\))?/g))
        resources.set(name, [...(resources.get(name) ?? []), ...subs.split(",").filter(Boolean)]);
      return [group, resources];
    }),
  );
  return parsedTable;
}

/** The subresources that a rule may name of one of Kubernetes' own resources. */
export const subresourcesOf = (group: string, resource: string): readonly string[] => [
  ...new Set([...(ownResources().get(group)?.get(resource) ?? []), ...ofAny]),
];

/**
 * The verbs that the API server itself asks for, or another part of Kubernetes does.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
 */
export const ownVerbs: readonly string[] = [
  ..."get list watch create update patch delete deletecollection".split(" "),
  ..."bind escalate impersonate use approve sign attest proxy".split(" "),
];

/** The verbs of requests for paths that are no resources. */
export const pathVerbs: readonly string[] = "get head post put patch delete options".split(" ");
