import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { ReleaseFacts, World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textAt } from "../../../objects/node.ts";
import { comesBefore, operatorsIn, type Operator } from "../../operator.ts";

export const crdOfAnotherRelease: Rule = {
  code: "crd-of-another-release",
  severity: "warning",
  why: "The API server drops what a CustomResourceDefinition does not have, of objects and of the status that the operator writes; and what it has beyond the operator's release, nobody acts on.",
  fix: "apply the CustomResourceDefinitions of the release that runs: take both from one release, as `atlas-render upgrade` does, or leave them to the environment that has the newest operator of the cluster",
  link: "https://github.com/ariga/atlas-operator/tree/master/config/crd/bases",
  find: (world) => {
    const definitions = operatorDefinitions(world);
    return definitions.size === 0
      ? []
      : operatorsIn(world).flatMap((each) => foreignDefinitions(world, each, definitions));
  },
};

/** The definitions of the operator's kinds, by plural. */
const operatorDefinitions = (world: World): ReadonlyMap<string, KubernetesObject> =>
  new Map(
    world
      .of("apiextensions.k8s.io", "CustomResourceDefinition")
      .filter((each) => at(nodeOf(each), "spec", "group").value === "db.atlasgo.io")
      .map((each) => [textAt(at(nodeOf(each), "spec", "names", "plural")) ?? "", each]),
  );

function foreignDefinitions(
  world: World,
  { version, container }: Operator,
  definitions: ReadonlyMap<string, KubernetesObject>,
): readonly Found[] {
  if (version === undefined) return [];
  const { releases = [] } = world.knowledge;
  const lacking: string[] = [];
  const beyond: string[] = [];
  for (const release of releases) {
    const isLater = comesBefore(version, release.from);
    const stated = namesOfRelease(release);
    (isLater ? beyond : lacking).push(...stated.filter((name) => isHeld(name, definitions) === isLater));
  }
  const node = at(container, "image");
  return [
    ...(lacking.length === 0
      ? []
      : [
          found(
            node,
            `the CustomResourceDefinitions are of an earlier release than ${version}: they lack ${sortedList(lacking)}`,
          ),
        ]),
    ...(beyond.length === 0
      ? []
      : [
          found(
            node,
            `the CustomResourceDefinitions are of a later release than ${version}, which does not know ${sortedList(beyond)}`,
          ),
        ]),
  ];
}

const sortedList = (names: readonly string[]): string => names.toSorted().join(", ");

const namesOfRelease = ({ kinds = [], fields = [], status = [] }: ReleaseFacts): readonly string[] => [
  ...kinds,
  ...fields,
  ...status,
];

/**
 * Whether a kind, or a field behind the plural of one, is in the definitions; undefined for a field of a kind that is not.
 */
function isHeld(name: string, definitions: ReadonlyMap<string, KubernetesObject>): boolean | undefined {
  const [plural = "", ...path] = name.split(".");
  const definition = definitions.get(plural);
  if (path.length === 0 || definition === undefined)
    return path.length === 0 ? definition !== undefined : undefined;
  const schemas = elements(at(nodeOf(definition), "spec", "versions")).map((version) =>
    at(version, "schema", "openAPIV3Schema"),
  );
  return schemas.some((schema) => isThere(at(schema, ...path.flatMap((step) => ["properties", step]))));
}
