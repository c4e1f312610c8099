import { basename } from "node:path/posix";
import { compose, displayName, identity, isExternal, type KubernetesObject } from "@atlas/compose";
import { referencesIn } from "@atlas/compose/conversion";
import { declarationOf } from "../types/declare.ts";
import { differenceOf } from "../patches/difference.ts";
import { followedIn, originsOf } from "./follow.ts";
import { valueCount } from "../patches/patch-leaves.ts";
import type { Planned } from "./layer-plan.ts";
import { layerOf } from "./layer-of.ts";
import { attempt, note, sourcePlace, type Effect, type Log } from "../model/log.ts";
import { camelCase, firstFree, namesFor } from "../model/names.ts";
import type { Build } from "../proof/oracle.ts";
import { changesSecret, changeTo, type PatchChange } from "../patches/patch-plan.ts";
import { patchTargetOf } from "../patches/patch-target.ts";
import { isStillNamed } from "../patches/removal.ts";
import { secretBearers } from "./secret-values.ts";
import {
  emptyContent,
  type ContentPlan,
  type FolderPlan,
  type PatchPlan,
  type PatchTarget,
} from "../model/plan.ts";
import { isKept } from "../model/in-memory.ts";
import { byIdentity, placeLike } from "../model/placement.ts";
import { readSource } from "../model/read-source.ts";
import { isSecret, namespacedName, stateKey, track, type Tracked } from "../model/state.ts";
import type { Replacement } from "../read/replacements.ts";
import { treeProblems, type Kustomization } from "../tree/tree.ts";

/** What a kustomization and its components say that the sources have no words for. */
export function effectsOf({ root, components }: Kustomization, log: Log): Effect[] {
  const own = log.effects.filter(({ by }) => by === root.place.file);
  return [...own, ...components.flatMap((component) => effectsOf(component, log))];
}

interface Settling {
  readonly effects: readonly Effect[];
  readonly build: Build;
}

/**
 * Adds a step to a plan after which it comes to what Kustomize builds: objects that only have other values are patched,
 * those that have another name, namespace, version or kind are dropped and declared anew.
 */
export function settleDifferences(
  planned: Planned,
  kustomization: Kustomization,
  settling: Settling,
): Planned {
  const { build, effects } = settling;
  const { place, log } = kustomization.root;
  if (treeProblems(kustomization).length > 0) return planned;
  const composed = attempt(log, place, () => compose(layerOf(planned.plan), readSource));
  if (!composed) return planned;
  const ours = byIdentity(
    composed.map((object) => (isExternal(object) ? readSource(object.source) : object)),
  );
  const built = build(kustomization.folder) as unknown as readonly KubernetesObject[];
  const { theirs } = placeLike(byIdentity(built), ours);
  const matches = withPlainNames(matchesOf(planned.state, [...ours.values()], [...theirs.values()]));
  const replacements = replacementsOf(kustomization);
  const outcomes = matches.flatMap(({ tracked, our, their }) =>
    tracked && our && their ? [{ tracked, our, their }] : [],
  );
  const step = settleStep(matches, planned, kustomization, {
    origins: originsOf(replacements, outcomes, planned.plan),
    bearsSecret: secretBearers(replacements, outcomes),
  });
  const says = effects.map((effect) => `${effect.what} in ${sourcePlace(effect, log)}`);
  const isNothing = step.content.resources.length + step.content.patches.length === 0;
  const isFollowed =
    step.content.resources.length === 0 && step.content.patches.every((patch) => isOfSources(patch));
  for (const { what, by: _by, isSaid = false, ...at } of effects) {
    if (isNothing && isSaid) continue;
    // What the sources say in their own words is as good as what Kustomize says in its.
    if (what === "replacements" && isFollowed && !isNothing) continue;
    note(log, {
      ...at,
      code: "import-taken-over",
      what: isNothing
        ? `${what} is left out: it changes no object here`
        : `${what} has no counterpart: what comes of it is taken from what Kustomize builds`,
    });
  }
  if (isNothing) return planned;
  const source = says.length > 0 ? [...new Set(says)].join(", ") : "the bases, whose objects have changed";
  const comment = isFollowed
    ? `What follows other objects, from ${source}.`
    : `What Kustomize makes of ${source}.`;
  const field = step.content.patches.length > 0 ? "patches" : "resources";
  const content = { ...step.content, omitted: { [field]: [comment] } };
  return {
    plan: { ...planned.plan, steps: [...planned.plan.steps, content], ...namesPlan(content, planned.plan) },
    state: step.state,
  };
}

