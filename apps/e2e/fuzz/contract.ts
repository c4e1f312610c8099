import { isDeepStrictEqual } from "node:util";

/** An input that breaks what is promised of every input. */
export class BrokenContract extends Error {
  override readonly name = "BrokenContract";
}

/** What is reported of an error that the user can fix; undefined for a fault of ours. */
export type Reported = (error: unknown) => unknown;

/**
 * Holds a reader of foreign text to its contract: it gives a value or reports an error, the same both times, and leaves
 * the prototypes as they are. Whatever else it throws is a finding.
 */
export async function hold(act: () => unknown, reported: Reported): Promise<unknown> {
  const first = await outcome(act, reported);
  const second = await outcome(act, reported);
  if (!isDeepStrictEqual(first, second)) throw new BrokenContract("the same input gives another result");
  const changed = changedPrototype();
  if (changed !== undefined) throw new BrokenContract(`${changed} was changed`);
  return first;
}

async function outcome(act: () => unknown, reported: Reported): Promise<unknown> {
  try {
    return { value: await act() };
  } catch (error) {
    const problems = reported(error);
    if (problems === undefined) throw error;
    return { problems };
  }
}

const builtIns = [Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Date, Error, Promise];
const contentsOf = (prototype: object): unknown[] =>
  Reflect.ownKeys(prototype).flatMap((key) => [
    key,
    ...(Object.values(Object.getOwnPropertyDescriptor(prototype, key) ?? {}) as unknown[]),
  ]);
const untouched = builtIns.map((builtIn) => contentsOf(builtIn.prototype));

function changedPrototype(): string | undefined {
  const changed = builtIns.find(({ prototype }, index) => {
    const now = contentsOf(prototype);
    const before = untouched[index] ?? [];
    return now.length !== before.length || now.some((each, at) => !Object.is(each, before[at]));
  });
  return changed && `${changed.name}.prototype`;
}
