import { displayName, type KubernetesObject } from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { child, takeOver } from "../read/cursor.ts";
import { declarationOf } from "../types/declare.ts";
import { attempt, note } from "../model/log.ts";
import { camelCase, firstFree, namesFor } from "../model/names.ts";
import { applySource, type PatchChange, type Patching } from "../patches/patch-plan.ts";
import type { PatchSource } from "../read/patch-source.ts";
import { isStillNamed } from "../patches/removal.ts";
import {
  emptyContent,
  type ContentPlan,
  type Declaration,
  type FolderPlan,
  type Omitted,
  type PatchPlan,
} from "../model/plan.ts";
import type { SourceGenerator } from "../read/source-generator.ts";
import { composePlain, namespacedName, stateKey, track, type Tracked } from "../model/state.ts";
import type { SourceTransform, TransformWork } from "../transforms/transform.ts";
import type { Kustomization } from "../tree/tree.ts";

/** A folder of the sources, and the objects that it comes to. */
export interface Planned {
  readonly plan: FolderPlan;
  readonly state: readonly Tracked[];
}

/** How a component of a kustomization is planned, for the objects that it is applied to. */
export type PlanComponent = (component: Kustomization, state: readonly Tracked[]) => Planned;

type ContentDraft = { -readonly [Field in keyof ContentPlan]: ContentPlan[Field] };

/** A layer on its way. */
interface LayerWork extends TransformWork {
  readonly kustomization: Kustomization;
  readonly folder: string;
  readonly used: Set<string>;
}

/**
 * Plans one kustomization, in the order in which Kustomize applies what it says.
 *
 * Source: `accumulateTarget` and `configureBuiltinTransformers` of Kustomize 5.5.
 *
 * @param below the bases; for a component the objects that it is applied to, and those of the folders that it adds.
 */
export function planLayer(
  kustomization: Kustomization,
  folder: string,
  below: {
    readonly bases: readonly Planned[];
    readonly state: readonly Tracked[];
    readonly added?: readonly Tracked[];
  },
  planComponent: PlanComponent,
): Planned {
  const omitted: { -readonly [Field in keyof Omitted]: Omitted[Field] } = {};
  const work: LayerWork = {
    kustomization,
    root: kustomization.root,
    folder,
    used: new Set(),
    state: below.state,
    omit(field, comments) {
      if (comments.length > 0) omitted[field] = [...(omitted[field] ?? []), ...comments];
    },
  };
  const first: ContentDraft = emptyContent();
  const added = (below.added ?? []).map((tracked): Tracked => ({
    ...tracked,
    declaration: adopted(tracked, work),
    within: [],
  }));
  first.resources = added.map(({ declaration }) => declaration);
  work.state = [...work.state, ...added];
  addObjects(work, first);
  for (const component of kustomization.components) {
    const { plan, state } = planComponent(component, work.state);
    first.components = [...first.components, plan];
    work.state = state;
  }
  first.patches = planPatches(kustomization.content.early, work);
  transformLayer(work, first, ["names", "marks"]);
  const late = planPatches(kustomization.content.late, work);
  // These patches come after namespace and labels, which those of a layer do not.
  const isSplit = late.length > 0 && Object.keys(first.transforms).length > 0;
  const last: ContentDraft = isSplit ? emptyContent() : first;
  last.patches = [...last.patches, ...late];
  transformLayer(work, last, ["workloads"]);
  last.omitted = omitted;
  const plan: FolderPlan = {
    folder,
    isComponent: kustomization.isComponent,
    bases: below.bases.map((base) => base.plan),
    steps: isSplit ? [first, last] : [first],
  };
  return { plan, state: work.state };
}

/** Takes in the objects of the resource files and those that are generated. */
function addObjects(work: LayerWork, content: ContentDraft): void {
  const { kustomization, folder, used } = work;
  const { objects: sources, generators } = kustomization.content;
  refuseDuplicates(work);
  const objects = [...sources.map(({ object }) => object), ...generators.map(({ plan }) => stubOf(plan))];
  const names = namesFor(objects, used);
  for (const name of names) used.add(camelCase(name));
  const declared = sources.map((source, index) => declarationOf(source, names[index] ?? "", folder));
  content.resources = [...content.resources, ...declared];
  work.state = [...work.state, ...declared.map((declaration) => track(declaration))];
  content.generators = generators.flatMap((generator, index) => {
    const name = names[sources.length + index] ?? "";
    return addGenerated(generator, name, work) ?? [];
  });
}

