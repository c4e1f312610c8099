import type { ExplainedCodes } from "@atlas/compose/codes";

/**
 * Every code that a problem of the generator has, with why it is one and, as a clause, how it is fixed. The list is closed: a code keeps its
 * meaning once it is published.
 *
 * @example
 * codegenCodes["crd-conflict"].why; // "A CRD is given twice, and the two differ."
 */
export const codegenCodes = {
  "api-version-unsupported": {
    why: "The CRD is not of apiextensions.k8s.io/v1, which alone is read.",
    fix: "convert the CRD to apiextensions.k8s.io/v1, the one version that Kubernetes has served since 1.22, or take a newer release of it",
  },
  "config-malformed": {
    why: "A setting of crd-codegen.yaml is not one that there is, or not of its form.",
    fix: "write the setting as the README of the generator lists it, or take it out",
  },
  "crd-conflict": {
    why: "A CRD is given twice, and the two differ.",
    fix: "name the file that is meant, and leave the other out",
  },
  "crd-malformed": {
    why: "A field of the CRD beside its schemas is missing, or not what an API server takes. The API server would refuse the CRD, and no types would fit what a cluster serves.",
    fix: "correct the field as the message expects it",
  },
  "crd-missing": {
    why: "A file that is to hold CRDs holds none.",
    fix: "name a file with objects of the kind CustomResourceDefinition",
  },
  "crd-refused": {
    why: "The CRD has the form of one, and no API server takes what it says.",
    fix: "change what the message names, or take a newer release of the CRD",
  },
  "crd-too-large": {
    why: "A warning: client-side `kubectl apply` refuses a CRD of this size, and server-side apply takes it.",
    fix: "apply the CRD with kubectl apply --server-side, which keeps no copy of it in an annotation",
  },
  "field-unknown": {
    why: "The kind has no field at the path that is to be explained.",
    fix: "write a field that the message lists at that level",
  },
  "file-changed": {
    why: "A generated file was changed by hand, and would be overwritten.",
    fix: "take the change back, and change the CRD or the settings instead; or remove the file, and generate it anew",
  },
  "kind-ambiguous": {
    why: "Several groups have a kind that is called so.",
    fix: "name the group, too: PLURAL.GROUP",
  },
  "kind-unknown": {
    why: "The CRDs declare no such kind.",
    fix: "write a kind that the CRDs declare, or name with --crds the CRDs that declare it",
  },
  "nothing-validated": {
    why: "Nothing that was given is of a kind that the CRDs declare, so that nothing was looked at.",
    fix: "name with --crds the CRDs of these kinds; where there is no object, look whether the command before the pipe has failed",
  },
  "number-inexact": {
    why: "A default or an element of an enum is a whole number that JavaScript cannot hold. Types and validators would have another number than the cluster.",
    fix: "keep such numbers within 2^53, make the field a text, or leave the default to the controller",
  },
  "object-malformed": {
    why: "What is to be validated is not an object with an apiVersion and a kind.",
    fix: "state apiVersion and kind; a list of objects is given as several documents, or as a List",
  },
  "output-occupied": {
    why: "Where a package is to be written, there is something that was not generated. What was not generated is never overwritten.",
    fix: "name another folder with --output, or move away what is there",
  },
  "package-malformed": {
    why: "The package.json, or the record of the files that were generated, is not one.",
    fix: "restore the file from version control, or remove it with all that was generated, and make the package anew",
  },
  "package-missing": {
    why: "The folder holds no package that was made so.",
    fix: "name the folder of a package that was made, or make one: crd-codegen SOURCE… --output DIR",
  },
  "reference-broken": {
    why: "A reference of compact sources leads nowhere, or a definition holds itself.",
    fix: "correct the name in $ref, or put x-kubernetes-preserve-unknown-fields where the schema starts again",
  },
  "release-crd-missing": {
    why: "The release has a CRD that was not given, or may have it. A kind of the operator would be without types.",
    fix: "give the file of that CRD, too",
  },
  "release-crd-unexpected": {
    why: "A CRD was given that is none of the release's.",
    fix: "leave the file out, or name the CRD of the release that is meant",
  },
  "rule-costly": {
    why: "A rule of x-kubernetes-validations may take too long: by the limits of the schema, the API server reckons with more than it allows, and refuses the CRD.",
    fix: "state maxItems, maxProperties and maxLength for what the rule goes through, or ask less of it",
  },
  "rule-malformed": {
    why: "A rule of x-kubernetes-validations is not an expression of CEL, or does not fit the schema that it stands in. The API server would refuse the CRD.",
    fix: "correct the expression, and declare in the schema each field that it reads",
  },
  "rule-unread": {
    why: "A warning: validators do not understand a rule, and leave it to the API server.",
    fix: "try an object on a cluster: kubectl apply --dry-run=server",
  },
  "schema-keyword-malformed": {
    why: "A keyword of a schema does not have the value that it takes.",
    fix: "give the keyword the value that the message expects",
  },
  "schema-mismatch": {
    why: "An object is not what its CRD allows; the API server refuses it.",
    fix: "correct the field of the object that the message names",
  },
  "schema-not-structural": {
    why: "The schema is not structural, so that no API server takes the CRD.",
    fix: "state a type for each field, outside of allOf, anyOf, oneOf and not, and write references out",
  },
  "source-unreadable": {
    why: "A source or a file cannot be read, or nothing comes from it.",
    fix: "check the path, the URL or the network; pipe something in where - is named",
  },
  "value-not-json": {
    why: "A value of a file is none that JSON can hold, or holds itself.",
    fix: "write text, a finite number, true, false, null, a list or an object, and break an alias that leads back",
  },
  "version-not-served": {
    why: "The kind is not served in the version that is named.",
    fix: "write a version that the CRD serves, as the message lists them",
  },
  "yaml-malformed": {
    why: "The file is not YAML as `kubectl` reads it.",
    fix: "correct the line that the message names",
  },
  "yaml-too-deep": {
    why: "The file nests deeper than any CRD does.",
    fix: "check that the file is a CRD; one that was nested into itself has to be made anew",
  },
} as const;

/** What may be wrong, or is to be known, of what the generator was given. */
export type CodegenCode = ExplainedCodes<typeof codegenCodes>;
