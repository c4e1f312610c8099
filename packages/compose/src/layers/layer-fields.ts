import { wrongType } from "../problems/field-problems.ts";
import {
  anyList,
  anyValue,
  fieldsProblems,
  listOfChecks,
  plainData,
  textCheck,
  type Check,
} from "../problems/field-checks.ts";
import { malformedNamespace } from "../problems/malformed.ts";
import { lostValue, lostValueIn } from "../problems/lost-values.ts";
import { mistaken } from "../problems/mistaken.ts";
import { isResource } from "../kubernetes/object.ts";
import { knownVersions } from "../kubernetes/known-versions.ts";
import type { Component, Layer } from "./overlay.ts";
import { transforms } from "../transforms/transforms.ts";
import { contentOfCall } from "../problems/places.ts";
import { isObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";

const namespaceCheck: Check = (value) => {
  const malformed = malformedNamespace(value);
  return malformed ? [malformed] : [];
};

/** Part of a name: letters, digits, dots and dashes; RBAC names may have colons. */
const affix: Check = (value, path) => {
  const lost = lostValueIn(value);
  if (lost !== undefined) return [{ path, ...lostValue(String(value), lost) }];
  return typeof value === "string" && /^[-.:A-Za-z0-9]{1,253}$/.test(value)
    ? []
    : [
        {
          code: "name-affix-malformed",
          what: `${JSON.stringify(value)} is not part of a name`,
          path,
          expected: "letters, digits, dots and dashes, at least one",
          fix: "give such a text, or leave the field out",
        },
      ];
};

/** An element that is what a function of ours gives, or an object of Kubernetes. */
const madeBy =
  (isOne: (value: unknown) => boolean, name: string, expected: string, fix: string): Check =>
  (value, path) => {
    if (isOne(value)) return [];
    const slip = mistaken(value);
    const what = `got ${slip.what}, not ${name}`;
    return [{ code: "layer-content-unexpected", what, path, expected, fix: slip.fix ?? fix }];
  };

const isGenerator = (value: unknown): boolean => isObject(value) && typeof value["add"] === "function";

/** A CustomResourceDefinition: an external one is looked into when it is read. */
const definition: Check = (value, path) => {
  const problems = madeBy(
    isResource,
    "a CustomResourceDefinition",
    "an object with apiVersion, kind and metadata.name, or external(…) for one in a file",
    "give the object itself",
  )(value, path);
  const isFile = isObject(value) && value["source"] instanceof URL;
  return problems.length > 0 || isFile ? problems : plainData(anyValue)(value, path);
};

/** The fields of what `base`, `overlay` and `component` are given. */
const content: Readonly<Record<string, Check>> = {
  resources: anyList,
  generators: listOfChecks(
    madeBy(
      isGenerator,
      "a generator",
      "configMapGenerator({ … }) or secretGenerator({ … })",
      "put it into one of them; they are in @atlas/compose/generators",
    ),
  ),
  components: anyList,
  patches: anyList,
  crds: listOfChecks(definition),
  namespace: plainData(namespaceCheck),
  namePrefix: plainData(affix),
  nameSuffix: plainData(affix),
  ...Object.fromEntries(transforms.map(({ field, check }) => [field, plainData(check)])),
};

/** A version of Kubernetes whose API is known. */
const versionCheck: Check = (value, path) =>
  knownVersions.some((known) => known === value)
    ? []
    : [
        {
          code: "kubernetes-version-unknown",
          what: `${JSON.stringify(value)} is not a version of Kubernetes that is known`,
          path,
          expected: `one of: ${knownVersions.join(", ")}`,
          fix: didYouMean(
            minorVersionIn(value),
            knownVersions,
            "state the cluster's version without its patch, as text",
          ),
        },
      ];

/** What a version with a `v` before it or a patch behind it means. */
const minorVersionIn = (value: unknown): string => {
  const text = String(value);
  return /^v?(\d+\.\d+)(?!\d)/.exec(text)?.[1] ?? text;
};

const layerFields: Readonly<Record<"layer" | "component", Readonly<Record<string, Check>>>> = {
  layer: { ...content, cluster: textCheck, kubernetesVersion: versionCheck },
  component: content,
};

/** What a layer has besides what its maker was given: of one that a spread has copied, the call is not known. */
const madeFields = new Set(["type", "below", "beside"]);

/** What other tools call something that a layer may say. */
const otherFieldNames: Readonly<Record<string, string>> = {
  bases: "base",
  commonAnnotations: "annotations",
  commonLabels: "labels: [{ pairs: { … }, selectors: true }]",
  configMapGenerator: "generators: [configMapGenerator({ … })]",
  patchesJson6902: "patches: [jsonPatch(target, [ … ])]",
  patchesStrategicMerge: "patches: [patch(target, { … })]",
  remove: "patches: [patch(target, null)]",
  secretGenerator: "generators: [secretGenerator({ … })]",
};

/**
 * What is wrong with the fields of a layer or a component themselves: one that there is not, one that is undefined (such
 * as a variable of the environment that is not set), and a value of another type. What is in the resources and patches is
 * looked at when they are applied.
 */
export function layerProblems(layer: Layer | Component): readonly Problem[] {
  const given = contentOfCall(layer) ?? layer;
  const fields = layerFields[layer.type];
  if (!isObject(given)) return [wrongType("", "an object", given)];
  // The base is looked at where the layers are put on each other.
  const own = Object.entries(given).filter(([name]) =>
    contentOfCall(layer) ? name !== "base" : !madeFields.has(name),
  );
  return fieldsProblems(Object.fromEntries(own), fields, "", otherFieldNames);
}
