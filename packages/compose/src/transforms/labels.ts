import { identity, type KubernetesObject } from "../kubernetes/object.ts";
import { lostValue, lostValueIn } from "../problems/lost-values.ts";
import { isObject, setOwn, type PlainObject } from "../value/plain.ts";
import { holdsSomething, listOfChecks, withFields, type Check } from "../problems/field-checks.ts";
import { wrongType } from "../problems/field-problems.ts";
import type { Problem } from "../problems/problem.ts";
import { inElement, type Transform } from "./transform.ts";

/** Labels that a layer puts on all its objects. */
export interface LabelRecord {
  readonly pairs: Readonly<Record<string, string>>;
  /** Whether pod templates get them, too; with `all` volume claim templates as well, which a running workload refuses. */
  readonly templates?: boolean | "all";
  /**
   * Whether selectors get them, and with them the templates: those of workloads, and those that select pods of the
   * layer's objects. With `all` every selector gets them, as in Kustomize: a Service's that states none, too, and that of a
   * peer which nothing here runs. A selector of a running workload cannot be changed.
   */
  readonly selectors?: boolean | "all";
}

/**
 * Where a workload has templates, created where they are missing; with the group that the kind is of.
 *
 * Source: `commonAnnotations` and `templateLabels` of Kustomize 5.5.
 */
const templates: Readonly<Record<string, readonly string[]>> = {
  "/ReplicationController": ["spec/template"],
  "apps/Deployment": ["spec/template"],
  "apps/ReplicaSet": ["spec/template"],
  "apps/DaemonSet": ["spec/template"],
  "apps/StatefulSet": ["spec/template"],
  "batch/Job": ["spec/template"],
  "batch/CronJob": ["spec/jobTemplate", "spec/jobTemplate/spec/template"],
};

