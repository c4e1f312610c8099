/**
 * The codes of findings about what the API server accepts, each with why it is one and, as a clause, how it is fixed. The list
 * is closed: a code keeps its meaning once it is published. Whoever judges objects needs the names alone; nothing but what
 * explains them loads the sentences.
 */
export const refusals = {
  "access-modes-conflict": {
    why: "The mode ReadWriteOncePod gives a volume to one pod alone, and goes with no other mode.",
    fix: "state ReadWriteOncePod alone, or the other modes without it",
  },
  "address-malformed": {
    why: "The text is not an IP address, or a block of addresses, as the field takes it.",
    fix: "write an address as 10.0.0.1 or fd00::1, and a block with the bits behind a slash, as 10.0.0.0/24",
  },
  "annotation-malformed": {
    why: "An annotation that Kubernetes itself reads has a value that it cannot read, or names a container that the pod does not have.",
    fix: "write the value in the form that the message names, or take the annotation out",
  },
  "annotations-too-large": {
    why: "All annotations of an object hold 256 KiB at most, keys and values together.",
    fix: "move the content into a ConfigMap, or apply with --server-side where kubectl's own annotation is what is too large",
  },
  "api-service-field": {
    why: "An APIService without a Service is served by the API server itself, which takes no certificates for it; and insecureSkipTLSVerify makes a caBundle meaningless.",
    fix: "state the Service that serves the API, or take the field out",
  },
  "claim-missing": {
    why: "A container claims a device by a name that the pod's resourceClaims do not have.",
    fix: "add the claim to spec.resourceClaims, or correct its name in the container",
  },
  "claim-of-ephemeral-volume": {
    why: "The PersistentVolumeClaim is the one that Kubernetes makes for an ephemeral volume of the same pod.",
    fix: "give the volume a claim of another name, or mount the ephemeral volume itself",
  },
  "claim-repeated": {
    why: "A container claims the same request of a device twice.",
    fix: "take one of the two entries out of resources.claims",
  },
  "cluster-ip-conflict": {
    why: "clusterIP and clusterIPs of a Service contradict each other: the first of the list is the one address, None stands alone, and each family has one address at most.",
    fix: "state clusterIP alone, and let the cluster fill in clusterIPs",
  },
  "container-missing": {
    why: "A policy for failed pods names a container that the Job's template does not have, so that the rule would never hold.",
    fix: "write the name of a container of spec.template",
  },
  "container-name-repeated": {
    why: "Containers of a pod, init containers among them, are told from each other by their names.",
    fix: "rename one of the containers, and what refers to it",
  },
  "count-malformed": {
    why: "The field takes a whole number, or a percentage as text.",
    fix: 'write 1, or "25%" in quotes',
  },
  "counter-missing": {
    why: "A device takes from a set of counters that its ResourceSlice does not declare.",
    fix: "declare the set in sharedCounters, or correct the name in consumesCounters",
  },
  "crd-deprecation": {
    why: "A deprecation warning belongs to a version that is marked as deprecated, and is a short line of plain text.",
    fix: "set deprecated: true beside the warning, or take the warning out",
  },
  "crd-group-protected": {
    why: "Groups of k8s.io and kubernetes.io belong to Kubernetes, and a CRD in one needs the annotation api-approved.kubernetes.io with the URL of its approval.",
    fix: "name the CRD's group after a domain of your own",
  },
  "crd-names": {
    why: "The kind and the listKind of a CRD are the same, so that one object could not be told from a list.",
    fix: "give listKind another name, as WidgetList, or leave it out",
  },
  "crd-selectable-field": {
    why: "A selectable field of a CRD has to be a text, a whole number or a boolean of the schema, named by a plain path, once.",
    fix: "write a path as .spec.size, of a field that the schema declares",
  },
  "crd-storage-version": {
    why: "The API server stores custom resources in exactly one version of their CRD.",
    fix: "set storage: true in one version, and false in all others",
  },
  "crd-version-repeated": {
    why: "Two versions of a CRD have the same name.",
    fix: "rename one of the versions, or merge the two",
  },
  "data-key-repeated": {
    why: "A key of a ConfigMap stands in data and in binaryData, and could have one value only.",
    fix: "take the key out of data or of binaryData",
  },
  "data-source-conflict": {
    why: "dataSource and dataSourceRef of a claim say the same by two names, and differ.",
    fix: "state dataSourceRef alone",
  },
  "data-source-kind": {
    why: "A claim is filled from a PersistentVolumeClaim or a VolumeSnapshot by dataSource; other kinds go with dataSourceRef, and with an apiGroup.",
    fix: "state apiGroup, or move the source to dataSourceRef",
  },
  "data-too-large": {
    why: "A ConfigMap or a Secret holds 1 MiB at most, which keeps etcd and the kubelets small.",
    fix: "split the content over several objects, or mount a volume that has it",
  },
  "deadline-before-ready": {
    why: "A Deployment is given less time to progress than one pod has to be ready for, so that every rollout would be taken as failed.",
    fix: "set progressDeadlineSeconds above minReadySeconds",
  },
  "deadline-forbidden": {
    why: "Pods of a Deployment, StatefulSet, DaemonSet or ReplicaSet run on, and would be ended by activeDeadlineSeconds.",
    fix: "take activeDeadlineSeconds out, or make the workload a Job",
  },
  "device-name-repeated": {
    why: "A container lists one volume twice among its volumeDevices.",
    fix: "take one of the two devices out",
  },
  "device-of-no-claim": {
    why: "A raw block device is of a PersistentVolumeClaim, or of an ephemeral volume that makes one; other volumes are filesystems.",
    fix: "mount the volume by volumeMounts, or make it one of a claim",
  },
  "divisor-unknown": {
    why: "The environment variable divides an amount by a unit that the kind of resource does not have.",
    fix: "write 1 or 1m for cpu, and 1, 1k, 1Ki, 1M, 1Mi and so on for memory and storage",
  },
  "end-port": {
    why: "A range of ports in a NetworkPolicy begins with a number in port, and ends with endPort, which is not below it.",
    fix: "write port as a number, with endPort the same or higher",
  },
  "ephemeral-container": {
    why: "Ephemeral containers are added to a pod that runs, and cannot be there when it is made.",
    fix: "take ephemeralContainers out, and use kubectl debug on the pod",
  },
  "event-deprecated": {
    why: "An Event of events.k8s.io has a field of the older Event, which the API server only fills in by itself.",
    fix: "take the deprecated field out, and state reportingController, action and reason",
  },
  "event-namespace": {
    why: "An Event lies in the namespace of the object that it is about, or in default for one without a namespace.",
    fix: "give metadata.namespace and the namespace of the object the same value",
  },
  "exception-outside-block": {
    why: "An ipBlock of a NetworkPolicy excepts addresses that it does not contain, or all that it contains.",
    fix: "write exceptions that lie strictly within cidr",
  },
  "exit-codes": {
    why: "A rule for failed pods lists exit codes in ascending order, each once; and 0 is no failure where the operator is In.",
    fix: "sort the codes, and take 0 and repeated ones out",
  },
  "field-missing": {
    why: "A field without which the object means nothing is absent or empty.",
    fix: "state the field that the message names, or take out the part that it belongs to",
  },
  "field-path-unknown": {
    why: "The downward API gives a pod some of its own fields only, and the path is not one of these.",
    fix: "write a field such as metadata.name, metadata.labels['KEY'], spec.nodeName or status.podIP",
  },
  "finalizer-conflict": {
    why: "The finalizers orphan and foregroundDeletion ask for opposite things: to keep what the object owns, and to delete it first.",
    fix: "leave one of the two finalizers",
  },
  "finalizer-unknown": {
    why: "A finalizer without a domain has to be one that Kubernetes itself handles, or nobody would ever take it away and the object could not be deleted.",
    fix: "write the finalizer with your domain, as example.com/cleanup, or take it out",
  },
  "host-malformed": {
    why: 'A host of an Ingress is a DNS name, which may begin with "*.", and no address.',
    fix: "write a name as shop.example.com or *.example.com",
  },
  "host-network-port": {
    why: "With hostNetwork, a container's port is the node's, and hostPort can only repeat it.",
    fix: "set hostPort to containerPort, or take hostPort out",
  },
  "host-port-repeated": {
    why: "Two containers of one pod ask for the same port of the node.",
    fix: "give one of them another hostPort, or reach both through a Service",
  },
  "host-process-mixed": {
    why: "Windows HostProcess containers share a pod with none that are not, and agree with what the pod says.",
    fix: "set windowsOptions.hostProcess once, in the securityContext of the pod",
  },
  "host-process-network": {
    why: "HostProcess containers run in the network of the node, and the pod has to say so.",
    fix: "set hostNetwork: true",
  },
  "host-users": {
    why: "With hostUsers: false a pod has users of its own, and so cannot use the node's network, processes or IPC.",
    fix: "take hostUsers: false out, or the field that shares something of the node",
  },
  "hostname-override": {
    why: "hostnameOverride gives the pod a name of its own, which contradicts the name that another field asks for.",
    fix: "take hostnameOverride out, or setHostnameAsFQDN or hostNetwork",
  },
  "huge-pages-alone": {
    why: "A container that asks for huge pages has to ask for cpu or memory, too.",
    fix: "state requests for cpu or memory beside the huge pages",
  },
  "huge-pages-not-divisible": {
    why: "An amount of huge pages is a whole number of pages of that size.",
    fix: "write a multiple of the page size, as 4Mi of hugepages-2Mi",
  },
  "indexes-malformed": {
    why: "The indexes of a success policy are not ascending numbers and ranges below the Job's completions.",
    fix: 'write them in order, as "0,2-4", each below completions',
  },
  "ingress-class-conflict": {
    why: "The annotation kubernetes.io/ingress.class and spec.ingressClassName name two classes.",
    fix: "take the annotation out, which is the older way, and keep ingressClassName",
  },
  "init-container-field-forbidden": {
    why: "An init container that ends before the others start has no probes and no lifecycle hooks.",
    fix: "take the field out, or set restartPolicy: Always, which makes it a sidecar",
  },
  "job-host-name": {
    why: "The pods of an indexed Job get host names of the Job's name and their index, and the last of these is not a DNS label.",
    fix: "shorten the Job's name so that 63 characters hold it with the index, and leave dots out of it",
  },
  "job-not-indexed": {
    why: "The field is about single indexes, which only a Job with completionMode: Indexed has.",
    fix: "set completionMode: Indexed, or take the field out",
  },
  "job-selector": {
    why: "The Job controller makes the selector of a Job by itself, and that of a CronJob's Jobs always.",
    fix: "take selector and manualSelector out",
  },
  "label-key-repeated": {
    why: "A key stands in matchLabelKeys and in the selector or in mismatchLabelKeys as well, and would be asked for twice.",
    fix: "take the key out of one of the two places",
  },
  "label-keys-without-selector": {
    why: "matchLabelKeys and mismatchLabelKeys add to a labelSelector, and there is none.",
    fix: "state labelSelector beside the keys",
  },
  "limit-default": {
    why: "A LimitRange gives defaults to containers; pods as a whole have none.",
    fix: "move default and defaultRequest to an entry of the type Container",
  },
  "limit-missing": {
    why: "Huge pages and other resources that cannot be shared are requested with a limit of the same amount.",
    fix: "state limits of the same amount as the request",
  },
  "limits-out-of-order": {
    why: "In a LimitRange min is at most defaultRequest, that at most default, that at most max, and maxLimitRequestRatio is 1 or more.",
    fix: "raise the upper amount, or lower the lower one",
  },
  "live-field-bound": {
    why: "What one cluster has given the object, as its owner's uid or its address, means nothing in another, or is refused there. It was copied from a cluster.",
    fix: "take the field out, and let each cluster give its own",
  },
  "live-field-ignored": {
    why: "Clusters write the field themselves, and pass over what is applied. It was copied from a cluster, and does nothing but differ from what is there.",
    fix: "take the field out",
  },
  "live-field-refused": {
    why: "The field is of one object in one cluster, as it was at one moment. Applied, it is refused: at once, or as soon as the object is there and has changed.",
    fix: "take the field out, as kubectl create --dry-run=client never writes it",
  },
  "list-key-repeated": {
    why: "Two entries of a list mean the same thing, and the list holds each once.",
    fix: "take one of the two entries out, or tell them apart",
  },
  "list-too-long": {
    why: "The list has more entries than the API server takes.",
    fix: "take entries out, or spread them over several objects",
  },
  "metric-source": {
    why: "A metric of an autoscaler has the source that its type names, and no other.",
    fix: "state the one source of the type, as resource for Resource",
  },
  "metric-target": {
    why: "A metric's target has the one value that its type asks for.",
    fix: "state averageUtilization for Utilization, averageValue for AverageValue and value for Value, alone",
  },
  "min-domains": {
    why: "minDomains makes pods wait for more zones, which only whenUnsatisfiable: DoNotSchedule can do.",
    fix: "set whenUnsatisfiable: DoNotSchedule, or take minDomains out",
  },
  "mount-and-device": {
    why: "A container has a volume both as a mounted filesystem and as a raw device, or at one path.",
    fix: "take it out of volumeMounts or of volumeDevices",
  },
  "mount-not-read-only": {
    why: "recursiveReadOnly makes the mounts below read-only too, which needs the mount itself to be.",
    fix: "set readOnly: true in the mount",
  },
  "mount-path-repeated": {
    why: "Two volumes of a container are mounted at one path, where the second would hide the first.",
    fix: "give one of the two mounts another path",
  },
  "mount-propagated": {
    why: "recursiveReadOnly cannot hold for mounts that come and go with those of the node.",
    fix: "take mountPropagation out, or set it to None",
  },
  "mount-propagation-unprivileged": {
    why: "A mount that is propagated to the node in both directions is for privileged containers alone.",
    fix: "write HostToContainer, or make the container privileged",
  },
  "name-malformed": {
    why: "The name does not have the form that objects of the kind have, most of which become part of a DNS name or a path.",
    fix: "write small letters, digits and dashes, with a letter or digit at both ends, and dots where the kind takes them",
  },
  "name-of-content": {
    why: "The name of such an object is made of what it says, and the API server takes no other.",
    fix: "rename the object to what the message expects",
  },
  "name-reserved": {
    why: "Priority classes that begin with system- belong to Kubernetes.",
    fix: "choose a name without system- at its beginning",
  },
  "namespace-missing": {
    why: "The object states no namespace, so that it goes into whichever namespace kubectl points to at that moment.",
    fix: "state metadata.namespace",
  },
  "namespace-unexpected": {
    why: "The parameters of an IngressClass name a namespace, and their scope is the cluster.",
    fix: "take namespace out, or set scope: Namespace",
  },
  "namespace-unused": {
    why: "Objects of the kind lie in no namespace: the API server leaves the one that is stated out.",
    fix: "take metadata.namespace out",
  },
  "node-port-unusual": {
    why: "Clusters give out the ports 30000 to 32767 of their nodes unless they are told otherwise, and refuse others.",
    fix: "choose one of these, or leave nodePort out for the cluster to choose",
  },
  "number-out-of-range": {
    why: "The number is below or above what the API server takes in this field.",
    fix: "write a number within the bounds that the message names",
  },
  "object-too-large": {
    why: "Of one object etcd takes 1.5 MiB at most, so that this one could not be stored.",
    fix: "take content out, or split it over several objects",
  },
  "object-too-large-for-client-side-apply": {
    why: "Client-side kubectl apply keeps a copy of the object in an annotation, which would be larger than the 256 KiB that annotations may hold.",
    fix: "apply it with kubectl apply --server-side",
  },
  "operating-system-field": {
    why: "The pod says which operating system it is for, and has a field that only the other one knows.",
    fix: "take the field out, or correct spec.os.name",
  },
  "option-reserved": {
    why: "Options of a volume driver whose names are in kubernetes.io or k8s.io are set by Kubernetes itself.",
    fix: "rename the option to one of a domain of the driver's own",
  },
  "owner-controller-repeated": {
    why: "An object has one controller at most among its owners, or two would manage it against each other.",
    fix: "set controller: true for one owner only",
  },
  "owner-forbidden": {
    why: "An Event cannot own other objects, which would go with it within the hour.",
    fix: "name another owner, or take ownerReferences out",
  },
  "path-malformed": {
    why: "The path is not absolute, or leads out of the place that it is to stay in.",
    fix: "begin the path with a slash where the message asks for it, and leave .. out",
  },
  "path-repeated": {
    why: "Two files of one volume have the same path.",
    fix: "give one of the two files another path",
  },
  "pattern-malformed": {
    why: "The pattern of a CRD's schema is not a regular expression as Go's RE2 reads it, which knows no look-ahead and no back-references.",
    fix: "write the pattern without these, or ask for it by a rule of x-kubernetes-validations",
  },
  "pod-claims-forbidden": {
    why: "Devices are claimed by containers; the resources of the pod as a whole claim none.",
    fix: "move claims to the resources of the container that uses the device",
  },
  "pod-resources": {
    why: "The resources of a pod as a whole bound those of its containers, and are exceeded by these.",
    fix: "raise the amount of the pod, or lower that of its containers",
  },
  "port-name-repeated": {
    why: "Ports are told from each other by their names, by which probes, Services and Ingresses find them.",
    fix: "rename one of the ports",
  },
  "port-number-repeated": {
    why: "Two ports of a Service have the same number and protocol.",
    fix: "give one of the two ports another number, or another protocol",
  },
  "privileges-conflict": {
    why: "A privileged container, or one with CAP_SYS_ADMIN, can always escalate its privileges, and allowPrivilegeEscalation: false denies that.",
    fix: "take privileged or the capability out, or allowPrivilegeEscalation: false",
  },
  "probe-field-forbidden": {
    why: "A readiness probe never ends a container, so that it has no grace period.",
    fix: "take terminationGracePeriodSeconds out of the probe, or move it to the liveness probe",
  },
  "probe-success-threshold": {
    why: "A liveness or startup probe has succeeded when it has once.",
    fix: "set successThreshold to 1, or take it out",
  },
  "process-namespaces": {
    why: "A pod shares the processes of the node, or those of its containers, not both.",
    fix: "take hostPID or shareProcessNamespace out",
  },
  "profile-missing": {
    why: "A seccomp or AppArmor profile of the type Localhost is a file on the node, whose name is not stated.",
    fix: "state localhostProfile",
  },
  "profile-unexpected": {
    why: "A profile is named, and only the type Localhost takes one.",
    fix: "set type: Localhost, or take localhostProfile out",
  },
  "quantity-malformed": {
    why: "The text is not an amount: a number, and a unit such as m, k, M, G, Ki, Mi or Gi.",
    fix: "write an amount such as 500m, 0.5, 128Mi or 2Gi",
  },
  "quantity-not-whole": {
    why: "The resource is counted in whole pieces, as pods, Services and devices are.",
    fix: "write a whole number, without a fraction and without m",
  },
  "quantity-out-of-range": {
    why: "The amount is negative, or zero where there has to be some.",
    fix: "write an amount above what the message names",
  },
  "quota-scope": {
    why: "A ResourceQuota with a scope counts only what belongs to that scope, and scopes that exclude each other count nothing.",
    fix: "make a quota of its own for the resource or the scope",
  },
  "replicas-out-of-order": {
    why: "An autoscaler's minReplicas is above its maxReplicas.",
    fix: "lower minReplicas, or raise maxReplicas",
  },
  "request-above-limit": {
    why: "A container asks for more of a resource than it may use, so that it could never be given that.",
    fix: "lower the request, or raise the limit",
  },
  "request-is-not-limit": {
    why: "The resource cannot be shared among containers, so that what is asked for is all that can be used.",
    fix: "state the same amount as request and as limit",
  },
  "request-missing": {
    why: "A constraint or configuration of a device claim names a request that the claim does not have.",
    fix: "write the name of one of spec.devices.requests",
  },
  "resize-restarts": {
    why: "A container of a pod that never restarts cannot be resized by a restart.",
    fix: "write NotRequired in resizePolicy, or another restartPolicy of the pod",
  },
  "resource-unknown": {
    why: "There is no such resource for a quota, a limit or a volume, and one of somebody's own has a domain.",
    fix: "write the resource's full name, as requests.cpu, count/deployments.apps or example.com/gpu",
  },
  "restart-policy": {
    why: "The kind of workload restarts its pods in one way only: Always for those that run on, Never or OnFailure for Jobs.",
    fix: "set restartPolicy to what the message names",
  },
  "review-versions": {
    why: "The API server sends a webhook reviews in v1 or v1beta1, and it takes neither.",
    fix: "add v1 to admissionReviewVersions or conversionReviewVersions",
  },
  "rollout-conflict": {
    why: "A rolling update adds a pod before it takes one away, or the other way round; a DaemonSet does one of the two.",
    fix: "set maxSurge or maxUnavailable to 0, and the other above it",
  },
  "rollout-stuck": {
    why: "No pod may be added, and none taken away, so that no update could begin: maxSurge and maxUnavailable are 0.",
    fix: "set maxSurge or maxUnavailable to 1 or more",
  },
  "rule-paths": {
    why: "A rule of a role is about resources or about paths of the API server; and paths are for ClusterRoles alone.",
    fix: "make two rules of it, and put nonResourceURLs into a ClusterRole",
  },
  "schedule-malformed": {
    why: "The schedule of a CronJob is not one that cron knows, or names a time zone within.",
    fix: 'write five fields, as "0 3 * * *", or @daily, and the zone in timeZone',
  },
  "scheduling-gates": {
    why: "Scheduling gates hold a pod back from every node, and nodeName has chosen one already.",
    fix: "take nodeName or schedulingGates out",
  },
  "schema-default": {
    why: "A default of a CRD's schema does not fit its own schema, or stands where none may.",
    fix: "give a default that the schema allows, or take it out",
  },
  "schema-list": {
    why: "The keyword x-kubernetes-list-type, or its keys, do not fit the schema of the list.",
    fix: "declare keys that are required or have a default, and plain values, for map; plain elements for set; else atomic",
  },
  "schema-metadata": {
    why: "A CRD's schema may narrow metadata.name and metadata.generateName, and nothing else of the metadata.",
    fix: "declare metadata as type: object, with those two at most",
  },
  "schema-not-structural": {
    why: "Each field of a CRD's schema has its type outside of allOf, anyOf, oneOf and not, else the API server could not prune or default.",
    fix: "declare the field outside of the branch, and leave types, defaults and descriptions out of it",
  },
  "schema-shape": {
    why: "The schema of a CRD has a keyword, or two side by side, that structural schemas do not take.",
    fix: "take out the keyword that the message names",
  },
  "schema-type": {
    why: "A field of a CRD's schema has no type, or one that there is not.",
    fix: "state type: object, array, string, integer, number or boolean",
  },
  "secret-key-missing": {
    why: "A Secret of that type is read by its keys, one of which is not there.",
    fix: "state the key in data or stringData, or write type: Opaque",
  },
  "secret-not-json": {
    why: "A Secret for a registry holds a JSON object with the logins, and this is not one.",
    fix: "make it with kubectl create secret docker-registry NAME --dry-run=client -o yaml",
  },
  "selector-empty": {
    why: "A selector without labels would select every pod of the namespace, those of others among them.",
    fix: "state matchLabels with the labels of the pods that are meant",
  },
  "selector-misses-template": {
    why: "The workload selects pods by labels that its own template does not have, so that it would make pods without end.",
    fix: "give spec.template.metadata.labels every label of the selector",
  },
  "selector-values": {
    why: "The operator of a requirement and its values do not go together: In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one number.",
    fix: "give the operator the values that it takes, or write another operator",
  },
  "service-type-field": {
    why: "The field is for Services of another type: node ports, load balancers, external names and headless Services each have their own.",
    fix: "take the field out, or write the type of Service that has it",
  },
  "sleep-out-of-range": {
    why: "A lifecycle hook sleeps longer than the pod is given to end, so that it would be cut off.",
    fix: "write at most terminationGracePeriodSeconds",
  },
  "spread-constraint-repeated": {
    why: "Two constraints spread pods over one topologyKey with one whenUnsatisfiable.",
    fix: "take one of the constraints out, or merge them",
  },
  "star-not-alone": {
    why: '"*" stands for everything, so that whatever is listed beside it says nothing.',
    fix: 'leave "*" alone, or take it out and list what is meant',
  },
  "stateful-set-unlooked": {
    why: "An API server before 1.34 takes the StatefulSet without a look at its template, and then refuses every pod of it: it stays without replicas.",
    fix: "correct the template as the message says",
  },
  "strategy-conflict": {
    why: "A setting stands beside a type or strategy that it does not belong to.",
    fix: "write the type that the setting goes with, or take the setting out",
  },
  "sysctl-of-node": {
    why: "The sysctl belongs to a namespace that the pod shares with the node, whose settings a pod may not change.",
    fix: "take the sysctl out, or hostNetwork or hostIPC",
  },
  "template-metadata-forbidden": {
    why: "Objects that are made of a template get their names and identities from who makes them.",
    fix: "keep labels and annotations in the template's metadata, and take the rest out",
  },
  "text-malformed": {
    why: "The text does not have the form that the field takes, as a DNS name, a label or a port's name.",
    fix: "write the text in the form that the message names",
  },
  "text-too-long": {
    why: "The text is longer than the API server takes in this field.",
    fix: "shorten the text to the length that the message names",
  },
  "time-zone-unknown": {
    why: "The time zone of a CronJob is not one of the IANA database.",
    fix: "write a name such as Europe/Berlin or Etc/UTC",
  },
  "toleration-seconds": {
    why: "How long a taint is tolerated can be said of the effect NoExecute alone, which ends running pods.",
    fix: "write effect: NoExecute, or take tolerationSeconds out",
  },
  "toleration-value": {
    why: "A toleration with the operator Exists takes a taint whatever its value.",
    fix: "take value out, or write operator: Equal",
  },
  "toleration-without-key": {
    why: "A toleration without a key takes every taint, which only the operator Exists says.",
    fix: "state key, or write operator: Exists",
  },
  "union-missing": {
    why: "Exactly one of several fields says what is meant, and none is there.",
    fix: "state one of the fields that the message names",
  },
  "union-stated-twice": {
    why: "Exactly one of several fields says what is meant, and more than one is there.",
    fix: "leave one of these fields, and take the others out",
  },
  "url-malformed": {
    why: "The URL of a webhook is not one that the API server calls: https, with a host, without user, query and fragment.",
    fix: "write https://host/path",
  },
  "value-lost-in-text": {
    why: "A text has the word in it that JavaScript makes of a value that is not there, or is no text: undefined, NaN, [object Object]. It was put together of something else than was meant.",
    fix: "look at the template or the concatenation that makes the text, and at where its values come from",
  },
  "volume-attributes": {
    why: "A VolumeAttributesClass changes volumes of CSI drivers only.",
    fix: "take volumeAttributesClassName out, or make the volume one of csi",
  },
  "volume-inline": {
    why: "An inline volume of a VolumeAttachment has fields that only a PersistentVolume of its own has.",
    fix: "take the field out, or name a PersistentVolume by persistentVolumeName",
  },
  "volume-missing": {
    why: "A container mounts a volume that the pod does not have.",
    fix: "add the volume to spec.volumes, or to volumeClaimTemplates, or correct its name in the container",
  },
  "volume-name-repeated": {
    why: "Volumes of a pod are found by their names, and two have one.",
    fix: "rename one of the volumes, and the mounts that mean it",
  },
  "volume-recycled": {
    why: "Recycle empties a volume before it is given out again, and the path of this one is the root of the node.",
    fix: "set persistentVolumeReclaimPolicy: Retain, or a path below",
  },
  "webhook-name-repeated": {
    why: "Webhooks of one configuration are told from each other by their names.",
    fix: "rename one of the webhooks",
  },
  "word-unknown": {
    why: "The field takes one of a few words, in their very letters.",
    fix: "write one of the words that the message names",
  },
} as const;

/** What a finding about what the API server accepts is told by. */
export type Code = keyof typeof refusals;
