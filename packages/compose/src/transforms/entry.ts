import { identity, type Identity, type Resource } from "../kubernetes/object.ts";
import type { Stated } from "../problems/stated.ts";

/** An object on its way through the layers, and the object that a layer declared. */
export interface Entry<R extends Resource = Resource> {
  readonly origin: Resource;
  /** Where it is declared. */
  readonly stated: Stated;
  object: R;
  /** What it was called before layers gave it another name or namespace, from the first to the last. */
  former?: readonly Pick<Identity, "name" | "namespace">[];
  /** Of several bases that a layer stands on, the one that it comes from, and the layers below that. */
  within?: ReadonlySet<object>;
  /** Whether it is named by its content, when everything else is done. */
  isNamedByContent?: boolean;
}

/** Whether an entry is, was or was declared as the object that is wanted; without a namespace, the one of any. */
export function isEntryMeant(entry: Entry, wanted: Identity): boolean {
  return identitiesOf(entry).some((own) => isSame(own, wanted));
}

/** Whether an object has a name, or had it before layers gave it another. */
export const isNamed = ({ object, former = [] }: Entry, name: string): boolean =>
  object.metadata.name === name || former.some((before) => before.name === name);

/** Whether an object is the one that is wanted; without a namespace, the one of any. */
export const isSame = (own: Identity, wanted: Identity): boolean =>
  keyOf(own) === keyOf(wanted) && (wanted.namespace === undefined || own.namespace === wanted.namespace);

/** What an object is, what it was, and as what it was declared. */
export function identitiesOf({ origin, object, former = [] }: Entry): Identity[] {
  const { namespace: _namespace, ...now } = identity(object);
  const before = former.map(({ name, namespace }) => ({
    ...now,
    name,
    ...(namespace !== undefined && { namespace }),
  }));
  return [identity(origin), ...before, identity(object)];
}

/** What two objects that differ in their namespace alone have in common. */
export const keyOf = ({ group, kind, name }: Identity): string => JSON.stringify([group, kind, name]);