const podSpecPath = "spec/template/spec";
const affinities = ["podAffinity", "podAntiAffinity"].flatMap((kind) => [
  `${podSpecPath}/affinity/${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `${podSpecPath}/affinity/${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);
const podSelectors = [...affinities, `${podSpecPath}/topologySpreadConstraints/labelSelector/matchLabels`];

/** Selectors that are created where they are missing, and those that are only added to. Source: `commonLabels` there. */
const selectors: Readonly<Record<string, { created?: readonly string[]; others?: readonly string[] }>> = {
  "/Service": { created: ["spec/selector"] },
  "/ReplicationController": { created: ["spec/selector"] },
  "apps/Deployment": { created: ["spec/selector/matchLabels"], others: podSelectors },
  "apps/ReplicaSet": { created: ["spec/selector/matchLabels"] },
  "apps/DaemonSet": { created: ["spec/selector/matchLabels"] },
  "apps/StatefulSet": { created: ["spec/selector/matchLabels"], others: podSelectors },
  "batch/Job": { others: ["spec/selector/matchLabels"] },
  "batch/CronJob": { others: ["spec/jobTemplate/spec/selector/matchLabels"] },
  "policy/PodDisruptionBudget": { others: ["spec/selector/matchLabels"] },
  "networking.k8s.io/NetworkPolicy": {
    others: [
      "spec/podSelector/matchLabels",
      "spec/ingress/from/podSelector/matchLabels",
      "spec/egress/to/podSelector/matchLabels",
    ],
  },
};

const extent: Check = (value, path) =>
  typeof value === "boolean" || value === "all" ? [] : [wrongType(path, 'true, false or "all"', value)];

/** The field of a layer that says labels. */
export interface LabelContent {
  readonly labels: readonly LabelRecord[];
}

export const labelTransform: Transform<LabelContent> = {
  field: "labels",
  nothing: [],
  check: listOfChecks(withFields({ pairs: holdsSomething, templates: extent, selectors: extent })),
  saysSomething: ({ labels }) => labels.length > 0,
  apply: ({ labels }, { entries, open }) => applyLabels(entries.map(open), labels),
  origin: ({ labels }, { fields, after }) => {
    const name = fields.at(-1) ?? "";
    return inElement(
      labels.findLastIndex(({ pairs }) => pairs[name] === after),
      "pairs",
      name,
    );
  },
};

/** Sets labels on every object and, where a record says so, in templates and selectors. */
function applyLabels(objects: readonly KubernetesObject[], labels: readonly LabelRecord[]): Problem[] {
  const problems = labels.flatMap(({ pairs }, index) =>
    malformedPairs(pairs, `labels[${index}].pairs`, true),
  );
  if (problems.length > 0) return problems;
  const pods = labels.some(({ selectors: which }) => which === true) ? selectedPods(objects) : [];
  for (const object of objects) {
    for (const record of labels) {
      for (const place of placesOfLabels(object, record, pods)) assign(place, record.pairs);
    }
  }
  return clashes(labels);
}

const groupedKind = (object: KubernetesObject): string => {
  const { group, kind } = identity(object);
  return `${group}/${kind}`;
};

export const templatesOf = (object: KubernetesObject): readonly string[] =>
  Object.hasOwn(templates, groupedKind(object)) ? (templates[groupedKind(object)] ?? []) : [];

function placesOfLabels(
  object: KubernetesObject,
  { templates: inTemplates = false, selectors: inSelectors = false }: LabelRecord,
  pods: readonly PlainObject[],
): PlainObject[] {
  const key = groupedKind(object);
  const own = [""];
  if (inTemplates || inSelectors) own.push(...templatesOf(object));
  if (key === "apps/StatefulSet" && [inTemplates, inSelectors].includes("all"))
    own.push("spec/volumeClaimTemplates[]");
  const places = own.flatMap((path) => placesAt(object, `${path}/metadata/labels`, true));
  if (!inSelectors || !Object.hasOwn(selectors, key)) return places;
  const { created = [], others = [] } = selectors[key] ?? {};
  const isAll = inSelectors === "all";
  // The selector of a workload is always about its own pods; that of a Service may be missing on purpose.
  const isOwn = key !== "/Service";
  const chosen = [
    ...created.flatMap((path) => placesAt(object, path, isAll || isOwn).map((place) => ({ place, isOwn }))),
    ...others.flatMap((path) => placesAt(object, path, false).map((place) => ({ place, isOwn: false }))),
  ];
  const isMeant = ({ place, isOwn: isSure }: (typeof chosen)[number]): boolean =>
    isAll || isSure || pods.some((labels) => selectsLabels(place, labels));
  return [...places, ...chosen.filter(isMeant).map(({ place }) => place)];
}

/** The labels, as they are before any is set, of the pods that the objects run. */
function selectedPods(objects: readonly KubernetesObject[]): PlainObject[] {
  return objects.flatMap((object) => {
    const paths = groupedKind(object) === "/Pod" ? [""] : templatesOf(object);
    return paths
      .flatMap((path) => placesAt(object, `${path}/metadata/labels`, false))
      .map((pairs) => ({ ...pairs }));
  });
}

const selectsLabels = (selector: PlainObject, labels: PlainObject): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

/** The objects at a path, which leads through every element of a list; missing ones are created but for elements. */
export function placesAt(value: unknown, path: string, isCreated: boolean): PlainObject[] {
  let places: unknown[] = [value];
  for (const segment of path.split("/").filter(Boolean)) {
    const name = segment.replace("[]", "");
    places = places
      .flatMap((place) => (Array.isArray(place) ? (place as unknown[]) : [place]))
      .filter(isObject)
      .map((place) => {
        const isMissing = !Object.hasOwn(place, name) || place[name] === null;
        if (isMissing && isCreated && name === segment) place[name] = {};
        return place[name];
      });
  }
  return places.filter(isObject);
}

export function assign(place: PlainObject, pairs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(pairs)) setOwn(place, name, value);
}

const labelValueForm = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;
const qualifiedNameForm =
  /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

/** Why the API server would refuse names or values. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export function malformedPairs(pairs: unknown, path: string, isLabels: boolean): Problem[] {
  if (!isObject(pairs))
    return [
      {
        code: "type-mismatch",
        what: "got no pairs",
        path,
        expected: "an object of names and values",
        fix: "give an object",
      },
    ];
  return Object.entries(pairs).flatMap(([name, value]) => {
    const at = { path: `${path}[${JSON.stringify(name)}]`, fix: "quote or rename it" };
    if (!qualifiedNameForm.test(name))
      return [
        {
          ...at,
          code: "label-malformed",
          what: `${JSON.stringify(name)} is not a name`,
          expected: "[prefix/]name: letters, digits, - _ .",
        },
      ];
    const lost = lostValueIn(value);
    if (isLabels && typeof value === "string" && lost !== undefined)
      return [{ ...at, ...lostValue(value, lost) }];
    if (typeof value === "string" && (!isLabels || labelValueForm.test(value))) return [];
    const expected = isLabels ? "text of at most 63 letters, digits, - _ ." : "text";
    return [
      { ...at, code: "label-malformed", what: `got ${JSON.stringify(value) ?? typeof value}`, expected },
    ];
  });
}

function clashes(labels: readonly LabelRecord[]): Problem[] {
  const seen = new Map<string, string>();
  return labels.flatMap(({ pairs }) =>
    Object.entries(pairs).flatMap(([name, value]) => {
      const other = seen.get(name) ?? value;
      seen.set(name, value);
      if (other === value) return [];
      return [
        {
          code: "labels-conflict",
          what: `two label records of this layer set "${name}" to different values: ${other} and ${value}`,
          path: "labels",
          expected: "one value for each label",
          fix: "drop one of them",
        },
      ];
    }),
  );
}