/** An object of the plan's state, as it comes out of our layers, and what Kustomize has in its place. */
interface ObjectMatch {
  readonly tracked: Tracked | undefined;
  readonly our: KubernetesObject | undefined;
  readonly their: KubernetesObject | undefined;
}

function matchesOf(
  state: readonly Tracked[],
  ours: readonly KubernetesObject[],
  theirs: readonly KubernetesObject[],
): ObjectMatch[] {
  const left = new Set(theirs);
  const take = (found: KubernetesObject | undefined): KubernetesObject | undefined => {
    if (found) left.delete(found);
    return found;
  };
  const exact = state.map((tracked): ObjectMatch => {
    const our =
      ours.find((object) => isOutcome(object, tracked)) ??
      // An object that states no namespace stands in that of the layer below.
      ours.find((object) => isOutcome(withoutNamespace(object), tracked));
    const their = our && [...left].find((object) => isSameObject(object, our));
    return { tracked, our, their: take(their) };
  });
  const matched = exact.map((match): ObjectMatch => {
    const { our, their } = match;
    if (!our || their) return match;
    const alike = [...left].filter(({ kind }) => kind === our.kind);
    const named = alike.find(({ metadata }) => metadata.name.includes(our.metadata.name));
    const lone = alike.length === 1 ? alike[0] : undefined;
    const namesake = [...left].find(({ metadata }) => metadata.name === our.metadata.name);
    return { ...match, their: take(named ?? lone ?? namesake) };
  });
  return [
    ...matched,
    ...[...left].map((their): ObjectMatch => ({ tracked: undefined, our: undefined, their })),
  ];
}

/** The objects as they name what is generated before it has its hash: so do sources, and so does what they come to. */
function withPlainNames(matches: readonly ObjectMatch[]): ObjectMatch[] {
  const plain = new Map(
    matches.flatMap(({ tracked, our, their }): [string, string][] =>
      // One that has another name is declared anew, by that.
      tracked?.declaration.form.kind === "generated" && our && their && isSameObject(our, their)
        ? [[nameKey(their.kind, their.metadata.name), tracked.current.metadata.name]]
        : [],
    ),
  );
  const named = (object: KubernetesObject | undefined): KubernetesObject | undefined => {
    if (!object) return undefined;
    const copy = structuredClone(object);
    for (const { holder, field, kind } of referencesIn(copy)) {
      const slot = holder as Record<string, unknown>;
      const name = plain.get(nameKey(kind, String(slot[field])));
      if (name !== undefined) slot[field] = name;
    }
    return copy;
  };
  return plain.size === 0
    ? [...matches]
    : matches.map(({ tracked, our, their }) => ({ tracked, our: named(our), their: named(their) }));
}

const nameKey = (kind: string, name: string): string => `${kind}/${name}`;

/** Whether an object of a layer is what a tracked one has become; generated names end in a hash. */
function isOutcome(object: KubernetesObject, { current, declaration }: Tracked): boolean {
  if (stateKey(object) === stateKey(current)) return true;
  if (declaration.form.kind !== "generated" || !/-[a-z\d]{10}$/.test(object.metadata.name)) return false;
  const { metadata } = object;
  return (
    stateKey({ ...object, metadata: { ...metadata, name: metadata.name.slice(0, -11) } }) ===
    stateKey(current)
  );
}

function withoutNamespace({ metadata, ...fields }: KubernetesObject): KubernetesObject {
  const { namespace: _namespace, ...rest } = metadata;
  return { metadata: rest, ...fields };
}

const isSameObject = (one: KubernetesObject, other: KubernetesObject): boolean =>
  stateKey(one) === stateKey(other) && identity(one).version === identity(other).version;

/** Whether what has changed is a value of a Secret, its own or another's: that stands in a file, not in a patch. */
function isSecretive({ tracked, our, their }: ObjectMatch, bearsSecret: KnownValues["bearsSecret"]): boolean {
  if (!tracked || !our || !their) return false;
  const { operations } = differenceOf(our, their);
  if (isSecret(their)) return changesSecret(operations);
  const values = operations.flatMap((operation) => ("value" in operation ? [operation.value] : []));
  return values.length > 0 && bearsSecret({ tracked, our, their }, values);
}

/** What is known of the values of a layer. */
interface KnownValues {
  readonly origins: ReturnType<typeof originsOf>;
  readonly bearsSecret: ReturnType<typeof secretBearers>;
}

interface SettleStep {
  readonly content: ContentPlan;
  readonly state: readonly Tracked[];
}

