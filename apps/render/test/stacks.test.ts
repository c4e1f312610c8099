import {
  base,
  component,
  compose,
  ComposeError,
  overlay,
  unstatedNamespaces,
  type KubernetesObject,
  type Layer,
  type LayerContent,
} from "@atlas/compose";
import { configMapGenerator } from "@atlas/compose/generators";
import fc, { type Arbitrary } from "fast-check";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { writeFolders } from "../src/output/environment-folders.ts";
import { temporaryFolder } from "./command.ts";

/** More stacks, or others: `STACKS=2000 STACKS_SEED=7`. */
const runs = Number(process.env["STACKS"] ?? 60);
const seed = Number(process.env["STACKS_SEED"] ?? 1);

/** What a layer of a random stack adds: objects that are named anew, and what refers to those there are so far. */
interface Part {
  readonly kinds: readonly ("ServiceAccount" | "ConfigMap" | "generated")[];
  readonly references: readonly number[];
  readonly binding: number | undefined;
  readonly namespace: "own" | "none";
}
interface Plan {
  readonly part: Part;
  readonly inComponent: Part | undefined;
  readonly namespace: string | undefined;
  readonly namePrefix: string | undefined;
  readonly nameSuffix: string | undefined;
  /** Which of the layers so far it stands on. */
  readonly below: readonly number[];
}

const maybe = <T>(value: Arbitrary<T>, often = 2): Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: often });
const part: Arbitrary<Part> = fc.record({
  kinds: fc.array(fc.constantFrom("ServiceAccount", "ConfigMap", "generated"), { maxLength: 2 }),
  references: fc.array(fc.nat({ max: 20 }), { maxLength: 2 }),
  binding: maybe(fc.nat({ max: 20 })),
  namespace: fc.constantFrom("none", "none", "none", "own"),
});
const plans: Arbitrary<Plan[]> = fc.array(
  fc.record({
    part,
    inComponent: maybe(part, 1),
    namespace: maybe(fc.constantFrom("x", "y", "z")),
    namePrefix: maybe(fc.constantFrom("a-", "b-"), 1),
    nameSuffix: maybe(fc.constantFrom("-1", "-2"), 1),
    below: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 2, maxLength: 5 },
);

interface Target {
  readonly kind: "ServiceAccount" | "ConfigMap";
  readonly name: string;
}

/** The layers of a plan, from the lowest to the highest; each stands on some of those before it. */
function layersOf(all: readonly Plan[]): Layer[] {
  const layers: { readonly layer: Layer; readonly targets: readonly Target[] }[] = [];
  for (const [index, plan] of all.entries()) {
    const below = [...new Set(plan.below.map((number) => layers[number % Math.max(index, 1)]))].filter(
      (layer) => layer !== undefined,
    );
    const targets = below.flatMap((layer) => layer.targets);
    const given =
      index === 0 ? { ...plan.part, kinds: [...plan.part.kinds, "ServiceAccount" as const] } : plan.part;
    const own = contentOf(given, `${index}`, targets);
    const piece = plan.inComponent && contentOf(plan.inComponent, `${index}c`, targets);
    const content: LayerContent = {
      ...own.content,
      ...(piece && { components: [component(piece.content)] }),
      ...(plan.namespace !== undefined && { namespace: plan.namespace }),
      ...(plan.namePrefix !== undefined && { namePrefix: plan.namePrefix }),
      ...(plan.nameSuffix !== undefined && { nameSuffix: plan.nameSuffix }),
    };
    const [first, ...others] = below.map(({ layer }) => layer);
    layers.push({
      layer: first ? overlay({ base: [first, ...others], ...content }) : base(content),
      targets: [...targets, ...own.targets, ...(piece?.targets ?? [])],
    });
  }
  return layers.map(({ layer }) => layer);
}

/** Each object is marked with what it is, and what refers to it with what it wants. */
function contentOf({ kinds, references, binding, namespace }: Part, id: string, below: readonly Target[]) {
  const own = kinds.map((kind, index): Target & { isGenerated: boolean } => ({
    kind: kind === "generated" ? "ConfigMap" : kind,
    name: `t${id}${"abc"[index]}`,
    isGenerated: kind === "generated",
  }));
  const visible = [...below, ...own];
  const space = namespace === "own" ? { namespace: `own-${id}` } : {};
  const mark = (name: string) => ({ name, labels: { is: name }, ...space });
  const chosen = (number: number): Target | undefined => visible[number % Math.max(visible.length, 1)];
  const pods = references.flatMap((number, index): KubernetesObject[] => {
    const target = chosen(number);
    if (!target) return [];
    const uses =
      target.kind === "ConfigMap"
        ? { containers: [{ name: "a", envFrom: [{ configMapRef: { name: target.name } }] }] }
        : { serviceAccountName: target.name, containers: [{ name: "a" }] };
    const metadata = { ...mark(`p${id}${"abc"[index]}`), annotations: { wants: target.name } };
    return [{ apiVersion: "v1", kind: "Pod", metadata, spec: uses } as KubernetesObject];
  });
  const account = binding === undefined ? undefined : chosen(binding);
  const bindings =
    account?.kind === "ServiceAccount"
      ? [
          {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: `b${id}`, labels: { is: `b${id}` }, annotations: { wants: account.name } },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
            subjects: [{ kind: "ServiceAccount", name: account.name }],
          },
        ]
      : [];
  const plain = own
    .filter(({ isGenerated }) => !isGenerated)
    .map(({ kind, name }) => ({ apiVersion: "v1", kind, metadata: mark(name) }));
  const generators = own
    .filter(({ isGenerated }) => isGenerated)
    .map(({ name }) => configMapGenerator({ name, literals: { id }, labels: { is: name }, ...space }));
  const content: LayerContent = { resources: [...plain, ...pods, ...bindings], generators };
  return { content, targets: own };
}

