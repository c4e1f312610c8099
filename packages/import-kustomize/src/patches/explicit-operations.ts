import type { KubernetesObject } from "@atlas/compose";
import type { JsonOperation } from "@atlas/compose/patches";
import { isYamlRecord } from "../read/cursor.ts";

/** The operations of a JSON patch, each of which says what it does. */
export interface ExplicitOperations {
  readonly operations: readonly JsonOperation[];
  /** The pointers of what was to be replaced and is not there, so that it is added. */
  readonly added: readonly string[];
}

/**
 * Operations as Kustomize takes them in the words of RFC 6902, which has no negative index and replaces only what is there.
 *
 * Source: `gopkg.in/evanphx/json-patch.v4`.
 *
 * @param after the object after some of the operations; undefined where they cannot be applied.
 */
export function explicitOperations(
  operations: readonly JsonOperation[],
  after: (operations: readonly JsonOperation[]) => KubernetesObject | undefined,
): ExplicitOperations {
  const done: JsonOperation[] = [];
  const added: string[] = [];
  for (const operation of operations) {
    const before = after([...done]);
    const counted = before ? withPositiveIndices(operation, before) : operation;
    const isNew = counted.op === "replace" && isMissing(counted.path, before);
    if (isNew) added.push(counted.path);
    done.push(isNew ? { ...counted, op: "add" } : counted);
  }
  return { operations: done, added };
}

const unescapedSegment = (segment: string): string => segment.replaceAll("~1", "/").replaceAll("~0", "~");

function withPositiveIndices(operation: JsonOperation, object: KubernetesObject): JsonOperation {
  const isInserted = operation.op === "add" || operation.op === "move" || operation.op === "copy";
  const path = positivePointer(operation.path, object, isInserted);
  if ("from" in operation) {
    const from = positivePointer(operation.from, object, false);
    return path === operation.path && from === operation.from ? operation : { ...operation, path, from };
  }
  // What is as it was keeps its place in the source.
  return path === operation.path ? operation : { ...operation, path };
}

/** A pointer whose indices count from the start; an element may also be inserted behind the last. */
function positivePointer(pointer: string, object: unknown, isInserted: boolean): string {
  let holder: unknown = object;
  const segments = pointer.split("/");
  const counted = segments.map((segment, position) => {
    if (position === 0) return segment;
    const length = Array.isArray(holder)
      ? holder.length + (isInserted && position === segments.length - 1 ? 1 : 0)
      : undefined;
    const own =
      length !== undefined && /^-[1-9]\d*$/.test(segment) ? String(length + Number(segment)) : segment;
    holder = holderMember(holder, unescapedSegment(own));
    return own;
  });
  return counted.join("/");
}

/** Whether an object has no such field; a list has no such index in Kustomize either. */
function isMissing(pointer: string, object: unknown): boolean {
  const segments = pointer.split("/").slice(1).map(unescapedSegment);
  const last = segments.pop();
  const holder = segments.reduce(holderMember, object);
  return last !== undefined && isYamlRecord(holder) && !Object.hasOwn(holder, last);
}

function holderMember(holder: unknown, name: string): unknown {
  if (Array.isArray(holder)) return holder[Number(name)] as unknown;
  return isYamlRecord(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}
