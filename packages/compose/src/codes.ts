/**
 * Every code that a problem of this package has, with what there is to know of it. The list is closed: a code keeps its
 * meaning once it is published. Composing needs the names alone; nothing but what explains them loads the sentences.
 *
 * @example
 * problemCodes["element-unknown"]; // "A patch names an element of a list that no layer below has put there. …"
 */
export const problemCodes = {
  "api-version-unknown":
    "Kubernetes has no such kind in the apiVersion: it is misspelt, or a release has removed it. State the version that the cluster serves.",
  "base64-malformed":
    "The data of a Secret, and binaryData, hold base64, and this is not. Encode it, or let a generator do it.",
  "container-last-removed":
    "A patch has removed the last container of a pod, and the API server takes no pod without one.",
  "count-out-of-range": "A count is below what the API server takes, or is not a whole number.",
  "directive-misplaced":
    "A strategic merge patch has a directive in a list that is replaced as a whole, where it would become an element.",
  "element-ambiguous":
    "A patch names an element by a key that several elements of the list have. Name it by all keys of the list.",
  "element-key-changed":
    "A patch changes the key of the element that it names by that key. To rename an element, remove it and add another.",
  "element-key-missing":
    "An element of a list that is merged by key has no key, so that no patch and no API server could tell it from others.",
  "element-repeated":
    "Two elements of a list that is merged by key have the same key. The API server refuses the second, or takes it for the first.",
  "element-unknown":
    "A patch names an element of a list that no layer below has put there. A new element is added, not changed.",
  "field-gated":
    "A feature gate that is off by default in the version of Kubernetes keeps the field from having any effect.",
  "field-missing-by-schema": "The schema of the kind requires the field, and the object does not state it.",
  "field-required": "A patch removes a field without which Kubernetes does not take the object.",
  "field-unknown":
    "There is no such field. The API server would drop it in silence, or refuse the object, so that it does nothing.",
  "fleet-empty": "A fleet without rows has no environments.",
  "fleet-field-missing": "A row of a fleet lacks a field that the fleet says each row has.",
  "fleet-field-unread":
    "No environment of a fleet is made of a field that its rows state, so that the values there do nothing.",
  "fleet-name-failed": "The function that names the environment of a row has thrown.",
  "fleet-name-malformed": "The name of an environment becomes that of a folder, and has to be a DNS label.",
  "fleet-name-repeated": "Two rows of a fleet come to one name, and would be rendered into one folder.",
  "fleet-type-unknown": "A field of a fleet's rows is declared with a type that there is not.",
  "generated-content-too-large": "The API server takes 1 MiB at most in a ConfigMap or a Secret.",
  "generator-behavior-unknown":
    "A generator creates an object, merges its content into one, or replaces one: it does nothing else.",
  "generator-file-unreadable": "The content of a generator lies in a file that cannot be read.",
  "generator-key-malformed":
    "A key of a ConfigMap or a Secret may hold letters, digits, dashes, underscores and dots only.",
  "generator-key-repeated": "A generator is given a key twice, of which only one could be in the object.",
  "generator-name-missing": "A generator makes an object, which needs a name.",
  "generator-target-exists":
    "A generator creates an object that is there already. Say whether it merges into that one or replaces it.",
  "generator-target-missing":
    "A generator merges into, or replaces, an object of which there is none, or more than one.",
  "identity-changed":
    "A patch changes apiVersion, kind, name or namespace, by which other patches and references find the object. To rename it, declare it anew.",
  "image-malformed": "An image record is not one: name, and version, digest or mirror.",
  "image-matches-nothing":
    "No container has an image of the record's name, so that the record would do nothing.",
  "image-unchanged": "An image record says of an image that it stays as it is, so that it would do nothing.",
  "images-conflict": "Two image records of one layer set the image of one container to different values.",
  "key-not-retained":
    "A strategic merge patch sets a field that its own $retainKeys takes out again. List it there, or take it out.",
  "kind-off-by-default":
    "The kind is alpha or beta in this version of its group, and an API server does not serve it unless it is told to.",
  "kind-unknown": "Kubernetes has no such kind in the apiVersion.",
  "kubernetes-version-unknown":
    "The layer is for a version of Kubernetes whose fields are not known here, so that nothing could be held against it.",
  "label-malformed": "The API server takes no label or annotation of this name or value.",
  "labels-conflict": "Two label records of one layer set one label to different values.",
  "layer-circular":
    "A layer or component stands on itself, so that there is no order in which they could be applied.",
  "layer-content-unexpected":
    "Something in a layer is not what its field takes, or is undefined, as it is when two files import each other.",
  "layer-expected": "What is composed, or stands as a base, has to be what base() or overlay() gives.",
  "list-form-unexpected":
    "A patch gives a list where elements are changed by key, or changes by key what has no keys. The types of patches say which is which.",
  "name-affix-malformed": "A prefix or suffix of names has characters that no name may have.",
  "name-affix-matches-nothing":
    "A prefix or suffix of names meets no object that takes one, so that it would do nothing.",
  "namespace-ambiguous":
    "An object states no namespace, and the layers below stand in several. State which one is meant.",
  "namespace-malformed": "The name of a namespace is a DNS label.",
  "namespace-matches-nothing":
    "A layer's namespace meets no object that takes one, so that it would do nothing.",
  "namespace-unstated":
    "An object states no namespace while others do: it would go to whichever is current where it is applied.",
  "object-malformed": "An object of Kubernetes has an apiVersion, a kind and a metadata.name.",
  "object-name-malformed": "The API server takes no object of this kind with such a name.",
  "object-repeated": "Two objects have one group, kind, namespace and name: one would overwrite the other.",
  "operation-impossible":
    "An operation of a JSON patch cannot be carried out: it moves a value into itself, or copies without end.",
  "operation-malformed": "An operation of a JSON patch is not one of RFC 6902.",
  "operation-test-failed":
    "The test in a JSON patch fails: the object is not what the patch was written for, so that nothing of it is applied.",
  "patch-empty": "A patch with nothing in it would change nothing: what it was to say is missing.",
  "patch-malformed": "Something among the patches is not one. patch(target, body) makes one.",
  "patch-target-ambiguous":
    "A patch is for one object, and several are meant by its target. Name the namespace, or the base it comes from.",
  "patch-target-elsewhere": "A patch names a layer that its object does not come from.",
  "patch-target-missing":
    "The object that a patch is for is in no layer below, so that the patch would do nothing.",
  "patches-conflict":
    "Two patches of one layer set one place to different values, and nothing says which one wins. Mark it with override.",
  "pointer-unmatched": "A JSON pointer leads to nothing in the object.",
  "record-empty":
    "A record among the labels or annotations of a layer has nothing in it, or is for no kind, so that it would do nothing.",
  "reference-ambiguous":
    "A name may mean several objects that were renamed, so that nothing tells which one to follow.",
  "reference-misspelt":
    "An object names one that is not there, and is nearly called as one that is: probably a slip of the finger.",
  "reference-to-removed": "An object names one that a patch has removed.",
  "removal-of-nothing":
    "A patch removes, or orders, what is not there, so that it would do nothing: it is misspelt, or out of date.",
  "replicas-conflict": "Two replica records of one layer set one workload to different counts.",
  "replicas-malformed": "A number of replicas is a whole number, 0 or more.",
  "replicas-match-nothing":
    "No workload has the name of a replica record, so that the record would do nothing.",
  "rule-broken": "The object breaks a rule of the function that has made it, which gives the rule no code.",
  "selector-mismatch":
    "A workload selects pods by labels that its own template does not have; the API server refuses it.",
  "surrogate-unpaired": "The text has half a character, an unpaired surrogate, which no UTF-8 can hold.",
  "type-mismatch": "A value has another type than its field takes.",
  "value-lost":
    "A text has undefined, NaN or [object Object] in it: it was put together of a value that is not there.",
  "value-not-plain":
    "A manifest holds what YAML and JSON can say, and this value is more, or other, than that.",
  "value-undefined": "A field is stated and its value is undefined, as of a variable that is not set.",
  "value-unknown": "The field takes one of a few words, and this is not one of them.",
  "version-lacks":
    "The version of Kubernetes that the layer is for does not have the kind, field or value, or not any more.",
  "version-not-served":
    "The CustomResourceDefinition of the kind does not serve the version that the object states.",
} as const;

/** What a problem may be: a code of the list, or one of a builder's own rules, as `istio/host-malformed`. */
export type ProblemCode = keyof typeof problemCodes | RuleCode;

/** The code of a builder's own rule, which begins with the builder's name. */
export type RuleCode = `${string}/${string}`;
