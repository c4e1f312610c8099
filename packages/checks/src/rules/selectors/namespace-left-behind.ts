import { isOfClusters } from "../../assumptions/namespaces.ts";
import { found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { nameLabel } from "../../network/endpoint.ts";
import { namespaceMentions } from "../../objects/namespace-mention.ts";
import { at, nodeOf, textAt, type Node } from "../../objects/node.ts";

export const namespaceLeftBehind: Rule = {
  code: "namespace-left-behind",
  severity: "warning",
  why: "What moves objects into another namespace changes the fields that say where they lie, and not the labels, selectors and hosts that name a namespace: these go on meaning the one that they were moved out of.",
  fix: "patch it to name the namespace that is meant, or say why it is the other one as the reason to ignore this",
  link: "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name",
  find: (world) =>
    [...formerNamespaces(world)].flatMap(([former, now]) =>
      world.objects.flatMap((object) =>
        namespaceMentions(object, former)
          .filter((node) => object.kind !== "Namespace" || isNameLabel(node))
          .map((node) => found(node, whatOf(former, now))),
      ),
    ),
};

const whatOf = (former: string, now: string | undefined): string =>
  `it names the namespace ${former}, of which nothing is here${now === undefined ? "" : `: its objects are in ${now}`}`;

const nameLabels = ["name", nameLabel];
const isNameLabel = ({ object, path }: Node): boolean =>
  nameLabels.some((label) => at(nodeOf(object), "metadata", "labels", label).path === path);

/** Namespaces that objects were moved out of, none of which is left there, with where they are. */
function formerNamespaces(world: World): ReadonlyMap<string, string | undefined> {
  const former = new Map<string, string | undefined>(
    // Those that every cluster has are named for what else is in them.
    (world.knowledge.formerNamespaces ?? [])
      .filter((name) => !isOfClusters(name))
      .map((name) => [name, undefined]),
  );
  for (const { value, now } of staleLabels(world)) former.set(value, now);
  for (const { metadata, kind } of world.objects)
    former.delete(kind === "Namespace" ? metadata.name : (metadata.namespace ?? ""));
  return former;
}

/**
 * Names that labels say of a Namespace of another name. The API server puts its own label right, and the other one is a
 * custom: it tells of a move where something else names that namespace, too.
 */
const staleLabels = (world: World): readonly { readonly value: string; readonly now: string }[] =>
  world.of("", "Namespace").flatMap((object) =>
    nameLabels.flatMap((label) => {
      const value = textAt(at(nodeOf(object), "metadata", "labels", label)) ?? "";
      const now = object.metadata.name;
      if (value === "" || value === now) return [];
      return label === nameLabel || isNamedBeside(world, value) ? [{ value, now }] : [];
    }),
  );

const isNamedBeside = (world: World, name: string): boolean =>
  world.objects.some((object) => object.kind !== "Namespace" && namespaceMentions(object, name).length > 0);
