import { admitted, printedPath } from "@atlas/checks";
import { displayName, isExternal, type KubernetesObject, type Layer, type Resource } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import { hiddenFields, hiddenValue } from "../../../read/secret.ts";
import { readExternal } from "../../../read/external.ts";
import { rowOf } from "../../../rendering/environment-row.ts";
import type { Rendering } from "../../../rendering/rendering.ts";
import { findingsOfSubject, type PlacedFinding } from "../../check/checked.ts";
import { subjectOf } from "../../check/environment-subjects.ts";
import { answerOf, type PlaceOf } from "./answer.ts";
import { connectionsOf } from "./connections.ts";
import { podSpecOf } from "./parties.ts";
import { permissionsOf } from "./permissions.ts";
import { placesIn } from "./places.ts";
import type { AdmissionFacts, EnvironmentFacts, FindingFacts, ObjectFacts } from "./report-facts.ts";

/** The objects of an environment as they are shown: those that lie in files are read, and what is secret is left out. */
export const shownObjects = (objects: readonly Resource[]): readonly KubernetesObject[] =>
  objects.map((object) => withoutSecrets(isExternal(object) ? readExternal(object.source) : object));

/** What the page says of an environment. */
export function environmentFacts(
  layer: Layer,
  rendering: Rendering,
  objects: readonly KubernetesObject[],
): EnvironmentFacts {
  const placeOf = placesIn(layer, rendering);
  return {
    row: rowOf(rendering),
    objects: objects.map((object) => objectFacts(object, placeOf)),
    connections: connectionsOf(objects, placeOf),
    permissions: permissionsOf(objects, placeOf),
    admissions: admissionsOf(objects, placeOf),
    findings: findingsOfSubject(subjectOf(rendering, layer)).map(findingFacts),
  };
}

const findingFacts = ({
  code,
  severity,
  object,
  path,
  what,
  fix,
  file,
  line,
}: PlacedFinding): FindingFacts => ({
  code,
  severity,
  object: `${object.kind}/${object.name}`,
  path: printedPath(path),
  what,
  fix,
  place: file === undefined ? undefined : `${file}:${line}`,
});

function objectFacts(object: KubernetesObject, placeOf: PlaceOf): ObjectFacts {
  const { kind, apiVersion, metadata } = object;
  return {
    kind,
    apiVersion,
    name: metadata.name,
    namespace: metadata.namespace,
    place: placeOf({ object, path: "kind", text: "" }),
    // A schema is thousands of lines, which nobody reads here.
    text: kind === "CustomResourceDefinition" ? undefined : toYaml(object),
  };
}

const admissionsOf = (objects: readonly KubernetesObject[], placeOf: PlaceOf): readonly AdmissionFacts[] =>
  objects
    .filter((object) => podSpecOf(object) !== undefined)
    .map((object) => {
      const own = object.metadata.namespace ?? "default";
      const namespace = objects.find(({ kind, metadata }) => kind === "Namespace" && metadata.name === own);
      const admission = admitted(object, namespace);
      return {
        workload: displayName(object),
        standard: `${admission.level}, ${admission.version}`,
        answer: answerOf(admission, placeOf),
      };
    });

/** A Secret with its keys alone: a page is sent around. */
function withoutSecrets(object: KubernetesObject): KubernetesObject {
  const hidden = hiddenFields(object).flatMap((field) => {
    const values = (object as unknown as Readonly<Record<string, unknown>>)[field];
    if (typeof values !== "object" || values === null) return [];
    return [[field, Object.fromEntries(Object.keys(values).map((key) => [key, hiddenValue]))]];
  });
  return { ...object, ...Object.fromEntries(hidden) };
}
