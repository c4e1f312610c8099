import type { Code } from "../rule/codes.ts";
import { at, elementPlaces, hasFields, isSet, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import type { Look, Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";

/*
 * What a cluster has written into an object, in one that is copied from `kubectl get --output yaml` into what is applied.
 *
 * Source: kube-apiserver 1.34, asked with `kubectl apply` by either side, of an object that is new and of one that is there;
 * and https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */

type Said = readonly [code: Code, what: string];

const refusedAgain = (what: string): Said => ["live-field-refused", what];
const passedOver = (what: string): Said => ["live-field-ignored", what];
const ofOneCluster = (what: string): Said => ["live-field-bound", what];

/** Fields of the metadata that only a cluster writes. */
const metadataFields: Readonly<Record<string, Said>> = {
  uid: refusedAgain(
    "the uid is that of an object in one cluster, and an object of another uid cannot be changed",
  ),
  resourceVersion: refusedAgain(
    "the resourceVersion is that of an object as it once was: whatever has changed since, applying it is a conflict",
  ),
  deletionTimestamp: refusedAgain("the deletionTimestamp says when an object goes, and cannot be applied"),
  managedFields: refusedAgain("managedFields has to be empty in what is applied by the server's side"),
  creationTimestamp: passedOver("the API server says itself when it has made an object"),
  generation: passedOver("the API server counts the generations of an object itself"),
  selfLink: passedOver("the API server has no selfLink any more"),
};

/** Annotations that kubectl and controllers write. */
const annotations: Readonly<Record<string, Said>> = {
  "kubectl.kubernetes.io/last-applied-configuration": passedOver(
    "kubectl keeps here what it has applied before, and would keep this beside",
  ),
  "deployment.kubernetes.io/revision": passedOver(
    "the controller counts the revisions of a Deployment itself",
  ),
  "deprecated.daemonset.template.generation": passedOver("the controller counts the generations itself"),
  "pv.kubernetes.io/bind-completed": ofOneCluster(
    "it says that the claim is bound already: where its volume is not, the claim is lost",
  ),
  "pv.kubernetes.io/bound-by-controller": ofOneCluster("it says who has bound the volume in another cluster"),
  "volume.kubernetes.io/selected-node": ofOneCluster("it names a node of one cluster"),
  "kubernetes.io/service-account.uid": ofOneCluster(
    "it is the uid of a ServiceAccount of one cluster: elsewhere the Secret is deleted",
  ),
};

const takeOut = "take it out";

function reportEach(above: RulePlace, said: Readonly<Record<string, Said>>, { report }: Look): void {
  if (!hasFields(above.value)) return;
  for (const name of Object.keys(above.value)) {
    const entry = Object.hasOwn(said, name) ? said[name] : undefined;
    if (entry === undefined || !isSet(above.value, name)) continue;
    const [code, what] = entry;
    report(at(above, name), code, what, takeOut);
  }
}

/** The garbage collector deletes what is owned by an object that is not there, as one of another uid is not. */
function owners(metadata: RulePlace, { report }: Look): void {
  for (const owner of elementPlaces(at(metadata, "ownerReferences"))) {
    if (!isSet(owner.value, "uid")) continue;
    const what = `the owner is told by its uid in one cluster: in any other, the garbage collector deletes the object`;
    report(owner, "live-field-bound", what, "take the owner out: whoever owns the object states itself");
  }
}

/** Fields that a cluster has filled in, by kind; what else they may say, a person has written. */
const kindFields: Readonly<Record<string, Rule>> = {
  "v1/Service": (spec, { report }) => {
    for (const name of ["clusterIP", "healthCheckNodePort"]) {
      const value = valueAt(spec.value, name);
      if (!isSet(spec.value, name) || value === "None") continue;
      const what = `${quoted(value)} is what one cluster has given out: where it is taken, or none of the cluster's, the Service is refused`;
      const fix = `take ${name} out${name === "clusterIP" ? ", and clusterIPs" : ""}: the cluster gives one`;
      report(at(spec, name), "live-field-bound", what, fix);
    }
  },
  "v1/Pod": (spec, { report }) => {
    if (!isSet(spec.value, "nodeName")) return;
    const what = "the pod is put on this node, and waits for ever in a cluster that has none of the name";
    report(
      at(spec, "nodeName"),
      "live-field-bound",
      what,
      "take nodeName out; to choose nodes, state nodeSelector",
    );
  },
  "v1/PersistentVolumeClaim": (spec, { report }) => {
    // The names of volumes that are made for a claim; others are those of volumes that somebody declares.
    if (!/^pvc-[0-9a-f]{8}-/.test(textAt(spec.value, "volumeName") ?? "")) return;
    const what =
      "the volume was made for the claim in one cluster: in any other the claim waits for it for ever";
    report(
      at(spec, "volumeName"),
      "live-field-bound",
      what,
      "take volumeName out: the cluster makes a volume",
    );
  },
  "v1/PersistentVolume": (spec, { report }) => {
    const claim = at(spec, "claimRef");
    for (const name of ["uid", "resourceVersion"])
      if (isSet(claim.value, name)) {
        const what = "the claim is told by what it was in one cluster: no other one gets the volume";
        report(at(claim, name), "live-field-bound", what, `take ${name} out, and name the claim alone`);
        return;
      }
  },
};

/** Of the status of a kind of others nobody knows whether it is written by hand, but for what controllers have in it. */
function status(object: RulePlace, isOwnKind: boolean, { report }: Look): void {
  const { value } = at(object, "status");
  // What generators of definitions write is empty.
  if (!hasFields(value) || valueAt(object.value, "kind") === "CustomResourceDefinition") return;
  const isWritten = isOwnKind
    ? Object.keys(value).length > 0
    : isSet(value, "conditions") || isSet(value, "observedGeneration");
  if (isWritten)
    report(
      at(object, "status"),
      "live-field-ignored",
      "the status is what a controller says of the object, and is left out of what is applied",
      takeOut,
    );
}

/**
 * What only a cluster writes, in an object that is to be applied: what it refuses, what it passes over, and what holds in that
 * one cluster alone.
 *
 * @param isOwnKind whether the kind is one of Kubernetes itself.
 */
export function liveFields(object: RulePlace, isOwnKind: boolean, look: Look): void {
  const metadata = at(object, "metadata");
  reportEach(metadata, metadataFields, look);
  reportEach(at(metadata, "annotations"), annotations, look);
  owners(metadata, look);
  status(object, isOwnKind, look);
  const key = `${textAt(object.value, "apiVersion")}/${textAt(object.value, "kind")}`;
  if (Object.hasOwn(kindFields, key)) kindFields[key]?.(at(object, "spec"), look);
}
