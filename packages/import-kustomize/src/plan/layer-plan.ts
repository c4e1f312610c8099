import {
  displayName,
  isClusterScoped,
  keepsName,
  type ImageRecord,
  type KubernetesObject,
  type LayerContent,
  type ReplicaRecord,
} from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { child, takeOver, type Cursor } from "../read/cursor.ts";
import { declarationOf, isCopied } from "./declare.ts";
import { planImages } from "../transforms/images.ts";
import { isKept } from "../model/in-memory.ts";
import { attempt, note, ownLog, sourcePlace } from "../model/log.ts";
import { camelCase, firstFree, namesFor } from "../model/names.ts";
import { applySource, type PatchChange, type Patching } from "./patch-plan.ts";
import type { PatchSource } from "../read/patch-source.ts";
import { isStillNamed } from "./removal.ts";
import {
  emptyContent,
  type ContentPlan,
  type Declaration,
  type FolderPlan,
  type OmittableField,
  type PatchPlan,
} from "../model/plan.ts";
import type { SourceGenerator } from "../read/source-generator.ts";
import {
  composePlain,
  customKindsOfState,
  namespacedName,
  isSecret,
  stateKey,
  track,
  transformed,
  type Tracked,
} from "../model/state.ts";
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
interface LayerWork {
  readonly kustomization: Kustomization;
  readonly folder: string;
  readonly used: Set<string>;
  state: readonly Tracked[];
  omitted: Partial<Record<OmittableField, string[]>>;
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
  const work: LayerWork = { kustomization, folder, used: new Set(), state: below.state, omitted: {} };
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
  planMarks(work, first);
  const late = planPatches(kustomization.content.late, work);
  const isMarked =
    first.namespace !== undefined ||
    first.namePrefix !== undefined ||
    first.nameSuffix !== undefined ||
    first.labels.length + Object.keys(first.annotations).length > 0;
  // These patches come after namespace and labels, which those of a layer do not.
  const isSplit = late.length > 0 && isMarked;
  const last: ContentDraft = isSplit ? emptyContent() : first;
  last.patches = [...last.patches, ...late];
  count(work, last);
  last.omitted = work.omitted;
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
  omit(work, "patches", patching.omitted);
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

function omit(work: LayerWork, field: OmittableField, comments: readonly string[]): void {
  if (comments.length > 0)
    work.omitted = { ...work.omitted, [field]: [...(work.omitted[field] ?? []), ...comments] };
}

/** Namespace, affixes of names, labels and annotations. */
function planMarks(work: LayerWork, content: ContentDraft): void {
  const { namespace, labels, annotations } = work.kustomization.content;
  if (namespace !== undefined && isMoving(work)) {
    if (transform(work, "namespace", { namespace })) content.namespace = namespace;
  } else if (namespace !== undefined) {
    const { place, path, log } = fieldCursor(work, "namespace");
    note(log, {
      ...place,
      path,
      code: "import-without-effect",
      what: `the namespace "${namespace}" applies to no object, so it is left out`,
    });
    const where = sourcePlace(place, log);
    omit(work, "namespace", [`Left out: the namespace ${namespace} in ${where} applies to no object.`]);
  }
  for (const affix of ["namePrefix", "nameSuffix"] as const) affixNames(work, content, affix);
  const field = child(work.kustomization.root, "labels") ? "labels" : "commonLabels";
  if (labels.length > 0 && transform(work, field, { labels })) content.labels = labels;
  const isAnnotated = Object.keys(annotations).length > 0;
  if (isAnnotated && transform(work, "commonAnnotations", { annotations })) content.annotations = annotations;
}

function affixNames(work: LayerWork, content: ContentDraft, affix: "namePrefix" | "nameSuffix"): void {
  const given = work.kustomization.content[affix];
  if (given === undefined) return;
  if (work.state.some(({ current }) => !keepsName(current))) {
    if (transform(work, affix, { [affix]: given })) content[affix] = given;
    return;
  }
  const { place, path, log } = fieldCursor(work, affix);
  note(log, {
    ...place,
    path,
    code: "import-without-effect",
    what: `"${given}" applies to no object, so it is left out`,
  });
  omit(work, affix, [`Left out: ${affix} ${given} in ${sourcePlace(place, log)} applies to no object.`]);
}

/** Whether there is an object that a namespace moves. */
function isMoving({ state }: LayerWork): boolean {
  const customKinds = customKindsOfState(state);
  return state.some(
    ({ current }) =>
      !isClusterScoped(current, customKinds) || (current.kind === "Namespace" && current.apiVersion === "v1"),
  );
}

/** Whether a layer does not look into it: it is kept as YAML, and runs pods as far as anybody knows. */
const isFile = ({ current, declaration: { form } }: Tracked): boolean =>
  isKept(current) || (form.kind === "external" && !isSecret(current) && !isCopied(current));

/** Replicas and images. */
function count(work: LayerWork, content: ContentDraft): void {
  const { replicas, images: sources } = work.kustomization.content;
  // Layers do not look into files for workloads.
  for (const field of ["replicas", "images"] as const)
    if (work.state.some(isFile) && work.kustomization.content[field].length > 0) {
      const cursor = fieldCursor(work, field);
      takeOver(cursor, `the use of ${field} on objects that are kept as YAML`, cursor.place.file, true);
    }
  const known = work.state.filter((tracked) => !isFile(tracked));
  const reachable = replicas.filter(
    ({ name }) => known.length === work.state.length || isObjectNamed(known, name),
  );
  const current = reachable.flatMap((record) => replicasNow(record, known));
  if (reachable.length > 0 && transform(work, "replicas", { replicas: current }))
    content.replicas = reachable;
  const { images, omitted } = planImages(sources, known, known.length === work.state.length);
  omit(work, "images", omitted);
  if (images.length > 0 && setImages(work, images)) content.images = images;
}

/** Sets images; where the engine has no words for that, Kustomize's outcome is taken: two records for one repository, no tag. */
function setImages(work: LayerWork, images: readonly ImageRecord[]): boolean {
  const cursor = fieldCursor(work, "images");
  const log = ownLog(cursor.log);
  const state = attempt(log, cursor.place, () => transformed(work.state, { images }));
  if (state) work.state = state;
  const others = log.problems.filter(({ what }) => !what.startsWith("two image records"));
  const whats = [...new Set(others.map(({ what }) => what))];
  if (!state)
    takeOver(
      cursor,
      whats.length === 0
        ? "a pair of image records that lead to one repository"
        : `an image transform that names no image of a registry (${whats.join(", ")})`,
      cursor.place.file,
    );
  return state !== undefined;
}

const isObjectNamed = (state: readonly Tracked[], wanted: string): boolean =>
  state.some(({ current, earlier }) =>
    [...earlier, namespacedName(current)].some(({ name }) => name === wanted),
  );

/** A record by the names that its workloads have by now. */
function replicasNow(record: ReplicaRecord, state: readonly Tracked[]): ReplicaRecord[] {
  const named = state.filter(({ earlier }) => earlier.some(({ name }) => name === record.name));
  const names = new Set(named.map(({ current }) => current.metadata.name));
  return names.size === 0 ? [record] : [...names].map((name) => ({ ...record, name }));
}

const fieldCursor = ({ kustomization: { root } }: LayerWork, name: string): Cursor =>
  child(root, name) ?? root;

/** Does to all objects what a field says; whether the engine has nothing against it. */
function transform(work: LayerWork, field: string, content: LayerContent): boolean {
  const { place, log } = fieldCursor(work, field);
  const state = attempt(log, place, () => transformed(work.state, content));
  if (state) work.state = state;
  return state !== undefined;
}
