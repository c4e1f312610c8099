/**
 * Every code of what the command and the importer say of files, folders, command lines and environments, with what there
 * is to know of it. The list is closed: a code keeps its meaning once it is published. What composing finds has the codes
 * of `@atlas/compose/codes`.
 */
export const findingCodes = {
  "answer-missing": "An option is not given, and there is no terminal, or no more input, to ask on.",
  "cluster-claim-conflict":
    "Two environments of one cluster have one object with different content: the one that is applied last wins.",
  "cluster-unreached":
    "What is in the cluster is asked of kubectl, which is not installed, or reaches no cluster by its kubeconfig.",
  "code-unknown": "No problem and no finding has this code.",
  "command-missing": "The command line names no command.",
  "definition-malformed":
    "A CustomResourceDefinition is not one that the API server takes, so that nothing can be held against it.",
  "destination-unknown":
    "What is to be reached is not a Service, a workload or an address that the objects tell of.",
  "digest-of-another-version":
    "The digest is known to be that of another version of the image: that one would run, under a wrong name.",
  "digest-unknown":
    "The registry gave no digest of the image, by which a release is told from what is later called the same.",
  "environment-exists": "There is an environment of this name already; a new one needs another.",
  "environment-expected": "A fleet stands for many environments, where one is meant.",
  "environment-name-reserved": "The name means something else already: a task, a target or a folder.",
  "environment-unknown": "There is no environment of this name.",
  "environments-missing": "The folder holds no environments, or none that can be listed.",
  "external-mismatch":
    "The file of an external object holds another one than it is declared as, by which patches and references find it.",
  "file-not-readable": "A file that is needed is not there, or cannot be read.",
  "file-not-utf8":
    "Manifests and tables are UTF-8; a file of another encoding would be read as something else.",
  "fleet-rows-malformed": "The rows of a fleet lie in a file that holds no list of objects.",
  "folder-missing": "The folder that the command works in has been removed.",
  "image-record-missing":
    "The workspace has no image record that could name the new release, or has several.",
  "import-declared-anew":
    "A component of the imported directory lists a folder; its objects are declared anew as that made them.",
  "import-left-out": "The imported directory states something without an effect on what it builds.",
  "import-patch-adds":
    "A patch of the imported directory changes what is not there, and so adds it, as Kustomize does.",
  "import-patch-target":
    "A patch of the imported directory is for an object of which there is none, or more than one.",
  "import-taken-over":
    "The imported sources have no words for something; what comes of it is taken from what Kustomize builds.",
  "import-unresolved": "A module imports a file or a package that is not there.",
  "import-value-of-builder":
    "A line of an environment file takes its value from whoever builds, so that each would import something else.",
  "import-value-of-secret":
    "An object has got a value of a Secret by a replacement, and stands in a YAML file, as values of Secrets do.",
  "import-without-effect": "A field of the imported directory meets no object, and is left out.",
  "kustomization-malformed":
    "A field of a kustomization is not of the form that Kustomize takes, or has no counterpart.",
  "kustomization-missing": "There is no kustomization where one is named.",
  "kustomization-repeated": "A folder has two kustomizations, of which Kustomize would read none.",
  "kustomize-missing":
    "Neither kubectl nor kustomize is installed, without which an import cannot be proved.",
  "kustomize-refusal":
    "Kustomize itself does not build the directory, so that there is nothing to compare an import with.",
  "manifests-empty":
    "There is no object in the manifests: what should have made them has failed, or was given another file.",
  "name-unknown": "There is no command, option, verb, resource or namespace of this name.",
  "namespace-mentioned":
    "An object still names the namespace of the environment that the new one was made from.",
  "object-ambiguous":
    "Several objects of the environment have this name; state kind, group or namespace as well.",
  "object-unknown": "The environment has no object of this name.",
  "option-unused": "The option says nothing of what is asked, so that it would be passed over.",
  "option-value-malformed": "The value of an option, or an answer, is not one that it takes.",
  "option-value-unknown": "The option takes one of a few words, and this is not one of them.",
  "output-foreign":
    "The output's folder holds what was not written by this command, which never removes what it did not write.",
  "output-not-writable": "The output cannot be written: no permission, no room, or nobody who reads it.",
  "overlay-fails": "The module of an environment throws, or does not parse.",
  "overlay-missing": "The module of an environment does not export an overlay or a fleet by default.",
  "overlay-unfinished":
    "The module of an environment never finishes loading: it awaits what never comes, or ends the process.",
  "package-missing": "A package that a module imports is not installed.",
  "release-crds-malformed": "What is to name the CRDs of a release does not.",
  "repository-missing": "Neither the folder nor one above it is a repository of environments.",
  "schema-mismatch": "A value is not what the schema of its kind allows; the API server refuses the object.",
  "schema-unknown": "No schema of the kind is known, so that nobody has looked at the object's fields.",
  "settings-malformed": "The settings in package.json do not parse, or are not what they have to be.",
  "source-malformed": "A source file of the workspace does not parse.",
  "system-refusal": "The operating system refuses something that the command needs.",
  "upgrade-fails": "A step of the upgrade has failed; every file is as it was.",
  "usage-wrong": "The command line is not one that the command takes; its --help shows those that are.",
  "value-path-malformed":
    "The text is not the path of a value, as spec.template.spec.containers[manager].image is.",
  "value-path-unknown": "The object has no value at the path.",
  "workload-unknown": "No workload of the objects is called so, or several are.",
  "workspace-missing":
    "An upgrade changes the workspace that the operator's image and CRDs belong to, and this is not it.",
  "yaml-alias-malformed":
    "An alias of YAML has no complete anchor before it, or the aliases grow without bounds.",
  "yaml-key-malformed": "The key of a field is not text.",
  "yaml-key-repeated": "An object of YAML has a key twice, of which readers take the one or the other.",
  "yaml-malformed": "The file is not YAML as Kubernetes reads it.",
  "yaml-merge-malformed": "The merge key << merges what is not an object.",
  "yaml-number-inexact":
    "A number is too large, or too fine, to be read as the same number everywhere. Quote it where text is meant.",
  "yaml-too-deep": "A file nests deeper than any manifest does.",
} as const;

/** What a finding may be that is not a problem of composing. */
export type FindingCode = keyof typeof findingCodes;
