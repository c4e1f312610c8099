import type { DeepReadonly, Marked, Quantified, QuantityOf } from "./define.ts";
import type { quantities } from "./newer-fields.ts";
import type { ElementOf, KeysOf, ListKnowledge, Merging, NameOf } from "./list-names.ts";

/** The changes that an object of type T takes; `O` is the object as the base has it. */
export type PatchBody<T, O, M extends Merging = "built-in"> = {
  readonly [K in keyof T as K extends symbol ? never : K]?:
    | FieldPatch<K, StatedField<T, K>, K extends keyof O ? O[K] : unknown, T, M>
    | (undefined extends T[K] ? null : never);
};

/** What a field may hold in a patch. */
type StatedField<T, K extends keyof T> = typeof quantities extends keyof T
  ? K extends QuantityOf<T>
    ? Quantified<NonNullable<T[K]>>
    : NonNullable<T[K]>
  : NonNullable<T[K]>;

type FieldPatch<Name, V, B, Parent, M extends Merging> = V extends readonly (infer E)[]
  ? [KeysOf<Name, E, Parent, M>] extends [never]
    ? DeepReadonly<V>
    : KeyedPatch<E, B, KeysOf<Name, E, Parent, M>, M>
  : V extends Marked
    ? V
    : V extends object
      ? string extends keyof V
        ? { readonly [K in keyof V]?: DeepReadonly<V[K]> | null }
        : PatchBody<V, B, M>
      : V;

/** A list that the base does not have is given as it is; one that it has, by name. One of a custom kind, either way. */
type KeyedPatch<E, B, Keys, M extends Merging> = {
  absent: readonly DeepReadonly<E>[] | (M extends "custom" ? never : NewElements<E, never>);
  // A list compiles at first, so that it can be refused with a sentence.
  named: ListPatch<E, B, Keys, M> | (M extends "custom" ? readonly DeepReadonly<E>[] : readonly unknown[]);
  unnamed: M extends "custom" ? readonly DeepReadonly<E>[] : { readonly [Name in string]: unknown };
}[ListKnowledge<B, Keys>];

/** The changes of a list merged by key: by the keys that the base has, and what is new. */
export type ListPatch<E, B, Keys, M extends Merging = "built-in"> = {
  readonly [El in ElementOf<B> as NameOf<El, Keys>]?: PatchBody<E, El, M> | null;
} & NewElements<E, NameOf<ElementOf<B>, Keys>>;

/** What is new in a list that is merged by key. `Names` are the elements that the base has. */
export interface NewElements<E, Names extends string | number> {
  /** New elements, after those that are there. */
  readonly $add?: readonly DeepReadonly<E>[];
  /** New elements, before those that are there. */
  readonly $first?: readonly DeepReadonly<E>[];
  /** New elements, before one that is there. */
  readonly $before?: { readonly [Name in Names]?: readonly DeepReadonly<E>[] };
  /** New elements, after one that is there. */
  readonly $after?: { readonly [Name in Names]?: readonly DeepReadonly<E>[] };
  /** The whole list, in place of the one that is there. */
  readonly $replace?: readonly DeepReadonly<E>[];
}

/** The object as a patch leaves it: what it has added has a name now, and what it has removed has none. */
export type After<T, O, B, M extends Merging> = {
  readonly [
    K in keyof O | keyof B as K extends symbol
      ? never
      : K extends keyof B
        ? B[K] extends null
          ? never
          : K
        : K
  ]: K extends keyof B
    ? AfterField<
        K,
        K extends keyof T ? NonNullable<T[K]> : unknown,
        K extends keyof O ? O[K] : unknown,
        B[K],
        T,
        M
      >
    : K extends keyof O
      ? O[K]
      : never;
};

type AfterField<Name, V, O, B, Parent, M extends Merging> = B extends readonly unknown[]
  ? B
  : B extends object
    ? V extends readonly (infer E)[]
      ? readonly (AfterList<E, O, B, KeysOf<Name, E, Parent, M>, M> | AddedBy<B>)[]
      : After<V, O extends object ? O : {}, B, M>
    : B;

type AfterList<E, O, B, Keys, M extends Merging> = "$replace" extends keyof B
  ? ElementOf<B["$replace"]>
  : ElementOf<O> extends infer El
    ? El extends unknown
      ? [NameOf<El, Keys> & keyof B] extends [never]
        ? El
        : B[NameOf<El, Keys> & keyof B] extends infer Change
          ? [Change] extends [null]
            ? never
            : After<E, El, Change, M>
          : never
      : never
    : never;

/** The elements that a record form adds to its list. */
export type AddedBy<B> =
  | (B extends { readonly $add: infer Added } ? ElementOf<Added> : never)
  | (B extends { readonly $first: infer Added } ? ElementOf<Added> : never)
  | (B extends { readonly $before: infer Added } ? ElementOf<Added[keyof Added]> : never)
  | (B extends { readonly $after: infer Added } ? ElementOf<Added[keyof Added]> : never);
