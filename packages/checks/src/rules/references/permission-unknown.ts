import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { distanceOf, misspelt, nearestName } from "../../objects/near.ts";
import { at, elements, isThere, nodeOf, textAt, textsAt, type Node } from "../../objects/node.ts";
import { pluralOf } from "../../rbac/resources.ts";
import { rbacGroup } from "../../rbac/roles.ts";
import { rulesOf } from "../../rbac/rule.ts";
import { ownResources, ownVerbs, pathVerbs, subresourcesOf } from "../../rbac/served.ts";

export const permissionUnknown: Rule = {
  code: "permission-unknown",
  severity: "error",
  why: "The API server takes any verb, group and resource in a role: one that there is not allows nothing, and nothing says so.",
  fix: "correct the word",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources",
  find: (world) =>
    ["Role", "ClusterRole"]
      .flatMap((kind) => world.of(rbacGroup, kind))
      .flatMap((role) => rulesOf(nodeOf(role)))
      .flatMap((rule) => unknownPermissions(world, rule)),
};

const declared = new WeakMap<World, Names>();

/** What a rule of a role names and there is not. */
export function unknownPermissions(world: World, rule: Node): readonly Found[] {
  const custom = declared.get(world) ?? customResources(world);
  declared.set(world, custom);
  const groups = groupsOf(rule, custom);
  return [...groups.unknown, ...unknownResources(rule, groups, custom), ...ofVerbs(rule, groups)];
}

/** Names of resources, by their group. */
type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** What CustomResourceDefinitions among the objects declare. */
function customResources(world: World): Names {
  const crds = world.of("apiextensions.k8s.io", "CustomResourceDefinition").flatMap((crd) => {
    const spec = at(nodeOf(crd), "spec");
    const [group, plural] = [textAt(at(spec, "group")), textAt(at(spec, "names", "plural"))];
    return group === undefined || plural === undefined ? [] : [{ group, plural }];
  });
  const byGroup = Map.groupBy(crds, ({ group }) => group);
  return new Map([...byGroup].map(([group, all]) => [group, new Set(all.map(({ plural }) => plural))]));
}

/** The groups of a rule. */
interface Groups {
  readonly unknown: readonly Found[];
  readonly names: readonly string[];
  /** Whether it is known what each of them has: they are Kubernetes' own. */
  readonly areOwn: boolean;
}

function groupsOf(rule: Node, custom: Names): Groups {
  const nodes = elements(at(rule, "apiGroups"));
  const unknown = nodes.flatMap((node) => ofGroup(node, custom));
  const names = textsAt(at(rule, "apiGroups"));
  return { unknown, names, areOwn: unknown.length === 0 && names.every((name) => ownResources().has(name)) };
}

function ofGroup(node: Node, custom: Names): readonly Found[] {
  const name = textAt(node);
  if (name === undefined || name === "*" || ownResources().has(name) || custom.has(name)) return [];
  const said = `there is no group ${JSON.stringify(name)}`;
  if (name === "core" || /^v\d+(?:(?:alpha|beta)\d+)?$/.test(name))
    return [found(node, said, { fix: 'write "" for the core group' })];
  const [group = "", version] = name.split("/");
  if (version !== undefined)
    return [found(node, `${said}: rules have no versions`, { fix: `write ${JSON.stringify(group)}` })];
  const known = [...ownResources().keys(), ...custom.keys()].filter(Boolean);
  const near = known.find((each) => distanceOf(name, each) <= (name.length < 6 ? 1 : 2));
  return near === undefined ? [] : [found(node, said, { fix: `did you mean "${near}"?` })];
}

function unknownResources(rule: Node, groups: Groups, custom: Names): readonly Found[] {
  if (groups.unknown.length > 0 || groups.names.length === 0 || groups.names.includes("*")) return [];
  return elements(at(rule, "resources")).flatMap((node) => unknownResource(node, groups, custom));
}

