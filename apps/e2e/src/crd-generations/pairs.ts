import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { withSchema, type WidgetCrd } from "./crd.ts";
import { changes, widget, type WidgetChange } from "./widgets.ts";

/** Two generations of a CRD, the one that objects are stored by first. */
export interface Pair {
  readonly name: string;
  readonly generations: readonly [WidgetCrd, WidgetCrd];
}

const changedWidget = (some: readonly WidgetChange[]): WidgetCrd =>
  some.reduce((crd, { of }) => withSchema(crd, of), widget);

/** Each change by itself, made and taken back. */
export const singlePairs = (): Pair[] =>
  changes.flatMap((change) => [
    { name: change.name, generations: [widget, changedWidget([change])] },
    { name: `${change.name}, taken back`, generations: [changedWidget([change]), widget] },
  ]);

/** Generations that differ by as many changes as do not meet, by chance: always the same for a seed. */
export function randomPairs(count: number, seed: number): Pair[] {
  const random = numbers(seed);
  const some = (): WidgetChange[] => {
    const groups = [...Map.groupBy(changes, ({ on }) => on).values()];
    return groups.flatMap((group) =>
      random() < 0.6 ? [] : (group[Math.floor(random() * group.length)] ?? []),
    );
  };
  return Array.from({ length: count }, () => {
    const [before, after] = [some(), some()];
    return {
      name: `${changeNames(before)} → ${changeNames(after)}`,
      generations: [changedWidget(before), changedWidget(after)],
    };
  });
}

const changeNames = (list: readonly WidgetChange[]): string =>
  list.map(({ name }) => name).join(", ") || "nothing";

/** Numbers from 0 to 1 that look random (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every two generations of each CRD in a folder, both ways: the files of a generation lie in a folder of its own. */
export function pairsOfFolder(folder: string): Pair[] {
  const generations = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, crds: crdsOfFolder(join(folder, name)) }));
  return generations.flatMap((before) =>
    generations.flatMap((after) =>
      before === after
        ? []
        : before.crds.flatMap((crd) => {
            const other = after.crds.find(({ metadata }) => metadata.name === crd.metadata.name);
            const name = `${crd.metadata.name} ${before.name} → ${after.name}`;
            return other ? [{ name, generations: [crd, other] as const }] : [];
          }),
    ),
  );
}

const crdsOfFolder = (folder: string): WidgetCrd[] =>
  globSync("**/*.{yaml,yml,json}", { cwd: folder }).flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), "utf8"))
      .map((document): WidgetCrd | null => document.toJS())
      .filter((value): value is WidgetCrd => value?.kind === "CustomResourceDefinition"),
  );
