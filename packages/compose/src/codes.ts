/**
 * Every code that a problem of this package has, with why it is one and, as a clause, how it is fixed. The list is closed: a code keeps its
 * meaning once it is published. Composing needs the names alone; nothing but what explains them loads the sentences.
 *
 * @example
 * problemCodes["generator-name-missing"]; // { why: "A generator makes an object, which …", fix: "state name in the generator" }
 */
export const problemCodes = {
  "api-version-unknown": {
    why: "Kubernetes has no such kind in the apiVersion: it is misspelt, or a release has removed it. The API server answers that there is no match for the kind, and takes nothing of the object.",
    fix: "write the apiVersion that the kind has in the cluster's version of Kubernetes, as `kubectl api-resources` lists it",
  },
  "argument-surplus": {
    why: "A function is given more arguments than it takes, and would pass over what they say. JavaScript allows it, and so does a cast.",
    fix: "merge what the further arguments say into those that the function takes: overlay({ base, namespace, patches })",
  },
  "argument-unexpected": {
    why: "A function is given something else than it takes, as a promise, a whole module or nothing: a module was imported in another way, or two import each other. JavaScript allows it, and so does a cast.",
    fix: "call the function as the message expects, with an object of its fields",
  },
  "base64-malformed": {
    why: "The data of a Secret, and binaryData, hold base64, and this is not. The API server refuses the object, as there is nothing to decode.",
    fix: "state plain text in stringData, or encode the bytes: `printf %s TEXT | base64`; secretGenerator({ … }) of @atlas/compose/generators encodes by itself",
  },
  "container-last-removed": {
    why: "A patch has removed the last container of a pod, and the API server takes no pod without one.",
    fix: "leave one container in place, put its successor into $add of the same patch, or remove the whole workload: patch(object, null)",
  },
  "count-out-of-range": {
    why: "A count is below what the API server takes, or is not a whole number. The API server refuses the object.",
    fix: "write a whole number that is not below the least that the message names",
  },
  "directive-misplaced": {
    why: "A strategic merge patch has a directive in a list that is replaced as a whole, where it would become an element.",
    fix: "take the directive out and state the elements that the list shall have",
  },
  "element-ambiguous": {
    why: "A patch names an element by a key that several elements of the list have, so that the wrong one might be changed.",
    fix: 'name the element by all keys of its list, as "8080/TCP" for a port of a container',
  },
  "element-key-changed": {
    why: "A patch changes the key of the element that it names by that key, so that it says two things of which element is meant.",
    fix: 'remove the element and add the renamed one: { old: null, $add: [{ name: "new", … }] }',
  },
  "element-key-missing": {
    why: "An element of a list that is merged by key has no key, so that no patch and no API server could tell it from others.",
    fix: "give the element its key: a name, or for a port of a container containerPort",
  },
  "element-repeated": {
    why: "Two elements of a list that is merged by key have the same key. The API server refuses the second, or takes it for the first.",
    fix: "rename one of the elements, or merge the two into one",
  },
  "element-unknown": {
    why: "A patch names an element of a list that no layer below has put there. A new element is added, not changed: a misspelt name would else make a second container that nobody wanted.",
    fix: "correct the name to that of an element that is there, or put a new element into $add",
  },
  "field-gated": {
    why: "A feature gate that is off by default in the version of Kubernetes keeps the field from having any effect. A workload that relies on it runs without it.",
    fix: "take the field out, or turn the feature gate on in every cluster that the layer is for",
  },
  "field-missing-by-schema": {
    why: "The schema of the kind requires the field, and the object does not state it. The API server refuses the object.",
    fix: "state the field that the message names, in the base or in a patch",
  },
  "field-required": {
    why: "A patch removes a field without which Kubernetes does not take the object.",
    fix: "give the field another value in place of null, or remove the whole object: patch(object, null)",
  },
  "field-unknown": {
    why: "There is no such field. The API server would drop it in silence, or refuse the object, so that it does nothing.",
    fix: "correct the name of the field, or take it out; for a field of a custom resource that is newer than its types, take the newer CRD",
  },
  "fleet-empty": {
    why: "A fleet without rows has no environments.",
    fix: "add a row to the fleet's rows, or remove the folder of the overlay",
  },
  "fleet-field-missing": {
    why: "A row of a fleet lacks a field that the fleet says each row has. An environment without the value would be rendered wrong for one cluster only.",
    fix: 'state the field in that row, or declare it with a question mark, as "replicas?"',
  },
  "fleet-field-unread": {
    why: "No environment of a fleet is made of a field that its rows state, so that the values there do nothing.",
    fix: "use the field in name() or overlay(), or take it out of the rows",
  },
  "fleet-name-failed": {
    why: "The function that names the environment of a row has thrown.",
    fix: "make name() return a text for every row; look at the row that the message names",
  },
  "fleet-name-malformed": {
    why: "The name of an environment becomes that of a folder, and has to be a DNS label.",
    fix: "return at most 63 small letters, digits and dashes from name(), or change the row that it is made of",
  },
  "fleet-name-repeated": {
    why: "Two rows of a fleet come to one name, and would be rendered into one folder.",
    fix: "make name() use a field in which the rows differ, or drop the row that is there twice",
  },
  "fleet-type-unknown": {
    why: "A field of a fleet's rows is declared with a type that there is not.",
    fix: "declare the field with a type that the message lists, or with a list of words",
  },
  "generated-content-too-large": {
    why: "The API server takes 1 MiB at most in a ConfigMap or a Secret.",
    fix: "split the content over several ConfigMaps or Secrets, or put it into an image or a volume",
  },
  "generator-behavior-unknown": {
    why: "A generator creates an object, merges its content into one, or replaces one: it does nothing else.",
    fix: 'write behavior: "create", "merge" or "replace"',
  },
  "generator-file-unreadable": {
    why: "The content of a generator lies in a file that cannot be read.",
    fix: 'correct the path: a URL is relative to the module that states it, new URL("./file", import.meta.url)',
  },
  "generator-key-malformed": {
    why: "A key of a ConfigMap or a Secret may hold letters, digits, dashes, underscores and dots only.",
    fix: "rename the key, or the file that it is called after",
  },
  "generator-key-repeated": {
    why: "A generator is given a key twice, of which only one could be in the object.",
    fix: "take the key out of all but one of env, literals and files",
  },
  "generator-name-missing": {
    why: "A generator makes an object, which needs a name.",
    fix: "state name in the generator",
  },
  "generator-target-exists": {
    why: "A generator creates an object that is there already, and one of the two would be lost.",
    fix: 'write behavior: "merge" to add to the object that is there, or "replace" to put this one in its place',
  },
  "generator-target-missing": {
    why: "A generator merges into, or replaces, an object of which there is none, or more than one.",
    fix: 'name an object of the layer below, with its namespace where several are called so, or write behavior: "create"',
  },
  "identity-changed": {
    why: "A patch changes apiVersion, kind, name or namespace, by which other patches and references find the object.",
    fix: "take the field out of the patch; to rename an object use namePrefix or nameSuffix, or remove it and declare another",
  },
  "image-malformed": {
    why: "An image record is not one: name, and version, digest or mirror.",
    fix: 'write the record as { name: "ghcr.io/owner/app", version: "1.2.3" }, with digest: "sha256:…" where it is known',
  },
  "image-matches-nothing": {
    why: "No container has an image of the record's name, so that the record would do nothing. The images would stay as they are, and a release would not be rolled out.",
    fix: "write name as the containers have it, without tag and digest, or take the record out",
  },
  "image-unchanged": {
    why: "An image record says of an image that it stays as it is, so that it would do nothing.",
    fix: "give the record a version, a digest or a mirror, or take it out",
  },
  "images-conflict": {
    why: "Two image records of one layer set the image of one container to different values. Nothing says which of the two would be run.",
    fix: "leave one record for each repository in the layer",
  },
  "key-not-retained": {
    why: "A strategic merge patch sets a field that its own $retainKeys takes out again, so that the value does nothing.",
    fix: "list the field in $retainKeys, or stop setting it",
  },
  "kind-off-by-default": {
    why: "The kind is alpha or beta in this version of its group, and an API server does not serve it unless it is told to.",
    fix: "state a stable version of the kind where there is one; else start the API server with --runtime-config, or take the object out",
  },
  "kind-unknown": {
    why: "Kubernetes has no such kind in the apiVersion. The API server refuses an object of a kind that it does not know.",
    fix: "correct the kind, or the apiVersion; of a custom resource, list its CustomResourceDefinition in the layer",
  },
  "kubernetes-version-unknown": {
    why: "The layer is for a version of Kubernetes whose fields are not known here, so that nothing could be held against it.",
    fix: 'state a minor version that is known, as "1.34", or leave kubernetesVersion out',
  },
  "label-malformed": {
    why: "The API server takes no label or annotation of this name or value.",
    fix: 'write [prefix/]name of letters, digits, dashes, underscores and dots, at most 63 of them; a label\'s value has the same form, and is text: quote "true" and "1"',
  },
  "labels-conflict": {
    why: "Two label records of one layer set one label to different values. Nothing says which of them would win.",
    fix: "leave the label in one record of the layer, or give both the same value",
  },
  "layer-circular": {
    why: "A layer or component stands on itself, so that there is no order in which they could be applied.",
    fix: "give one layer of the circle another base, or take the component out of its own components",
  },
  "layer-content-unexpected": {
    why: "Something in a layer is not what its field takes, or is undefined, as it is when two files import each other.",
    fix: "give the field what the message expects; where the value is undefined, break the circle of imports, or correct the name of the export",
  },
  "layer-expected": {
    why: "What is composed, or stands as a base, has to be what base() or overlay() gives.",
    fix: "pass what base({ … }) or overlay({ … }) returns; a component goes among the components of a layer",
  },
  "list-form-unexpected": {
    why: "A patch gives a list where elements are changed by key, or changes by key what has no keys; the types of patches say which is which.",
    fix: "write { name: { … } } for a list that has keys, with $add for new elements and $replace for a whole list; write a plain list for any other",
  },
  "name-affix-malformed": {
    why: "A prefix or suffix of names has characters that no name may have.",
    fix: 'write small letters, digits, dots and dashes only, as "staging-"',
  },
  "name-affix-matches-nothing": {
    why: "A prefix or suffix of names meets no object that takes one, so that it would do nothing.",
    fix: "take the prefix or suffix out, or add an object that may be renamed: not a Namespace, a CustomResourceDefinition or an APIService",
  },
  "namespace-ambiguous": {
    why: "An object states no namespace, and the layers below stand in several, so that nothing says where it belongs.",
    fix: "state metadata.namespace in the object, or one namespace for all in the layer",
  },
  "namespace-malformed": {
    why: "The name of a namespace is a DNS label. The API server refuses every object that states another.",
    fix: "write 1 to 63 small letters, digits and dashes, with a letter or digit at both ends",
  },
  "namespace-matches-nothing": {
    why: "A layer's namespace meets no object that takes one, so that it would do nothing.",
    fix: "take namespace out of the layer, or add an object that lies in a namespace",
  },
  "namespace-unstated": {
    why: "An object states no namespace while others do: it would go to whichever is current where it is applied.",
    fix: "state metadata.namespace in all objects, or namespace in the layer; of a custom resource of the whole cluster, list its CustomResourceDefinition",
  },
  "object-malformed": {
    why: "An object of Kubernetes has an apiVersion, a kind and a metadata.name.",
    fix: "state apiVersion, kind and metadata.name; where the whole object is undefined, look for two files that import each other",
  },
  "object-name-malformed": {
    why: "The API server takes no object of this kind with such a name.",
    fix: "rename the object to what the message expects of its kind, for most 1 to 253 small letters, digits, dashes and dots",
  },
  "object-repeated": {
    why: "Two objects have one group, kind, namespace and name: one would overwrite the other.",
    fix: "rename one of the two, leave one out, or patch the object of the layer below in place of declaring it again",
  },
  "operation-impossible": {
    why: "An operation of a JSON patch cannot be carried out: it moves a value into itself, or copies without end.",
    fix: "name another path, or make two operations of it: remove, and add",
  },
  "operation-malformed": {
    why: "An operation of a JSON patch is not one of RFC 6902.",
    fix: 'write op, path, and value or from, as RFC 6902 has them: { op: "replace", path: "/spec/replicas", value: 2 }',
  },
  "operation-test-failed": {
    why: "The test in a JSON patch fails: the object is not what the patch was written for, so that nothing of it is applied.",
    fix: "look at what the object holds at that path now, and bring the patch up to date",
  },
  "patch-empty": {
    why: "A patch with nothing in it would change nothing: what it was to say is missing.",
    fix: "state what the patch is to change, or take it out; for some environments alone: ...(condition ? [patch(…)] : [])",
  },
  "patch-malformed": {
    why: "Something among the patches is not one, so that nobody knows what it is to change.",
    fix: "write patch(target, { … }), with the base's object as target and only what changes as body",
  },
  "patch-target-ambiguous": {
    why: "A patch is for one object, and several are meant by its target.",
    fix: "state metadata.namespace in the target, or say with the option `in` which base the object comes from",
  },
  "patch-target-elsewhere": {
    why: "A patch names a layer that its object does not come from.",
    fix: "name in `in` the base that declares the object, or leave the option out",
  },
  "patch-target-missing": {
    why: "The object that a patch is for is in no layer below, so that the patch would do nothing.",
    fix: "name an object that a base of the layer has: import it from there, lest its name differ",
  },
  "patches-conflict": {
    why: "Two patches of one layer set one place to different values, and nothing says which one wins.",
    fix: "drop one of the two patches, or mark the one that shall win: patch(target, body, { override: true })",
  },
  "pointer-unmatched": {
    why: "A JSON pointer leads to nothing in the object. The API server, and kubectl, would refuse the whole patch.",
    fix: "correct the pointer: /a/b/0 counts from 0, and writes / as ~1, ~ as ~0; add what is to be there first",
  },
  "record-empty": {
    why: "A record among the labels or annotations of a layer has nothing in it, or is for no kind, so that it would do nothing.",
    fix: "put a name and a value into the record, or take it out",
  },
  "reference-ambiguous": {
    why: "A name may mean several objects that were renamed, so that nothing tells which one to follow.",
    fix: "state the namespace beside the name, or write the name that the object has after renaming",
  },
  "reference-misspelt": {
    why: "An object names one that is not there, and is nearly called as one that is: probably a slip of the finger. Pods would wait for a ConfigMap, a Secret or a volume that never comes.",
    fix: "write the name, or the namespace, as the object that is there has it",
  },
  "reference-to-removed": {
    why: "An object names one that a patch has removed. What names it would wait for it, or fail.",
    fix: "change or remove what names the object, too; where something else provides it, patch(object, null, { override: true })",
  },
  "removal-of-nothing": {
    why: "A patch removes, or orders, what is not there, so that it would do nothing: it is misspelt, or out of date.",
    fix: "correct the name of what is to be removed, or take that part of the patch out",
  },
  "replicas-conflict": {
    why: "Two replica records of one layer set one workload to different counts. Nothing says which count would win.",
    fix: "leave one record for the workload in the layer",
  },
  "replicas-malformed": {
    why: "A number of replicas is a whole number, 0 or more.",
    fix: 'write a whole number, as 3, not a text as "3"',
  },
  "replicas-match-nothing": {
    why: "No workload has the name of a replica record, so that the record would do nothing.",
    fix: "write the name of a Deployment, StatefulSet, ReplicaSet or ReplicationController of the layers below, or take the record out",
  },
  "rule-broken": {
    why: "The object breaks a rule of the function that has made it, which gives the rule no code.",
    fix: "follow the fix that the message gives, which the function's own rule has written",
  },
  "selector-mismatch": {
    why: "A workload selects pods by labels that its own template does not have; the API server refuses it.",
    fix: "give spec.template.metadata.labels every label of spec.selector.matchLabels",
  },
  "surrogate-unpaired": {
    why: "The text has half a character, an unpaired surrogate, which no UTF-8 can hold.",
    fix: "look where the text was cut, as by slice(), and cut between characters; give bytes for what is not text",
  },
  "type-mismatch": {
    why: "A value has another type than its field takes. The API server refuses the object.",
    fix: 'write the value in the type that the message expects: 80 for a number, "80" for a text',
  },
  "value-lost": {
    why: "A text has undefined, NaN or [object Object] in it: it was put together of a value that is not there. A Service or a host of that name does not exist.",
    fix: "look at the template that the text is put together in: a variable of the environment that is not set, or an object in the place of its name",
  },
  "value-not-plain": {
    why: "A manifest holds what YAML and JSON can say, and this value is more, or other, than that.",
    fix: "give text, finite numbers, true, false, null, lists and plain objects; turn a Date, a Map or a class into these",
  },
  "value-undefined": {
    why: "A field is stated and its value is undefined, as of a variable that is not set. Left out in silence, it would give way to a default that nobody chose.",
    fix: "set the variable that the value comes from, or leave the field out where there is none: ...(x !== undefined && { field: x })",
  },
  "value-unknown": {
    why: "The field takes one of a few words, and this is not one of them. The API server refuses the object.",
    fix: "write one of the words that the message lists, in the same letters",
  },
  "version-lacks": {
    why: "The version of Kubernetes that the layer is for does not have the kind, field or value, or not any more.",
    fix: "do what the message names in place of it, or set kubernetesVersion to what the cluster really runs",
  },
  "version-not-served": {
    why: "The CustomResourceDefinition of the kind does not serve the version that the object states. The API server does not know the kind in that version.",
    fix: "write an apiVersion that the CustomResourceDefinition serves, or serve that version there",
  },
} as const;

/** The codes of a list of which each explains itself: a list with one that does not is not compiled. */
export type ExplainedCodes<
  Codes extends Readonly<Record<string, { readonly why: string; readonly fix: string }>>,
> = keyof Codes;

/** What a problem may be: a code of the list, or one of a builder's own rules, as `istio/host-malformed`. */
export type ProblemCode = ExplainedCodes<typeof problemCodes> | RuleCode;

/** The code of a builder's own rule, which begins with the builder's name. */
export type RuleCode = `${string}/${string}`;
