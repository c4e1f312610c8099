/**
 * Every code that a problem of the generator has, with what there is to know of it. The list is closed: a code keeps its
 * meaning once it is published.
 *
 * @example
 * codegenCodes["crd-conflict"]; // "A CRD is given twice, and the two differ."
 */
export const codegenCodes = {
  "api-version-unsupported": "The CRD is not of apiextensions.k8s.io/v1, which alone is read.",
  "config-malformed": "A setting of crd-codegen.yaml is not one that there is, or not of its form.",
  "crd-conflict": "A CRD is given twice, and the two differ.",
  "crd-malformed": "A field of the CRD beside its schemas is missing, or not what an API server takes.",
  "crd-missing": "A file that is to hold CRDs holds none.",
  "crd-refused": "The CRD has the form of one, and no API server takes what it says.",
  "crd-too-large":
    "A warning: client-side `kubectl apply` refuses a CRD of this size, and server-side apply takes it.",
  "field-unknown": "The kind has no field at the path that is to be explained.",
  "file-changed": "A generated file was changed by hand, and would be overwritten.",
  "kind-ambiguous": "Several groups have a kind that is called so.",
  "kind-unknown": "The CRDs declare no such kind.",
  "nothing-validated":
    "Nothing that was given is of a kind that the CRDs declare, so that nothing was looked at.",
  "number-inexact": "A default or an element of an enum is a whole number that JavaScript cannot hold.",
  "object-malformed": "What is to be validated is not an object with an apiVersion and a kind.",
  "output-occupied": "Where a package is to be written, there is something that was not generated.",
  "package-malformed": "The package.json, or the record of the files that were generated, is not one.",
  "package-missing": "The folder holds no package that was made so.",
  "reference-broken": "A reference of compact sources leads nowhere, or a definition holds itself.",
  "release-crd-missing": "The release has a CRD that was not given, or may have it.",
  "release-crd-unexpected": "A CRD was given that is none of the release's.",
  "rule-malformed":
    "A rule of x-kubernetes-validations is not an expression of CEL, or reads a field that the schema does not have.",
  "rule-unread": "A warning: validators do not understand a rule, and leave it to the API server.",
  "schema-keyword-malformed": "A keyword of a schema does not have the value that it takes.",
  "schema-mismatch": "An object is not what its CRD allows; the API server refuses it.",
  "schema-not-structural": "The schema is not structural, so that no API server takes the CRD.",
  "source-unreadable": "A source or a file cannot be read, or nothing comes from it.",
  "value-not-json": "A value of a file is none that JSON can hold, or holds itself.",
  "version-not-served": "The kind is not served in the version that is named.",
  "yaml-malformed": "The file is not YAML as `kubectl` reads it.",
  "yaml-too-deep": "The file nests deeper than any CRD does.",
} as const;

/** What may be wrong, or is to be known, of what the generator was given. */
export type CodegenCode = keyof typeof codegenCodes;
