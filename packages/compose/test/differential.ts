import { compose, ComposeError, type KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { fullPods } from "../src/kubernetes/pod.ts";
import { folderOf, layerOf, type Case } from "./cases.ts";
import { inOrder, kustomizeAll } from "./kubectl.ts";

/** More cases, or others: `COMPOSE_CASES=10000 COMPOSE_SEED=7 pnpm exec nx run compose:unit`. */
const seed = Number(process.env["COMPOSE_SEED"] ?? 1);
const factor = Number(process.env["COMPOSE_CASES"] ?? 1000) / 1000;

/** Folders that one process renders; beyond this its time grows with the square of them. */
const batch = 200;

type Outcome = readonly object[] | Error;

function oursOf(given: Case): Outcome {
  try {
    return inOrder(compose(layerOf(given))).map(withoutEmptyAnnotations);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function theirsOf(cases: readonly Case[]): Outcome[] {
  return kustomizeAll(cases.map(folderOf)).map((objects) =>
    objects instanceof Error ? objects : inOrder(objects).map(withoutEmptyAnnotations),
  );
}

/** Kustomize leaves out the annotations of an object that are empty, and nothing else that is. */
function withoutEmptyAnnotations(object: object): object {
  const { metadata, ...fields } = object as { metadata: { annotations?: object } };
  const { annotations, ...others } = metadata;
  const isEmpty = !annotations || Object.keys(annotations).length === 0;
  return { ...fields, metadata: isEmpty ? others : { ...others, annotations } };
}

const agree = (ours: Outcome, theirs: Outcome): boolean =>
  ours instanceof Error
    ? isRefusedForPods(ours) && !(theirs instanceof Error) && theirs.some(lacksContainers)
    : theirs instanceof Error
      ? isUnclearAtTheEnd(theirs)
      : isDeepStrictEqual(ours, theirs);

/**
 * Kustomize asks what a name means when all layers are done: two instances of a base may be called alike then. Here, each
 * layer's names mean what the layers so far have.
 */
const isUnclearAtTheEnd = ({ message }: Error): boolean =>
  message.includes("found multiple possible referrals");

/** What Kustomize takes and leaves is a pod that no API server takes, or a workload without one. */
export const isRefusedForPods = (ours: unknown): boolean =>
  ours instanceof ComposeError &&
  ours.problems.every(({ what }) => what === "a patch has removed the last container");

const lacksContainers = (object: object): boolean => fullPods(object as KubernetesObject).length === 0;

/**
 * Renders random cases with this package and with the real Kustomize and compares the objects. A case that differs is
 * made as small as it gets and shown with both results and what runs it again.
 *
 * @param runs how many cases there are where the environment does not say otherwise.
 * @returns the cases, for a look at what they reach.
 */
export function holdAgainstKustomize(cases: Arbitrary<Case>, runs: number): readonly Case[] {
  const all = fc.sample(cases, { seed, numRuns: Math.ceil(runs * factor) });
  for (let start = 0; start < all.length; start += batch) {
    const some = all.slice(start, start + batch);
    const theirs = theirsOf(some);
    const index = some.findIndex((given, at) => !agree(oursOf(given), theirs[at] ?? []));
    if (index >= 0) show(smallest(cases, start + index));
  }
  return all;
}

/** The smallest case that differs, as far as a minute of looking finds one. */
function smallest(cases: Arbitrary<Case>, index: number): Case {
  const property = fc.property(cases, (given) => agree(oursOf(given), theirsOf([given])[0] ?? []));
  const path = String(index);
  const { counterexample } = fc.check(property, { seed, path, interruptAfterTimeLimit: 60_000 });
  const [found] = counterexample ?? fc.sample(cases, { seed, numRuns: index + 1 }).slice(-1);
  if (!found) throw new Error(`case ${index} of seed ${seed} differs among others, but not alone`);
  return found;
}

const say = (outcome: Outcome | undefined): string =>
  outcome instanceof Error ? outcome.message : JSON.stringify(outcome, null, 1);

function show(given: Case): never {
  const [ours, [theirs]] = [oursOf(given), theirsOf([given])];
  const what = { case: JSON.stringify(given, null, 1), ours: say(ours), Kustomize: say(theirs) };
  const text = Object.entries(what).map(([name, said]) => `--- ${name}\n${said}`);
  expect.fail(`Kustomize differs (COMPOSE_SEED=${seed})\n${text.join("\n")}`);
}
