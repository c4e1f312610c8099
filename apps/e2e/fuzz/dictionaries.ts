const crdWords = [
  ..."apiVersion|apiextensions.k8s.io/v1|kind|CustomResourceDefinition|List|items|metadata|name|spec".split(
    "|",
  ),
  ..."group|names|plural|scope|Namespaced|versions|served|storage|schema|openAPIV3Schema|type|object".split(
    "|",
  ),
  ..."array|string|integer|number|boolean|properties|additionalProperties|required|enum|format|int64".split(
    "|",
  ),
  ..."pattern|minimum|maxLength|multipleOf|default|nullable|description|allOf|anyOf|oneOf|not|$ref|$defs".split(
    "|",
  ),
  ..."x-kubernetes-int-or-string|x-kubernetes-preserve-unknown-fields|x-kubernetes-validations|rule".split(
    "|",
  ),
  ..."x-kubernetes-embedded-resource|x-kubernetes-list-type|x-kubernetes-list-map-keys|message|self.a".split(
    "|",
  ),
  ..."true|false|__proto__|constructor|status|subresources|scale|secretKeyRef|optional|key".split("|"),
];

const kustomizeWords = [
  ..."resources|bases|components|patches|patchesStrategicMerge|patchesJson6902|namespace|labels".split("|"),
  ..."commonLabels|commonAnnotations|images|replicas|configMapGenerator|secretGenerator|target|path".split(
    "|",
  ),
  ..."patch|options|literals|files|envs|generatorOptions|disableNameSuffixHash|newTag|newName|digest".split(
    "|",
  ),
  ..."pairs|includeSelectors|includeTemplates|kind|Component|Deployment|ConfigMap|name|count|op|replace".split(
    "|",
  ),
  ..."add|remove|test|value|$patch: delete|$patch: replace|crds|openapi|annotationSelector|labelSelector".split(
    "|",
  ),
  ..."apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n|__proto__|constructor|fields|behavior|merge".split(
    "|",
  ),
];
const kustomizeFiles = [
  "kustomization.yaml",
  "base/kustomization.yaml",
  "component/kustomization.yml",
  "deployment.yaml",
  "others.yaml",
  "patch.yaml",
  "values.env",
  "base/deployment.yaml",
  "base/others.yaml",
  "component/patch.yaml",
];

/** What an input of a target may hold, for the fuzzer to put there. Where a grammar makes the input, it has the words. */
export const dictionaries: Readonly<Record<string, readonly string[]>> = {
  yaml: [
    ..."? |: |- |, |[|]|{|}|---\n|...\n|# |&a |*a|<<: |!!str |!a |%YAML 1.1\n|%TAG ! x\n|>+2\n| |-\n|'|\"|\\x".split(
      "|",
    ),
    ..."0o7|0x1F|0b1_1|-0777|1_000|.inf|-.nan|1e999|~|null|true|yes|2024-01-01|__proto__|\ufeff|\r\n|\t".split(
      "|",
    ),
    "|\n ",
    "[".repeat(64),
    "- ".repeat(64),
  ],
  arguments: [
    ..."render|list|explain|new|upgrade|gitops|import-kustomize|init|dev|Deployment/shop|spec.replicas|spec.".split(
      "|",
    ),
    ..."--output|--format|--validate|--check|--environments|--from|--namespace|--replicas|--version".split(
      "|",
    ),
    ..."--digest|--crds|--help|--|-h|-|=|=json|text|yaml|.metadata.labels|[0]|[name=a]|\n".split("|"),
    ..."__proto__|constructor|toString|metadata.annotations|explain\ndev\nDeployment/shop\n".split("|"),
  ],
  "crd-text": [...crdWords.flatMap((word) => [word, `${word}: `]), "\n====\n"],
  "kustomize-text": [
    ...kustomizeWords.flatMap((word) => [word, `\n${word}:\n- `]),
    ...kustomizeFiles.flatMap((name) => [name, `\n-- ${name} --\n`]),
  ],
};

/** A dictionary as a file: https://llvm.org/docs/LibFuzzer.html#dictionaries */
export const dictionaryFile = (target: string): string => (dictionaries[target] ?? []).map(lineOf).join("");

function lineOf(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`);
  return `"${bytes.join("")}"\n`;
}
