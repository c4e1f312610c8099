import type { KubernetesObject } from "@atlas/compose";
import { compose } from "@atlas/compose";
import type { JsonOperation } from "@atlas/compose/patches";
import fc, { type Arbitrary } from "fast-check";
import { isObject, type Plain } from "../src/value/plain.ts";
import { layerOf } from "./cases.ts";
import { customKind, freeValue } from "./custom-kinds.ts";
import { caseMark } from "./kubectl.ts";

/** Every place in a value, as a pointer, and what stands there. */
function placesIn(value: Plain, pointer: string): [string, Plain][] {
  const inner: [string, Plain | undefined][] = Array.isArray(value)
    ? value.map((item: Plain, index) => [String(index), item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return inner.flatMap(([name, item]) => {
    const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return item === undefined ? [] : [[at, item] as [string, Plain], ...placesIn(item, at)];
  });
}

/** An operation that Kustomize applies, on any place within the spec. */
function operationOn(spec: Plain): Arbitrary<JsonOperation> {
  const places = placesIn(spec, "/spec");
  const containers = [["/spec", spec] as const, ...places].filter(
    ([, value]) => typeof value === "object" && value !== null,
  );
  const newPlace = fc
    .tuple(fc.constantFrom(...containers), fc.constantFrom("new", "a/b", "~"), fc.nat())
    .map(([[pointer, value], name, index]) => {
      const escaped = name.replaceAll("~", "~0").replaceAll("/", "~1");
      const end = Array.isArray(value) ? [...value.keys(), "-"][index % (value.length + 1)] : escaped;
      return `${pointer}/${end}`;
    });
  const add = fc.record({ op: fc.constant("add" as const), path: newPlace, value: freeValue(2) });
  if (places.length === 0) return add;
  const old = fc.constantFrom(...places);
  const path = old.map(([pointer]) => pointer);
  return fc.oneof(
    add,
    fc.record({ op: fc.constant("replace" as const), path, value: freeValue(2) }),
    path.map((from) => ({ op: "remove" as const, path: from })),
    old.map(([pointer, value]) => ({ op: "test" as const, path: pointer, value })),
    fc.record({ op: fc.constant("copy" as const), from: path, path: newPlace }),
    path.map((from) => ({
      op: "move" as const,
      from,
      path: from === "/spec/moved" ? "/spec/again" : "/spec/moved",
    })),
  );
}

/** Operations, each of which is made for what the ones before leave. */
export function operationsOn(
  object: KubernetesObject & { spec: Plain },
  count: number,
): Arbitrary<JsonOperation[]> {
  if (count === 0) return fc.constant([]);
  return operationOn(object.spec).chain((operation) => {
    const layers = [{ resources: [object], patches: [{ target: object, operations: [operation] }] }];
    const [next] = compose(layerOf({ layers }));
    return operationsOn(next as typeof object, count - 1).map((others) => [operation, ...others]);
  });
}

/** An object whose field names need escapes in a pointer. */
export const awkwardObject: Arbitrary<KubernetesObject & { spec: Plain }> = fc
  .dictionary(fc.constantFrom("a", "b/c", "~d", "~1", "e"), freeValue(3))
  .map((spec) => ({ ...customKind, metadata: { name: caseMark }, spec }));
