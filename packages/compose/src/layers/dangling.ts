import { bindingsAmong, isOfKind, type Binding } from "../transforms/bindings.ts";
import type { Work } from "./content.ts";
import type { CustomKinds } from "../kubernetes/crd.ts";
import { displayName, identity, isExternal, type KubernetesObject } from "../kubernetes/object.ts";
import type { Problem } from "../problems/problem.ts";
import { namedPlaces, placeOfStated } from "../problems/stated.ts";
import { statedPatch } from "./patch-places.ts";
import { isMisspelt } from "../problems/misspelt.ts";
import { pathOf, fieldsText } from "../transforms/references.ts";
import type { Entry } from "../transforms/entry.ts";

/**
 * References to what is not there, where one of the objects is most likely meant: it has the name in another namespace, or
 * a name that is misspelt. What nobody could have meant is in the cluster already, or comes from elsewhere.
 *
 * A reference to what a patch has removed is a problem, too, unless the removal is an override, which says that the object
 * comes from elsewhere.
 */
export function danglingReferences(
  { entries, removed, bindings: known }: Work,
  customKinds: CustomKinds,
): Problem[] {
  const closed = entries.filter((entry): entry is Entry<KubernetesObject> => !isExternal(entry.object));
  // What the last layer has found is still so: nothing but labels, annotations, counts and images has changed since.
  const bindings = known ?? bindingsAmong(closed, "all", { customKinds });
  return bindings.flatMap((binding) =>
    binding.meant.length > 0 || needsNothing(binding) || isElseFound(binding, bindings)
      ? []
      : (removedReference(binding, removed) ?? problemOf(binding, closed)),
  );
}

/** Whether a name, which in the rule of a role may mean objects of several kinds, means one of another kind. */
function isElseFound({ reference: { holder, field } }: Binding, bindings: readonly Binding[]): boolean {
  if (!Array.isArray(holder)) return false;
  const isSame = ({ reference }: Binding): boolean =>
    reference.holder === holder && reference.field === field;
  return bindings.some((binding) => isSame(binding) && binding.meant.length > 0);
}

/** Whether a reference is right although nothing here has the name: what it names may be missing, or is in every cluster. */
function needsNothing({ reference: { kind, holder, field } }: Binding): boolean {
  const { optional, [field]: name } = holder as Record<string, unknown>;
  if (optional === true) return true;
  if (kind === "ServiceAccount") return name === "default";
  return kind === "ClusterRole" && (builtInRoles.has(String(name)) || String(name).startsWith("system:"));
}

const builtInRoles = new Set(["view", "edit", "admin", "cluster-admin"]);

/** A reference to an object that a patch of this layer or one below has removed. */
function removedReference({ reference, referrer }: Binding, removed: Work["removed"]): Problem[] | undefined {
  const name = (reference.holder as Record<string, unknown>)[reference.field];
  const found = removed.find(({ entry, statement: { by, index = 0 } }) => {
    const patch = by.patches[index];
    const names = [entry.object, ...(entry.former ?? [])].map((each) =>
      "metadata" in each ? each.metadata.name : each.name,
    );
    return (
      patch?.body === null &&
      !patch.override &&
      isOfKind(reference, entry.object) &&
      names.includes(String(name))
    );
  });
  if (!found) return undefined;
  const { entry, statement } = found;
  const patch = statement.by.patches[statement.index ?? 0];
  const path = pathOf(reference, referrer.object);
  return [
    {
      code: "reference-to-removed",
      what: `${displayName(entry.object)} is removed, and this still names it`,
      object: displayName(referrer.object),
      path: fieldsText(path),
      expected: "an object that is there",
      fix: "change what names it, too, or say that it comes from elsewhere: patch(object, null, { override: true })",
      places: [
        ...namedPlaces("object", placeOfStated(referrer.stated, path)),
        ...(patch ? namedPlaces("patch", placeOfStated(statedPatch(patch, statement.by))) : []),
      ],
    },
  ];
}

function problemOf({ reference, referrer }: Binding, candidates: readonly Entry[]): Problem[] {
  const { holder, field, space } = reference;
  const name = String((holder as Record<string, unknown>)[field]);
  const stated = space?.holder[space.field];
  const spaceOf = candidates.find(({ object }) => {
    const own = identity(object);
    return isOfKind(reference, object) && own.name === name && isMisspeltSpace(stated, own.namespace);
  });
  if (spaceOf && space) return [misspeltSpace({ reference, referrer, meant: [] }, space, spaceOf)];
  const near = candidates.find(({ object, former = [], isNamedByContent }) => {
    const own = identity(object);
    if (!isOfKind(reference, object)) return false;
    if (typeof stated === "string" && stated !== (own.namespace ?? "default")) return false;
    const names = [own.name, ...former.map((each) => each.name)];
    // Nothing outside can have the name of a generated object; another may have a namesake in each namespace.
    return names.some((each) => (each === name ? isNamedByContent : isMisspelt(name, each)));
  });
  if (!near) return [];
  const { kind } = near.object;
  const path = pathOf(reference, referrer.object);
  const [own, at] = [identity(near.object), identity(referrer.object).namespace];
  const called = near.isNamedByContent ? (near.former?.at(-1)?.name ?? own.name) : own.name;
  // A layer above may give both the namespace in which the one finds the other.
  if (own.namespace === undefined && called === name) return [];
  const isElsewhere = own.namespace !== undefined && own.namespace !== at && called === name;
  return [
    {
      code: "reference-misspelt",
      what: `the ${kind} "${name}" is not there`,
      object: displayName(referrer.object),
      path: fieldsText(path),
      expected: isElsewhere
        ? `a ${kind} of the namespace "${at ?? "default"}"; ${displayName(near.object)} stands in "${own.namespace}"`
        : `the name of a ${kind} of the layer, or one that is nothing like them`,
      fix: isElsewhere ? "move one of the two" : `did you mean "${called}"?`,
      places: [
        ...namedPlaces("object", placeOfStated(referrer.stated, path)),
        ...namedPlaces("near", placeOfStated(near.stated)),
      ],
    },
  ];
}

const isMisspeltSpace = (stated: unknown, own: string | undefined): boolean =>
  typeof stated === "string" && own !== undefined && isMisspelt(stated, own);

/** A reference whose name is right, and whose namespace is that of its object with a slip of the finger in it. */
function misspeltSpace(
  { reference, referrer }: Binding,
  { holder, field }: NonNullable<Binding["reference"]["space"]>,
  near: Entry,
): Problem {
  const { kind, name, namespace = "" } = identity(near.object);
  const path = pathOf({ ...reference, holder, field }, referrer.object);
  return {
    code: "reference-misspelt",
    what: `the ${kind} "${name}" is not there in the namespace ${JSON.stringify(holder[field])}`,
    object: displayName(referrer.object),
    path: fieldsText(path),
    expected: `the namespace of a ${kind} of the layer, or one that is nothing like it`,
    fix: `did you mean "${namespace}"?`,
    places: [
      ...namedPlaces("object", placeOfStated(referrer.stated, path)),
      ...namedPlaces("near", placeOfStated(near.stated)),
    ],
  };
}
