import type { mergeKeys } from "./merge-keys.ts";
import type { KubernetesObject } from "./object.ts";
import { rememberCall } from "./places.ts";

declare const shape: unique symbol;

/** An object kept literal, with the type that it was checked against. */
export type Defined<T, O> = O & { readonly [shape]?: T };

/** The type that an object was declared with; an object that was not declared stands for itself. */
export type Shape<O> = O extends { readonly [shape]?: infer T } ? (unknown extends T ? O : T) : O;

type MergeKeys = typeof mergeKeys;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** Turns fields that the type does not have into errors, at any depth. */
type Exact<T, O> = O extends readonly unknown[]
  ? { readonly [I in keyof O]: Exact<T extends readonly (infer E)[] ? E : unknown, O[I]> }
  : O extends object
    ? { readonly [K in keyof O]: K extends keyof T ? Exact<NonNullable<T[K]>, O[K]> : UnknownField<K, T> }
    : unknown;

interface UnknownField<K, T> {
  readonly "this field does not exist": K;
  readonly "fields are": keyof T;
}

/**
 * Declares an object: checks it in full against its type and keeps it literal, so that a patch knows its containers,
 * ports and labels by name.
 *
 * @example
 * define<ServiceAccount>()({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "shop" } });
 */
export function define<T extends object>(): <
  const O extends DeepReadonly<T> & Pick<KubernetesObject, "apiVersion" | "kind" | "metadata">,
>(
  object: O & Exact<T, O>,
) => Defined<T, O> {
  return function defined(object) {
    return rememberCall(object, defined, object);
  };
}

/** The merge keys of a list, or never for an atomic one. Some names stand for different lists in different objects. */
type KeysOf<Name, Element, Parent> = Name extends keyof MergeKeys
  ? MergeKeys[Name] extends readonly string[]
    ? MergeKeys[Name]
    : Variant<MergeKeys[Name], Element, Parent>
  : never;

/** Tells lists of one name apart by a field that only the element, or only the object around the list, has. */
type Variant<Variants, Element, Parent> = {
  [Mark in keyof Variants]: Mark extends keyof Element | keyof Parent ? Variants[Mark] : never;
}[keyof Variants];

/** The changes that an object of type T takes; `O` is the object as the base has it. */
export type PatchBody<T, O> = {
  readonly [K in keyof T as K extends typeof shape ? never : K]?:
    | FieldPatch<K, NonNullable<T[K]>, K extends keyof O ? O[K] : unknown, T>
    | (undefined extends T[K] ? null : never);
};

type FieldPatch<Name, V, B, Parent> = V extends readonly (infer E)[]
  ? [KeysOf<Name, E, Parent>] extends [never]
    ? DeepReadonly<V>
    : ListPatch<E, B, KeysOf<Name, E, Parent>>
  : V extends object
    ? string extends keyof V
      ? { readonly [K in keyof V]?: DeepReadonly<V[K]> | null }
      : PatchBody<V, B>
    : V;

/** The changes of a list merged by key: by the keys that the base has, and `$add` and `$replace`. */
export type ListPatch<E, B, Keys> = {
  readonly [El in ElementOf<B> as NameOf<El, Keys>]?: PatchBody<E, El> | null;
} & {
  /** New elements, after those that are there. */
  readonly $add?: readonly DeepReadonly<E>[];
  /** The whole list, in place of the one that is there. */
  readonly $replace?: readonly DeepReadonly<E>[];
};

type ElementOf<B> = B extends readonly (infer El)[] ? El : never;

/** What an element may be called: by its first key, or by the first two: `8080` or `"8080/TCP"`. */
type NameOf<El, Keys> = Keys extends readonly [infer First, ...infer Rest]
  ? Part<El, First> extends infer V extends string | number
    ? V | (Rest extends readonly [infer Second, ...unknown[]] ? `${V}/${Part<El, Second>}` : never)
    : never
  : never;

type Part<El, Key> = Key extends keyof El
  ? Extract<El[Key], string | number>
  : Key extends "protocol"
    ? "TCP"
    : never;
