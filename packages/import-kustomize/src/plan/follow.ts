import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "@atlas/compose";
import { follow } from "@atlas/compose/places";
import { isYamlRecord } from "../read/cursor.ts";
import type { Replacement, TextPart } from "../read/replacements.ts";
import type { ContentPlan, FolderPlan, Followed, NameField, Piece } from "../model/plan.ts";
import { patchLeaves } from "../patches/patch-leaves.ts";
import type { Tracked } from "../model/state.ts";

/** An object before and after what Kustomize has made of it. */
export interface Outcome {
  readonly tracked: Tracked;
  readonly our: KubernetesObject;
  readonly their: KubernetesObject;
}

/** What the values of an object follow, by the fields that lead to them. */
type Origins = Map<string, readonly Piece[]>;

const fieldsKey = (fields: readonly string[]): string => JSON.stringify(fields);

/**
 * What the values follow that replacements have put into objects: the constants that their sources declare.
 *
 * Source: `api/filters/replacement` of Kustomize 5.5.
 *
 * @returns by object, and there by the fields that lead to the value.
 */
export function originsOf(
  replacements: readonly Replacement[],
  outcomes: readonly Outcome[],
  plan: FolderPlan,
): ReadonlyMap<Tracked, Origins> {
  const origins = new Map<Tracked, Origins>();
  for (const { source, targets } of replacements) {
    const [from, ...others] = outcomes.filter(({ tracked }) => source.selects(tracked));
    const pieces = from && others.length === 0 ? sourcePieces(source, from, plan) : undefined;
    for (const target of targets) {
      for (const { tracked, our, their } of outcomes.filter(({ tracked: each }) => target.selects(each))) {
        const known: Origins = origins.get(tracked) ?? new Map();
        origins.set(tracked, known);
        for (const fields of target.paths.flatMap((path) => [...waysAlong(their, path)])) {
          const before = known.get(fieldsKey(fields)) ?? [
            { kind: "text", text: textAtFields(our, fields) } as const,
          ];
          const after = pieces && replacedPieces(before, pieces, target.part);
          // What is not understood stays a literal, also where more is replaced in it.
          known.set(fieldsKey(fields), after ?? [{ kind: "text", text: "" }]);
        }
      }
    }
  }
  return origins;
}

/** The places in a patch whose values follow others, of which the patch has what they come to. */
export function followedIn(body: unknown, their: KubernetesObject, origins: Origins): Followed[] {
  return [...patchLeaves(body, "", [])].flatMap(({ path, names, value }) => {
    const fields = follow(their, names);
    const found = origins.get(fieldsKey(fields)) ?? [];
    // A number that stands in a text is one.
    const pieces = typeof value === "string" ? [...found, { kind: "text", text: "" } as const] : found;
    const result = [found, pieces].find((each) => isResult(each, value));
    return result?.some(({ kind }) => kind !== "text") === true ? [{ path, pieces: result }] : [];
  });
}

/** What the pieces come to; the value itself, where there is but one. */
const piecesResult = (pieces: readonly Piece[]): unknown => {
  const values = pieces.map((piece) => (piece.kind === "text" ? piece.text : piece.value));
  return values.length === 1 ? values[0] : values.join("");
};
const isResult = (pieces: readonly Piece[], value: unknown): boolean =>
  typeof value !== "object" && Object.is(piecesResult(pieces), value);

/** What the source of a replacement comes from; undefined where no constant of the sources says it. */
function sourcePieces(
  { path, part }: Replacement["source"],
  { tracked, our }: Outcome,
  plan: FolderPlan,
): readonly Piece[] | undefined {
  const [fields, ...others] = [...waysAlong(our, path)];
  if (!fields || others.length > 0) return undefined;
  const value = valueAtFields(our, fields);
  if (value === undefined || typeof value === "object") return undefined;
  const whole = wholePieces(fields, value, { tracked, our }, plan);
  if (!part || !whole) return whole;
  const [only, ...more] = whole;
  const text = typeof value === "string" ? value.split(part.delimiter)[part.index] : undefined;
  if (!only || more.length > 0 || text === undefined) return undefined;
  return only.kind === "text" || only.kind === "name" ? undefined : [{ ...only, value: text, part }];
}

/** The fields that the sources state of an object in a file, or of one that is generated. */
const isIdentity = (fields: readonly string[]): boolean =>
  /^(?:apiVersion|kind|metadata\.name)$/.test(fields.join("."));

function wholePieces(
  fields: readonly string[],
  value: unknown,
  { tracked, our }: Pick<Outcome, "tracked" | "our">,
  plan: FolderPlan,
): readonly Piece[] | undefined {
  const { declaration } = tracked;
  const { kind } = declaration.form;
  const declared = valueAtFields(declaration.object, fields);
  const isConstant = kind === "defined" || kind === "plain" || (kind === "external" && isIdentity(fields));
  const own = (text: unknown): Piece => ({ kind: "field", declaration, fields, value: text });
  if (isConstant && isDeepStrictEqual(declared, value)) return [own(value)];
  return (
    namedPieces(fieldsKey(fields), value, isConstant ? declared : undefined, own, plan) ??
    literalPieces(fields, value, tracked, plan) ??
    patchedPieces(fields, value, { tracked, our }, plan)
  );
}

/** A layer and those below it, the uppermost first; of each, the last step first. */
function* stepsBelow({ steps, bases }: FolderPlan): Generator<ContentPlan> {
  yield* steps.toReversed();
  for (const step of steps) for (const component of step.components) yield* stepsBelow(component);
  for (const base of bases) yield* stepsBelow(base);
}