interface Marked extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly labels?: { readonly is?: string };
    readonly annotations?: { readonly wants?: string };
  };
  readonly spec?: {
    readonly serviceAccountName?: string;
    readonly containers: readonly {
      readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
    }[];
  };
  readonly subjects?: readonly { readonly name: string; readonly namespace?: string }[];
}

/** The references that do not lead to what they were written for. */
function dangling(objects: readonly Marked[]): string[] {
  return objects.flatMap((object) => {
    const { wants } = object.metadata.annotations ?? {};
    if (wants === undefined) return [];
    const { spec, subjects, metadata } = object;
    const [subject] = subjects ?? [];
    const name =
      subject?.name ?? spec?.serviceAccountName ?? spec?.containers[0]?.envFrom?.[0]?.configMapRef.name;
    const namespace = subject ? subject.namespace : metadata.namespace;
    const isThere = objects.some(
      ({ metadata: { labels, ...own } }) =>
        labels?.is === wants && own.name === name && own.namespace === namespace,
    );
    // In another namespace it cannot be reached, and may be meant to be another one.
    const isElsewhere =
      !subject &&
      !objects.some(
        ({ metadata: { labels, ...own } }) => labels?.is === wants && own.namespace === namespace,
      );
    return isThere || isElsewhere
      ? []
      : [`${object.kind}/${metadata.name} wants ${wants}, names ${name} in ${namespace}`];
  });
}

const parsed = (text: string): Marked[] =>
  parseAllDocuments(text, { version: "1.1" }).map((document): Marked => document.toJS());
const identityOf = ({ apiVersion, kind, metadata: { namespace, name } }: KubernetesObject): string =>
  JSON.stringify([apiVersion, kind, namespace, name]);
const inOrder = (objects: readonly Marked[]): Marked[] =>
  objects.toSorted((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));

/** What an error of a stack may say: that it is not clear what is meant, not that something else went wrong. */
const isAmbiguity =
  /may mean \d+ objects|the layers below stand in several|two objects are|is not there|applies to no object/;

test.skipIf(withoutKubectl)(
  `what is written of random stacks is what they say${withoutKubectl ? ` (skipped: ${withoutKubectl})` : ""}`,
  async () => {
    const seen = { rendered: 0, refused: 0, references: 0 };
    for (const plan of fc.sample(plans, { seed, numRuns: runs })) {
      const layer = layersOf(plan).at(-1);
      if (!layer) continue;
      let objects: readonly Marked[];
      try {
        objects = compose(layer);
        if (unstatedNamespaces(layer, objects).length > 0) {
          seen.refused++;
          continue;
        }
      } catch (error) {
        if (!(error instanceof ComposeError)) throw error;
        for (const { what } of error.problems) expect(what).toMatch(isAmbiguity);
        seen.refused++;
        continue;
      }
      seen.rendered++;
      seen.references += objects.filter(({ metadata }) => metadata.annotations?.wants).length;
      const said = JSON.stringify(plan);
      expect(dangling(objects), said).toEqual([]);
      expect(new Set(objects.map(identityOf)).size, said).toBe(objects.length);
      const folder = temporaryFolder();
      await writeFolders({
        renderings: (async function* () {
          yield { name: "env", namespace: layer.namespace, objects };
        })(),
        output: folder,
        set: "example",
        names: new Set(["env"]),
        format: "yaml",
        text: undefined,
        complete: new Map(),
      });
      expect(readdirSync(join(folder, "env")), said).toHaveLength(objects.length + 1);
      const built = execFileSync("kubectl", ["kustomize", join(folder, "env")], { encoding: "utf8" });
      const [ours, theirs] = [inOrder(objects), inOrder(parsed(built))];
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(ours)), theirs), said).toBe(true);
    }
    // The plans reach what the test is about.
    expect(seen.rendered).toBeGreaterThan(runs / 3);
    expect(seen.references).toBeGreaterThan(runs / 3);
  },
  600_000,
);