function settleStep(
  matches: readonly ObjectMatch[],
  planned: Planned,
  kustomization: Kustomization,
  { origins, bearsSecret }: KnownValues,
): SettleStep {
  const { plan } = planned;
  const { log } = kustomization.root;
  const used = moduleNamesIn(plan);
  const secretive = new Set(matches.filter((match) => isSecretive(match, bearsSecret)));
  const isNew = (match: ObjectMatch): boolean =>
    match.their !== undefined &&
    !(
      match.our &&
      isSameObject(match.our, match.their) &&
      !secretive.has(match) &&
      isKept(match.our) === isKept(match.their)
    );
  const anew = matches.flatMap((match) => (match.their && isNew(match) ? [match.their] : []));
  const kept = new Set([...secretive].map(({ their }) => their));
  const names = namesFor(anew, used);
  for (const name of names) used.add(camelCase(name));
  const { place } = kustomization.root;
  const declared = new Map(
    anew.map((object, index) => {
      const isFile = kept.has(object);
      if (isFile && !isSecret(object)) noteSecret(object, kustomization);
      return [object, declarationOf({ object, place, isFile }, names[index] ?? "", plan.folder)];
    }),
  );
  // What becomes of those that stay has the names that Kustomize gives them.
  const staying = matches.flatMap(({ tracked, their }) =>
    tracked && their ? [{ ...tracked, current: their }] : [],
  );
  const patches: PatchPlan[] = [];
  const aimAt = (tracked: Tracked): PatchTarget | undefined =>
    patchTargetOf(tracked, planned.state, kustomization.root.place, log);
  const say = (change: PatchChange, { declaration }: PatchTarget): void => {
    const { name: called } = declaration;
    const name = firstFree([called, `${called} outcome`, `${called} patch`], used);
    patches.push({ ...change, name: camelCase(name), module: `${plan.folder}/patches/${name}.ts` });
  };
  const state = matches.flatMap((match): Tracked[] => {
    const { tracked, our, their } = match;
    const declaration = their && declared.get(their);
    if (tracked && our && (!their || declaration)) {
      const aim = aimAt(tracked);
      if (aim) say(removal(aim, isStillNamed(tracked.current, staying)), aim);
    }
    if (their && declaration) {
      const earlier = [...(tracked?.earlier ?? []), namespacedName(their)];
      return [{ ...track(declaration, their), earlier }];
    }
    if (!tracked || (our && !their)) return [];
    if (!our || !their) return [tracked];
    const difference = differenceOf(our, their);
    if (difference.operations.length === 0) return [tracked];
    const aim = aimAt(tracked);
    const changed = aim && attempt(log, place, () => changeTo(difference, tracked, aim, planned.state));
    if (!aim || !changed) return [tracked];
    const origin = origins.get(tracked);
    const followed = origin ? followedIn(changed.change.body, their, origin) : [];
    say({ ...changed.change, ...(followed.length > 0 && { followed }) }, aim);
    return [{ ...tracked, current: changed.result }];
  });
  return { content: { ...emptyContent(), resources: [...declared.values()], patches }, state };
}

function noteSecret(object: KubernetesObject, { root }: Kustomization): void {
  note(root.log, {
    ...root.place,
    object: displayName(object),
    code: "import-value-of-secret",
    what: "it has got a value of a Secret, so it stands in a YAML file",
  });
}

/** Whether all that a patch says follows what other sources say. */
const isOfSources = ({ body, followed = [] }: PatchPlan): boolean => followed.length === valueCount(body);

const replacementsOf = ({ content, components }: Kustomization): Replacement[] => [
  ...components.flatMap(replacementsOf),
  ...content.replacements,
];

/** The module of what patches follow in the names that the layer makes. */
function namesPlan({ patches }: ContentPlan, plan: FolderPlan): Pick<FolderPlan, "names"> {
  const pieces = patches.flatMap(({ followed = [] }) => followed.flatMap((each) => each.pieces));
  const fields = [...new Set(pieces.flatMap((piece) => (piece.kind === "name" ? [piece.field] : [])))];
  if (fields.length === 0) return {};
  const used = moduleNamesIn(plan);
  for (const { module } of patches) used.add(camelCase(basename(module, ".ts")));
  return { names: { module: `${plan.folder}/${firstFree(["names", "layer-names"], used)}.ts`, fields } };
}

/** The names of all modules of a folder. */
function moduleNamesIn({ steps }: Planned["plan"]): Set<string> {
  const modules = steps.flatMap(({ resources, generators, patches }) => [
    ...resources,
    ...generators,
    ...patches,
  ]);
  return new Set(modules.map(({ module }) => camelCase(basename(module, ".ts"))));
}

const removal = (target: PatchTarget, override: boolean): PatchChange => ({
  targets: [target],
  form: "record",
  body: null,
  casts: [],
  override,
});
