import type { KubernetesObject } from "@atlas/compose";
import type { CheckOptions } from "@atlas/checks";
import type { Place } from "@atlas/compose/places";

/** Objects that are checked together, as they are meant for one cluster. */
export interface Subject {
  /** The environment, or the file. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** Whether composing has refused what it refuses: objects of one identity, kinds that there are not. */
  readonly isComposed: boolean;
  /** Namespaces that its objects were moved out of; left out where nothing says. */
  readonly formerNamespaces?: readonly string[];
  /** The version of Kubernetes that they are for; left out where nothing says. */
  readonly kubernetesVersion?: string;
  /** The clusters that it is applied to, by name, as far as it says. */
  readonly clusters?: ReadonlySet<string>;
  readonly ignored: NonNullable<CheckOptions["ignored"]>;
  /** Where values at paths of objects were written, in their order; undefined where nothing tells. */
  readonly placesOf: (values: readonly ValueAt[]) => readonly (Place | undefined)[];
}

/** A value of an object, or the lack of one. */
export interface ValueAt {
  readonly object: KubernetesObject;
  readonly path: readonly (string | number)[];
}
