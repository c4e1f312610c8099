import {
  compose,
  isExternal,
  unstatedNamespaces,
  type ComposedLayers,
  type Layer,
  type Resource,
} from "@atlas/compose";
import type { TargetVersion } from "@atlas/compose/validation";
import { claim, clustersOf, type Claims } from "./cluster-claims.ts";
import type { Environment } from "../environments/environment.ts";
import { readExternal } from "../read/external.ts";
import { InputError, findingsOf, type Finding } from "@atlas/input";
import type { Notes } from "./notes.ts";
import { reportNotes } from "../report/report.ts";
import type { SchemaCheck } from "../validate/schema-check.ts";
import { mayBeOurs } from "../validate/own-groups.ts";

/** An environment's objects, in an order in which they can be applied. */
export interface Rendering {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly objects: readonly Resource[];
}

/** How objects are held against their schemas: not at all, as far as one is known, or with one known of each. */
export type Validation = "none" | "known" | "strict";

/** Loads the environments of the same set that are not rendered. */
export type LoadEnvironments = () => Promise<readonly Environment[]>;

/** Takes what is only worth knowing, in place of stderr. */
export type OnNotes = (notes: readonly Finding<string>[]) => void;

/** What is rendered beside, and what becomes of an environment when another is wrong. */
interface Together {
  readonly others?: LoadEnvironments;
  /** Whether those that are right are given all the same; otherwise all are, or none. */
  readonly keepsOn?: boolean;
}

/** What objects are held against. */
export interface Checks {
  readonly validate: Validation;
  /** The version of Kubernetes that every environment is for, whatever its layers state. */
  readonly kubernetesVersion?: string | undefined;
  readonly onNotes?: OnNotes | undefined;
  /** Whether what is rendered is to be kept, so that what its Secrets hold in plain text is worth knowing. */
  readonly isKept?: boolean | undefined;
}

/**
 * Renders environments one after the other, and holds all objects against their schemas, unless that is left out. Kinds
 * without one are a warning on stderr, or refused. What names its cluster is held against all others of that cluster,
 * rendered now or not: it makes no difference whether each is rendered by itself. One is rendered when it is asked for, so
 * that a thousand need no more memory than one.
 *
 * @throws {InputError} at the end, with everything that is wrong in any of them; from the first that is wrong on, none
 * is given, unless that is asked for.
 */
export async function* renderEnvironments(
  environments: readonly Environment[],
  { validate, kubernetesVersion, onNotes, isKept, others, keepsOn = false }: Checks & Together,
): AsyncGenerator<Rendering, void, undefined> {
  const findings: Finding[] = [];
  const wrong: string[] = [];
  const claims: Claims = new Map();
  const notes: Notes = new Map();
  const known: ComposedLayers | undefined = environments.length > 1 ? new WeakMap() : undefined;
  const progress =
    known && (await import("../terminal/progress.ts")).progressOf("environments", environments.length);
  try {
    for (const environment of environments) {
      const checks = { validate, kubernetesVersion, isKept, claims, notes };
      const { rendering, problems } = await renderOne(environment, known, checks);
      findings.push(...problems);
      if (problems.length > 0) wrong.push(environment.name);
      if (rendering && (keepsOn ? problems : findings).length === 0) yield rendering;
      progress?.step();
      // Lets a signal through, such as that of Ctrl-C.
      if (known) await new Promise((resolve) => void setImmediate(resolve));
    }
    if (claims.size > 0 && others) {
      const { claimsOfOthers } = await import("./claims-of-others.ts");
      findings.push(...(await claimsOfOthers(claims, await others())));
    }
  } finally {
    progress?.clear();
  }
  if (notes.size > 0) {
    const { findingsOfNotes } = await import("./notes.ts");
    if (onNotes) onNotes(findingsOfNotes(notes));
    else await reportNotes(findingsOfNotes(notes), "warning");
  }
  if (findings.length > 0) {
    const { outcomeOf } = await import("./outcome.ts");
    const names = environments.map(({ name }) => name);
    throw new InputError(findings, outcomeOf(names, wrong, keepsOn, findings));
  }
}

