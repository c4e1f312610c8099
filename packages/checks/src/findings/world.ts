import { groupOf, namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { podOf, type Pod } from "../objects/pod.ts";

/** What is checked: objects that are meant for one cluster, and what is asked of them again and again. */
export interface World {
  readonly objects: readonly KubernetesObject[];
  /** The pods, and those that workloads make. */
  readonly pods: readonly Pod[];
  /** Facts that a caller knows. */
  readonly knowledge: Knowledge;
  /** The objects of a kind, in whatever version of its group. */
  readonly of: (group: string, kind: string) => readonly KubernetesObject[];
  readonly podsIn: (namespace: string) => readonly Pod[];
  readonly namespace: (name: string) => KubernetesObject | undefined;
}

/** What one release of the operator brings; it holds until a later one says otherwise. */
export interface ReleaseFacts {
  readonly from: string;
  readonly flags?: readonly string[];
  readonly variables?: readonly string[];
  readonly gone?: readonly string[];
  /** Plurals of kinds. */
  readonly kinds?: readonly string[];
  /** Fields, each behind the plural of its kind: `atlasschemas.spec.devDB`. */
  readonly fields?: readonly string[];
  /** Fields of a status, likewise: `atlasschemas.status.observedGeneration`. */
  readonly status?: readonly string[];
}

/** An image of which somebody knows version and digest. */
export interface KnownImage {
  readonly repository: string;
  readonly version: string;
  readonly digest: string;
}

/** What is wrong in a custom object. */
export interface CustomIssue {
  readonly path: string;
  readonly message: string;
  readonly expected?: string;
  /** How it is fixed, where that is known better than what was expected. */
  readonly fix?: string;
}

/** What is known beside the objects, by whoever has the tables of it. */
export interface Knowledge {
  /** The operator's releases, as `@atlas/manifests/releases` has them; without them, flags, variables, kinds and fields are not looked at. */
  readonly releases?: readonly ReleaseFacts[];
  /** The last that the table was made for: of one that is later, nobody knows what else it has. */
  readonly lastRelease?: string;
  /** Images by version and digest, as `releaseImages` of `@atlas/manifests/releases`: none may have the one with another of the other. */
  readonly images?: readonly KnownImage[];
  /** What is wrong with a label selector, as `selectorProblem` of `@atlas/manifests/manager` says it; undefined for a right one. */
  readonly selectorProblem?: (text: string) => string | undefined;
  /** Namespaces that the objects were moved out of, as an overlay moves those of its base. */
  readonly formerNamespaces?: readonly string[];
  /** What else is applied to the cluster, by its name, as another environment: it is asked, and nothing is said of it. */
  readonly beside?: readonly { readonly name: string; readonly objects: readonly KubernetesObject[] }[];
  /** What is wrong with the sum of a migration directory, as `migrationSumProblems` of `@atlas/crd-types/migrations` says it. */
  readonly migrationSumProblems?: (files: Readonly<Record<string, string>>) => readonly string[];
  /** What a validator of custom objects says, as those of `@atlas/crd-types/validators`. */
  readonly validate?: (object: KubernetesObject) => readonly CustomIssue[];
}

/** The world that objects are. */
export function worldOf(objects: readonly KubernetesObject[], knowledge: Knowledge = {}): World {
  const kinds = Map.groupBy(objects, (object) => `${groupOf(object)}/${object.kind}`);
  const pods = objects.flatMap((object) => podOf(object) ?? []);
  const namespaces = Map.groupBy(pods, ({ namespace }) => namespace);
  const of = (group: string, kind: string): readonly KubernetesObject[] =>
    kinds.get(`${group}/${kind}`) ?? [];
  const named = new Map(of("", "Namespace").map((each) => [each.metadata.name, each]));
  return {
    objects,
    pods,
    knowledge,
    of,
    podsIn: (namespace) => namespaces.get(namespace) ?? [],
    namespace: (name) => named.get(name),
  };
}

/**
 * Whether an object may lie in another namespace than it seems to: it states none, and whoever applies it says which, as
 * `kubectl apply --namespace` does.
 */
export const isAnywhere = ({ metadata }: KubernetesObject): boolean => !metadata.namespace;

/** The object of a kind with this name; where it lies in a namespace, that one. */
export const findObject = (
  world: World,
  group: string,
  kind: string,
  name: string,
  namespace?: string,
): KubernetesObject | undefined =>
  world
    .of(group, kind)
    .find(
      (each) => each.metadata.name === name && (namespace === undefined || namespaceOf(each) === namespace),
    );