/** A literal of the generator that says it last. */
function literalPieces(
  [field, key, ...more]: readonly string[],
  value: unknown,
  { current, earlier }: Tracked,
  plan: FolderPlan,
): readonly Piece[] | undefined {
  if (field !== "data" || key === undefined || more.length > 0 || current.kind !== "ConfigMap")
    return undefined;
  const names = new Set([current.metadata.name, ...earlier.map(({ name }) => name)]);
  for (const { generators } of stepsBelow(plan))
    for (const declaration of generators.toReversed()) {
      const { form } = declaration;
      if (form.kind !== "generated" || form.generator.function !== "configMapGenerator") continue;
      const { name, literals = {}, files = {}, env, behavior } = form.generator.options;
      if (!names.has(name)) continue;
      if (Object.hasOwn(literals, key))
        return literals[key] === value ? [{ kind: "literal", declaration, key, value }] : undefined;
      const isInFile =
        Object.hasOwn(files, key) || (typeof env === "string" && `\n${env}`.includes(`\n${key}=`));
      if (isInFile || behavior !== "merge") return undefined;
    }
  return undefined;
}

/** What the last patch says that has set the value; what it has from others is from there. */
function patchedPieces(
  fields: readonly string[],
  value: unknown,
  { tracked, our }: Pick<Outcome, "tracked" | "our">,
  plan: FolderPlan,
): readonly Piece[] | undefined {
  for (const { patches } of stepsBelow(plan))
    for (const patch of patches.toReversed()) {
      const [target, ...others] = patch.targets;
      if (target?.declaration !== tracked.declaration || others.length > 0) continue;
      const leaf = [...patchLeaves(patch.body, "", [])].find(
        ({ names }) => fieldsKey(follow(our, names)) === fieldsKey(fields),
      );
      if (!leaf) continue;
      if (!Object.is(leaf.value, value)) return undefined;
      const followed = patch.followed?.find(({ path }) => path === leaf.path);
      return followed?.pieces ?? [{ kind: "patched", patch, path: leaf.path, value }];
    }
  return undefined;
}

/** A name or a namespace as the layer's own prefix, suffix and namespace make it. */
function namedPieces(
  key: string,
  value: unknown,
  declared: unknown,
  own: (text: unknown) => Piece,
  { steps }: FolderPlan,
): readonly Piece[] | undefined {
  const stated = (field: NameField): Piece[] => {
    const text = lastOf(steps, field);
    return text === undefined ? [] : [{ kind: "name", field, value: text }];
  };
  const isNamespace = key === fieldsKey(["metadata", "namespace"]);
  if (!isNamespace && (key !== fieldsKey(["metadata", "name"]) || declared === undefined)) return undefined;
  const pieces = isNamespace
    ? stated("namespace")
    : [...stated("namePrefix"), own(declared), ...stated("nameSuffix")];
  return pieces.length > 0 && piecesResult(pieces) === value ? pieces : undefined;
}

function lastOf(steps: readonly ContentPlan[], field: NameField): string | undefined {
  return steps.map(({ transforms }) => transforms[field]).findLast((text) => text !== undefined);
}

/** A text after a part of it was replaced; undefined where the parts are not known apart. */
function replacedPieces(
  before: readonly Piece[],
  by: readonly Piece[],
  part: TextPart | undefined,
): readonly Piece[] | undefined {
  if (!part) return by;
  const { delimiter, index } = part;
  const parts: Piece[][] = [[]];
  for (const piece of before) {
    if (piece.kind !== "text") {
      if (String(piece.value).includes(delimiter)) return undefined;
      parts.at(-1)?.push(piece);
      continue;
    }
    for (const [position, text] of piece.text.split(delimiter).entries()) {
      if (position > 0) parts.push([]);
      if (text !== "") parts.at(-1)?.push({ kind: "text", text });
    }
  }
  if (index < 0) parts.unshift([...by]);
  else if (index >= parts.length) parts.push([...by]);
  else parts[index] = [...by];
  return parts.flatMap((each, position) =>
    position === 0 ? each : [{ kind: "text", text: delimiter } as const, ...each],
  );
}

/** The ways that a path of a replacement leads through an object. */
function* waysAlong(
  value: unknown,
  [step, ...rest]: readonly string[],
  way: readonly string[] = [],
): Generator<readonly string[]> {
  if (step === undefined) yield way;
  else
    for (const [name, inner] of Object.entries(isYamlRecord(value) || Array.isArray(value) ? value : {}))
      if (isStepMeant(step, name, inner)) yield* waysAlong(inner, rest, [...way, name]);
}

function isStepMeant(step: string, name: string, inner: unknown): boolean {
  const [, field = "", wanted] = /^\[([^=]*)=(.*)\]$/.exec(step) ?? [];
  if (wanted === undefined) return step === "*" || step.replace(/^\[(.*)\]$/, "$1") === name;
  return isYamlRecord(inner) && JSON.stringify(inner[field])?.replaceAll(/^"|"$/g, "") === wanted;
}

function valueAtFields(value: unknown, fields: readonly string[]): unknown {
  let inner = value;
  for (const field of fields)
    inner =
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, field)
        ? (inner as Record<string, unknown>)[field]
        : undefined;
  return inner;
}

function textAtFields(object: KubernetesObject, fields: readonly string[]): string {
  const value = valueAtFields(object, fields);
  return typeof value === "string" ? value : "";
}