async function renderOne(
  { name, layer: layerOf }: Environment,
  known: ComposedLayers | undefined,
  {
    validate,
    kubernetesVersion,
    isKept = false,
    claims,
    notes,
  }: Omit<Checks, "onNotes"> & { readonly claims: Claims; readonly notes: Notes },
): Promise<{ rendering?: Rendering; problems: readonly Finding[] }> {
  try {
    const layer = layerOf();
    const objects = compose(layer, readExternal, known);
    const rendering = { name, namespace: namespaceOfLayer(layer), objects };
    const version = kubernetesVersion ?? versionOf(layer);
    const schemas =
      validate === "none"
        ? noneChecked
        : await (
            await import("../validate/validation.ts")
          ).validation({ layer, objects, version, of: name, isOneOfMany: known !== undefined });
    const lacking = version === undefined ? [] : await versionFaults(objects, { version, of: name });
    const unknown = await notMeant(notYetSaid(lacking, schemas.unknown), layer, objects);
    const problems = [
      ...lacking,
      ...unstatedNamespaces(layer, objects, readExternal),
      ...claimProblems(claims, layer, rendering),
      ...(await customProblems(objects)),
      ...notYetSaid(lacking, schemas.problems),
      ...(validate === "strict" ? unknown : []),
    ];
    const hasSecret = isKept && objects.some(({ kind }) => kind === "Secret");
    const worthKnowing = [
      ...(objects.length === 0 ? [emptyEnvironment] : []),
      ...(validate === "strict" ? [] : unknown),
      ...(hasSecret ? (await import("./plain-secrets.ts")).plainSecrets(layer, objects) : []),
    ];
    if (problems.length + worthKnowing.length === 0) return { rendering, problems };
    const { placedFindings } = await import("../places/finding-places.ts");
    if (worthKnowing.length > 0) {
      const { addNotes } = await import("./notes.ts");
      addNotes(notes, name, worthKnowing, (found) => placedFindings(found, layer, rendering));
    }
    return { rendering, problems: placedFindings(problems, layer, rendering) };
  } catch (error) {
    const problems = findingsOf(error, name);
    if (!problems) throw error;
    return { problems };
  }
}

/** What nobody has given a reason for; most environments have nothing that asks for one. */
async function notMeant(
  found: readonly Finding[],
  layer: Layer,
  objects: readonly Resource[],
): Promise<readonly Finding[]> {
  if (found.length === 0) return found;
  return (await import("./meant-notes.ts")).withoutMeant(found, layer, objects);
}

/** What is not said already of the same place: of a field that a version lacks, its gate says nothing new. */
const notYetSaid = (said: readonly Finding[], found: readonly Finding[]): readonly Finding[] =>
  said.length === 0
    ? found
    : found.filter(({ object, path }) => !said.some((each) => each.object === object && each.path === path));

/** The namespace that the uppermost layer which states one moves everything into. */
function namespaceOfLayer({ namespace, below }: Layer): string | undefined {
  return namespace ?? (below && namespaceOfLayer(below));
}

/** The version of Kubernetes that the uppermost layer which states one is for; nothing is held against none. */
export function versionOf({ kubernetesVersion, below }: Layer): string | undefined {
  return kubernetesVersion ?? (below && versionOf(below));
}

async function versionFaults(
  objects: readonly Resource[],
  target: TargetVersion,
): Promise<readonly Finding[]> {
  return (await import("../validate/version-check.ts")).versionFindings(objects, target);
}

/** Where a layer names its cluster, what another environment of that cluster claims as well. */
function claimProblems(claims: Claims, layer: Layer, { name, objects }: Rendering): Finding[] {
  return [...clustersOf(layer)].flatMap((cluster) => claim(claims, cluster, name, objects));
}

/** What our own validators say of custom objects; they are loaded only when there is one. */
async function customProblems(objects: readonly Resource[]): Promise<Finding[]> {
  const candidates = objects.filter(mayBeOurs);
  if (candidates.length === 0) return [];
  const { customObjectProblems, isOurs } = await import("../validate/custom-objects.ts");
  return candidates.flatMap((resource) =>
    isOurs(resource) && !isExternal(resource) ? customObjectProblems(resource) : [],
  );
}

const emptyEnvironment: Finding = {
  code: "environment-empty",
  what: "the environment has no object",
  expected: "an object at least",
  fix: "list some among the resources of its layer, or give it a base that has some",
};

const noneChecked: SchemaCheck = { problems: [], unknown: [] };