/** An object of a folder that a component adds: as it is declared there, or anew where it has become another. */
function adopted({ declaration, current }: Tracked, { used, folder, kustomization }: LayerWork): Declaration {
  const { name, form } = declaration;
  const isSame = current === declaration.object && form.kind !== "generated";
  if (isSame && !used.has(name)) {
    used.add(name);
    return declaration;
  }
  const { root } = kustomization;
  const at = child(root, "resources") ?? root;
  if (form.kind === "generated") takeOver(at, "a generator below a component", root.place.file);
  else if (!isSame)
    note(root.log, {
      ...at.place,
      object: displayName(current),
      code: "import-declared-anew",
      what: "the component declares it anew, as the folder that it lists has made it",
    });
  const [free = name] = namesFor([current], used);
  used.add(camelCase(free));
  return declarationOf({ object: current, place: root.place }, free, folder);
}

/** Reports the objects that are there already. */
function refuseDuplicates({ state, kustomization: { content, root } }: LayerWork): void {
  const seen = new Set(state.map(({ current }) => stateKey(current)));
  for (const { object, place } of content.objects) {
    const key = stateKey(object);
    if (seen.has(key)) {
      const what = "the object is there twice";
      const expected = "one object of each kind, namespace and name";
      root.log.problems.push({
        ...place,
        object: displayName(object),
        code: "object-repeated",
        what,
        expected,
        fix: "drop one, or rename it",
      });
    }
    seen.add(key);
  }
}

const stubOf = ({ function: kind, options }: SourceGenerator["plan"]): KubernetesObject => ({
  apiVersion: "v1",
  kind: kind === "configMapGenerator" ? "ConfigMap" : "Secret",
  metadata: { name: options.name },
});

/** Adds a generated object to the state, under the name that it has until all is done. */
function addGenerated(
  { plan, place }: SourceGenerator,
  name: string,
  work: LayerWork,
): Declaration | undefined {
  const make = plan.function === "configMapGenerator" ? configMapGenerator : secretGenerator;
  const declared = make({ ...plan.options, disableNameSuffixHash: true });
  const { kind } = declared.object;
  // What it merges into may have another name by now.
  const { behavior = "create", name: given, namespace } = plan.options;
  const old = work.state.find(
    ({ current, earlier }) =>
      current.kind === kind &&
      [...earlier, namespacedName(current)].some(
        (known) => known.name === given && (namespace === undefined || known.namespace === namespace),
      ),
  );
  const target = behavior === "create" ? undefined : old?.current.metadata;
  const moved = target && {
    name: target.name,
    ...(target.namespace !== undefined && { namespace: target.namespace }),
  };
  const generator = moved ? make({ ...plan.options, ...moved, disableNameSuffixHash: true }) : declared;
  const { log } = work.kustomization.root;
  const alike = work.state.filter(({ current }) => current.kind === kind);
  const results = attempt(log, place, () =>
    composePlain({ resources: alike.map(({ current }) => current), generators: [generator] }),
  );
  if (!results) return undefined;
  const declaration: Declaration = {
    name: camelCase(name),
    module: `${work.folder}/${name}.ts`,
    object: declared.object,
    form: { kind: "generated", generator: plan },
  };
  const byKey = new Map(results.map((object) => [stateKey(object), object]));
  const merged = work.state.map((tracked) => {
    const current = byKey.get(stateKey(tracked.current));
    return current && byKey.delete(stateKey(tracked.current)) ? { ...tracked, current } : tracked;
  });
  work.state = [...merged, ...[...byKey.values()].map((object) => track(declaration, object))];
  return declaration;
}

function planPatches(sources: readonly PatchSource[], work: LayerWork): PatchPlan[] {
  const patching: Patching = {
    state: [...work.state],
    changes: [],
    omitted: [],
    removed: [],
    applied: new Map(),
  };
  for (const source of sources) applySource(source, patching, work.kustomization.root.log);
  for (const { object, change } of patching.removed)
    if (isStillNamed(object, patching.state)) change.override = true;
  work.state = patching.state;
  work.omit("patches", patching.omitted);
  return patching.changes.map((change) => namedPatch(change, work));
}

/** A patch of one object is named as the object is, others as the file that they come from. */
function namedPatch({ hint = "", ...change }: PatchChange, { used, folder }: LayerWork): PatchPlan {
  const [target, ...others] = change.targets;
  const called = target?.declaration.name;
  const own =
    called !== undefined && others.length === 0 ? [called, hint, `${called} patch`] : [hint, "shared patch"];
  const name = firstFree(own, used);
  return { ...change, name: camelCase(name), module: `${folder}/patches/${name}.ts` };
}

/** Does to all objects what the kustomization says in some phases, and states it. */
function transformLayer(
  work: LayerWork,
  content: ContentDraft,
  phases: readonly SourceTransform["phase"][],
): void {
  for (const { phase, plan } of work.kustomization.content.transforms)
    if (phases.includes(phase)) content.transforms = { ...content.transforms, ...plan(work) };
}
