import type { ExplainedCodes } from "@atlas/compose/codes";

/**
 * Every code of what the command and the importer say of files, folders, command lines and environments, with why it is
 * said and, as a clause, how it is fixed. The list is closed: a code keeps its meaning once it is published. What composing finds has the codes
 * of `@atlas/compose/codes`.
 */
export const findingCodes = {
  "answer-missing": {
    why: "An option is not given, and there is no terminal, or no more input, to ask on. Nothing was written.",
    fix: "give the option that the message names, or run the command on a terminal",
  },
  "cluster-claim-conflict": {
    why: "Two environments of one cluster have one object with different content: the one that is applied last wins.",
    fix: 'give each environment a namespace or a name prefix of its own, put the object into one of them, or state that the clusters differ: overlay({ base, cluster: "…" })',
  },
  "cluster-unreached": {
    why: "What is in the cluster is asked of kubectl, which is not installed, or reaches no cluster by its kubeconfig.",
    fix: "install kubectl, set KUBECONFIG, or choose a context: kubectl config use-context NAME",
  },
  "code-unknown": {
    why: "No problem and no finding has this code.",
    fix: "copy the code from the line `code:` of a message, or look for it in CODES.md",
  },
  "command-missing": {
    why: "The command line names no command.",
    fix: "name a command after atlas-render; `atlas-render help` lists them, and `atlas-render render NAME` renders an environment",
  },
  "definition-malformed": {
    why: "A CustomResourceDefinition is not one that the API server takes, so that nothing can be held against it.",
    fix: "correct the CustomResourceDefinition where the message points, or take a newer release of it",
  },
  "destination-unknown": {
    why: "What is to be reached is not a Service, a workload or an address that the objects tell of.",
    fix: "write a Service as name.namespace:port, a workload by its name, or an IP address; give manifests that have it with --file",
  },
  "digest-of-another-version": {
    why: "The digest is known to be that of another version of the image: that one would run, under a wrong name.",
    fix: "copy the digest of this version from the registry, or leave the digest out",
  },
  "digest-unknown": {
    why: "The registry gave no digest of the image, by which a release is told from what is later called the same.",
    fix: "check that the version exists and the registry can be read without a login, or give --digest sha256:… by hand",
  },
  "environment-empty": {
    why: "An environment without objects renders an empty folder, and applied with pruning it removes all that was there: most often its layer is not the one that was meant.",
    fix: "list objects among the resources of the layer, or stand on a layer that has some",
  },
  "environment-exists": {
    why: "There is an environment of this name already; a new one needs another.",
    fix: "choose another name, or change the folder that is there",
  },
  "environment-expected": {
    why: "A fleet stands for many environments, where one is meant.",
    fix: "name one environment of it, FLEET/NAME, or another folder",
  },
  "environment-name-reserved": {
    why: "The name means something else already: a task, a target or a folder. A task of Nx, or a command, would no longer be reached by it.",
    fix: "choose another name, as NAME-env",
  },
  "environment-unknown": {
    why: "There is no environment of this name.",
    fix: "write a name that `atlas-render list` shows; an environment of a fleet is FLEET/NAME",
  },
  "environments-missing": {
    why: "The folder holds no environments, or none that can be listed.",
    fix: "make a folder with an index.ts that exports an overlay by default, or point --environments at the folder that holds them",
  },
  "external-mismatch": {
    why: "The file of an external object holds another one than it is declared as, by which patches and references find it.",
    fix: "make apiVersion, kind, name and namespace the same in the file and in external({ … })",
  },
  "file-not-readable": {
    why: "A file that is needed is not there, or cannot be read.",
    fix: "check the path that the message names, and the permissions of the file",
  },
  "file-not-utf8": {
    why: "Manifests and tables are UTF-8; a file of another encoding would be read as something else.",
    fix: "save the file as UTF-8, or convert it: iconv -f latin1 -t utf-8 FILE",
  },
  "fleet-rows-malformed": {
    why: "The rows of a fleet lie in a file that holds no list of objects.",
    fix: 'make the file a list of objects, one a row: [{ "name": "eu" }, …]',
  },
  "folder-missing": {
    why: "The folder that the command works in has been removed.",
    fix: "change into a folder that is there: cd",
  },
  "image-record-missing": {
    why: "The workspace has no image record that could name the new release, or has several.",
    fix: 'write one literal { name: "…", version: "…", digest: "sha256:…" } of plain strings',
  },
  "import-declared-anew": {
    why: "A component of the imported directory lists a folder; its objects are declared anew as that made them.",
    fix: "nothing needs to be done; to have one declaration, list the folder among the bases in place of the component's resources",
  },
  "import-kept": {
    why: "An object of the imported directory stays a YAML file: it is encrypted, values are put into it after Kustomize, or a layer above gives it a name.",
    fix: "nothing needs to be done for what is encrypted; state values in place of placeholders, or render with --no-validate",
  },
  "import-left-out": {
    why: "The imported directory states something without an effect on what it builds.",
    fix: "look whether the part that was left out is still wanted; if so, state it by hand in the imported sources",
  },
  "import-patch-adds": {
    why: "A patch of the imported directory changes what is not there, and so adds it, as Kustomize does. A misspelt name adds a second element in place of changing the first.",
    fix: "correct the name in the Kustomize patch if it is misspelt, and import again; else keep what is added",
  },
  "import-patch-target": {
    why: "A patch of the imported directory is for an object of which there is none, or more than one.",
    fix: "name an object of the directory in the patch's target, with its apiVersion and namespace, or drop the patch",
  },
  "import-taken-over": {
    why: "The imported sources have no words for something; what comes of it is taken from what Kustomize builds.",
    fix: "nothing needs to be done for the same objects; rewrite by hand, with patches, what shall be maintained as source",
  },
  "import-unresolved": {
    why: "A module imports a file or a package that is not there. The environment cannot be loaded.",
    fix: "correct the path, with its extension .ts, or install the package that the import names",
  },
  "import-value-of-builder": {
    why: "A line of an environment file takes its value from whoever builds, so that each would import something else.",
    fix: "write KEY=value in the file, or leave the key out",
  },
  "import-value-of-secret": {
    why: "An object has got a value of a Secret by a replacement, and stands in a YAML file, as values of Secrets do.",
    fix: "keep the YAML file out of the repository, or let an ExternalSecret or a reference to the Secret stand for the value",
  },
  "import-without-effect": {
    why: "A field of the imported directory meets no object, and is left out.",
    fix: "drop the field from the kustomization, or correct the name that it is to match",
  },
  "kustomization-malformed": {
    why: "A field of a kustomization is not of the form that Kustomize takes, or has no counterpart.",
    fix: "correct the field as https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ has it; --partial leaves what has no counterpart in YAML",
  },
  "kustomization-missing": {
    why: "There is no kustomization where one is named.",
    fix: "give the folder that holds kustomization.yaml, or one above several",
  },
  "kustomization-repeated": {
    why: "A folder has two kustomizations, of which Kustomize would read none.",
    fix: "leave one of kustomization.yaml, kustomization.yml and Kustomization in the folder",
  },
  "kustomize-missing": {
    why: "Neither kubectl nor kustomize is installed, without which an import cannot be proved.",
    fix: "install kubectl, which has Kustomize built in: https://kubernetes.io/docs/tasks/tools/",
  },
  "kustomize-refusal": {
    why: "Kustomize itself does not build the directory, so that there is nothing to compare an import with.",
    fix: "run kubectl kustomize DIR, fix what it says, and import again",
  },
  "manifests-empty": {
    why: "There is no object in the manifests: what should have made them has failed, or was given another file. A check of nothing would pass for whatever is deployed.",
    fix: "look whether the command before the pipe has failed (set -o pipefail), or name the right file",
  },
  "name-unknown": {
    why: "There is no command, option, verb, resource or namespace of this name.",
    fix: "write one of the names that the message lists, or see atlas-render COMMAND --help",
  },
  "object-ambiguous": {
    why: "Several objects of the environment have this name; state kind, group or namespace as well.",
    fix: "write the object in full, as the message lists it: group, kind, namespace and name",
  },
  "object-encrypted": {
    why: "SOPS has encrypted the object, so that nobody has looked at its fields.",
    fix: "see to it that what applies it decrypts it, as Flux does where a Kustomization states spec.decryption",
  },
  "object-unknown": {
    why: "The environment has no object of this name.",
    fix: "write Kind/name as one of the objects that the message lists",
  },
  "option-unused": {
    why: "The option says nothing of what is asked, so that it would be passed over.",
    fix: "leave the option out, or ask for what it is about",
  },
  "option-value-malformed": {
    why: "The value of an option, or an answer, is not one that it takes. Nothing was done.",
    fix: "write the value in the form that the message expects",
  },
  "option-value-unknown": {
    why: "The option takes one of a few words, and this is not one of them.",
    fix: "write one of the words that the message, or --help, lists",
  },
  "output-foreign": {
    why: "The output's folder holds what was not written by this command, which never removes what it did not write.",
    fix: "choose another --output, or move away by hand what the message names",
  },
  "output-not-writable": {
    why: "The output cannot be written: no permission, no room, or nobody who reads it.",
    fix: "check the permissions and the room on the disk, or choose another --output; what was there before is intact",
  },
  "overlay-fails": {
    why: "The module of an environment throws, or does not parse.",
    fix: "look at the line that the message names, and type-check: tsc --noEmit",
  },
  "overlay-missing": {
    why: "The module of an environment does not export an overlay or a fleet by default.",
    fix: "end the module with export default overlay({ … }), or fleet({ … })",
  },
  "overlay-unfinished": {
    why: "The module of an environment never finishes loading: it awaits what never comes, or ends the process.",
    fix: "look for an await that never settles, and for process.exit, in the module and in what it imports",
  },
  "package-missing": {
    why: "A package that a module imports is not installed.",
    fix: "add the package to the one whose file imports it: pnpm add PACKAGE",
  },
  "release-crds-malformed": {
    why: "What is to name the CRDs of a release does not.",
    fix: "give config/crd/kustomization.yaml of the release's sources, or the files of its CRDs, with --crds",
  },
  "repository-missing": {
    why: "Neither the folder nor one above it is a repository of environments.",
    fix: "start a repository with atlas-render init, or name the folder of the environments with --environments",
  },
  "schema-mismatch": {
    why: "A value is not what the schema of its kind allows; the API server refuses the object.",
    fix: "give the field the value that the message expects, where the object is declared or patched",
  },
  "schema-unknown": {
    why: "No schema of the kind is known, so that nobody has looked at the object's fields. A misspelt field would not be noticed before the object is applied.",
    fix: "list the CustomResourceDefinition in the layer, or in --file, or correct apiVersion and kind",
  },
  "settings-malformed": {
    why: "The settings in package.json do not parse, or are not what they have to be.",
    fix: 'write "atlas-render": { "environments": "DIR" } in package.json, with a folder relative to it',
  },
  "source-malformed": {
    why: "A source file of the workspace does not parse.",
    fix: "correct the line that the message names, and type-check",
  },
  "system-refusal": {
    why: "The operating system refuses something that the command needs.",
    fix: "check the path, its permissions, and the limits and the room of the machine, then run it again",
  },
  "upgrade-fails": {
    why: "A step of the upgrade has failed; every file is as it was.",
    fix: "fix what the step has said, and run the upgrade again",
  },
  "usage-wrong": {
    why: "The command line is not one that the command takes; its --help shows those that are. Nothing was done.",
    fix: "write the command as the message expects it, or see atlas-render COMMAND --help",
  },
  "value-path-malformed": {
    why: "The text is not the path of a value, as spec.template.spec.containers[manager].image is.",
    fix: "write fields with dots between them, and elements in brackets: spec.template.spec.containers[manager].image",
  },
  "value-path-unknown": {
    why: "The object has no value at the path.",
    fix: "write a field that the message lists at that place, or leave the path out to see the whole object",
  },
  "workload-unknown": {
    why: "No workload of the objects is called so, or several are.",
    fix: "write Kind/name of a workload that the message lists",
  },
  "workspace-missing": {
    why: "An upgrade changes the workspace that the operator's image and CRDs belong to, and this is not it.",
    fix: "run it in a checkout of this repository; in one of your own, update @atlas/manifests instead",
  },
  "yaml-alias-malformed": {
    why: "An alias of YAML has no complete anchor before it, or the aliases grow without bounds.",
    fix: "write out what the alias stands for",
  },
  "yaml-key-malformed": {
    why: "The key of a field is not text.",
    fix: 'write the key as text, in quotes where YAML takes it for something else: "1":',
  },
  "yaml-key-repeated": {
    why: "An object of YAML has a key twice, of which readers take the one or the other.",
    fix: "drop one of the two, or merge their values",
  },
  "yaml-malformed": {
    why: "The file is not YAML as Kubernetes reads it.",
    fix: "correct the place that the message names; tags such as !!binary are not for manifests",
  },
  "yaml-merge-malformed": {
    why: "The merge key << merges what is not an object.",
    fix: "let << name an anchor of an object, or write the fields out",
  },
  "yaml-number-inexact": {
    why: "A number is too large, or too fine, to be read as the same number everywhere.",
    fix: "put quotes around it where text is meant, as for an ID; else write a number up to 9007199254740991",
  },
  "yaml-too-deep": {
    why: "A file nests deeper than any manifest does.",
    fix: "take levels out, or look for an object that was nested into itself when the file was made",
  },
} as const;

/** What a finding may be that is not a problem of composing. */
export type FindingCode = ExplainedCodes<typeof findingCodes>;
