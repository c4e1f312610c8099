import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Check } from "../problems/field-checks.ts";
import type { Problem } from "../problems/problem.ts";
import type { Plain } from "../value/plain.ts";
import type { Entry } from "./entry.ts";

/**
 * Something that a layer says of its objects in a field of its own. Each stands in a file here, and in the list of
 * `transforms.ts`; what a layer may say, what is wrong with it, and where a change is written follow from that.
 *
 * @typeParam Content the field, with what it holds.
 */
export interface Transform<Content extends object> {
  readonly field: keyof Content & string;
  /** What the field holds of a layer that says nothing. */
  readonly nothing: unknown;
  /** What is wrong with the form of the field, of which is known that it is plain data. */
  readonly check: Check;
  readonly saysSomething: (content: Content) => boolean;
  /** Changes the objects, and gives what is wrong with what is said. */
  readonly apply: (content: Content, scope: Scope) => readonly Problem[];
  /** The fields below the transform's own from which a changed value comes. */
  readonly origin: (content: Content, change: ChangedValue, entry: Entry) => readonly string[];
}

/** The objects that a transform may change. */
export interface Scope {
  readonly entries: readonly Entry[];
  /** The object of an entry; one that lies in a file is read. */
  readonly open: (entry: Entry) => KubernetesObject;
  /** Those that lie in no file, or have been read. */
  readonly plain: () => Entry<KubernetesObject>[];
}

/** A value of an object that a transform has changed. */
export interface ChangedValue {
  readonly fields: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

/** The fields that lead into an element of a list; none where it has no such element. */
export const inElement = (index: number, ...inner: readonly string[]): readonly string[] =>
  index < 0 ? [] : [String(index), ...inner];