function unknownResource(node: Node, { names: groups, areOwn }: Groups, custom: Names): readonly Found[] {
  const [name = "", ...rest] = (textAt(node) ?? "").split("/");
  if (name === "" || name === "*") return [];
  const home = groups.find((group) => ownResources().get(group)?.has(name) || custom.get(group)?.has(name));
  if (home !== undefined) return ofSubresource(node, home, name, rest.join("/"));
  const there = groups.flatMap((group) => [
    ...(ownResources().get(group)?.keys() ?? []),
    ...(custom.get(group) ?? []),
  ]);
  const near = namedResource(name, there);
  // Beside the one that there is, that is what an earlier release had.
  if (near !== undefined && !areOwn && isStatedBeside(node, near)) return [];
  const ofGroups = groups.map((group) => JSON.stringify(group)).join(" and ");
  const missing = `the API has no ${JSON.stringify(name)} in ${groups.length === 1 ? "the group" : "the groups"} ${ofGroups}`;
  if (near !== undefined)
    return [found(node, missing, { fix: `did you mean "${[near, ...rest].join("/")}"?` })];
  if (!areOwn) return [];
  const elsewhere = [...ownResources(), ...custom].find(([, all]) => all.has(name))?.[0];
  if (elsewhere !== undefined)
    return [
      found(node, missing, {
        fix: `it is of the group ${JSON.stringify(elsewhere)}: state that among apiGroups`,
      }),
    ];
  return [found(node, missing, { severity: "warning" })];
}

/** Whether a role states a resource as well. */
const isStatedBeside = ({ object }: Node, name: string): boolean =>
  rulesOf(nodeOf(object)).some((rule) => textsAt(at(rule, "resources")).includes(name));

/** The plural that a word is near: its singular, its kind, or a misspelling. */
const namedResource = (name: string, names: readonly string[]): string | undefined => {
  const plural = pluralOf(name);
  return names.find((each) => each === plural || each === name.toLowerCase()) ?? misspelt(name, names);
};

function ofSubresource(node: Node, group: string, resource: string, name: string): readonly Found[] {
  // What impersonation and custom resources have below them is anything.
  if (name === "" || name === "*" || resource === "userextras" || !ownResources().has(group)) return [];
  const known = subresourcesOf(group, resource);
  if (known.includes(name)) return [];
  const near = nearestName(name, known);
  if (near === undefined) return [];
  const what = `${resource} has no ${JSON.stringify(name)} below it`;
  return [found(node, what, { fix: `did you mean "${resource}/${near}"?` })];
}

/** Verbs of HTTP and of everyday language, and what the API server has in their place. */
const mistaken: ReadonlyMap<string, string> = new Map([
  ["all", "*"],
  ["edit", "update, patch"],
  ["modify", "update, patch"],
  ["post", "create"],
  ["put", "update"],
  ["read", "get, list, watch"],
  ["remove", "delete"],
  ["view", "get, list, watch"],
  ["write", "create, update, patch"],
]);

/** Of a group of Kubernetes' own it is known which verbs there are; those of others, and of policies, may have any. */
function ofVerbs(rule: Node, { areOwn, names: groups }: Groups): readonly Found[] {
  const isOfPaths = isThere(at(rule, "nonResourceURLs"));
  const known = isOfPaths ? pathVerbs : ownVerbs;
  return elements(at(rule, "verbs")).flatMap((node) => {
    const verb = textAt(node) ?? "";
    if (verb === "*" || verb === "" || known.includes(verb) || verb.startsWith("impersonate")) return [];
    const what = `there is no verb ${JSON.stringify(verb)}`;
    const inflected = known.find((each) => new RegExp(`^${each}(?:s|es|d|ed|ing)$`, "i").test(verb));
    const sameButCase = known.find((each) => each === verb.toLowerCase());
    const near =
      sameButCase ?? inflected ?? (areOwn && groups.length > 0 ? nearestName(verb, known) : undefined);
    if (near !== undefined) return [found(node, what, { fix: `did you mean "${near}"?` })];
    const meant = areOwn && !isOfPaths ? mistaken.get(verb.toLowerCase()) : undefined;
    return meant === undefined ? [] : [found(node, what, { severity: "warning", fix: `write ${meant}` })];
  });
}
