import type { At, DeepReadonly, FieldOf, IsUnion, Marked, Shape, ValuesOf } from "./define.ts";
import type {
  ElementNamed,
  ElementOf,
  FullName,
  IsAmbiguous,
  KeysOf,
  ListKnowledge,
  Merging,
  MergingOf,
  NameOf,
  ElementPart,
  PartOrNone,
} from "./list-names.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { AddedBy, ListPatch, NewElements, PatchBody } from "./typed-patch.ts";

/*
 * What the compiler cannot see by the types of the fields: whether what is new is new, and what is named is there. Where a
 * patch does not fit, the type says why: as the type that has no such field, or as a sentence.
 */

/** Shown where a patch names what the compiler does not know. */
export type DefineIt =
  "the compiler does not know this object's fields and names: declare it with define<Kind>()({ ... })";

/**
 * A body as it should be: itself, where it fits its target. Where it has a field too many it fits nothing when it is
 * checked, because for a type alone that is no fault; to say so, it is held against the type without the field.
 */
export type BodyFit<O, B, S extends FitStep> =
  IsWide<O> extends true
    ? DefineIt
    : IsLoose<O> extends true
      ? [B] extends [PatchBody<Shape<O>, O, MergingOf<O>> & RootFit<Shape<O>, O, B, MergingOf<O>, "check">]
        ? B
        : DefineIt
      : RootFit<Shape<O>, O, B, MergingOf<O>, S>;

type FitStep = "check" | "say";

type Otherwise<T, S extends FitStep> = S extends "check" ? never : T;

/** What a body is held against before it is known in detail. */
export type AnyBody<O> = true extends IsWide<O> | IsLoose<O> ? object : PatchBody<Shape<O>, O, MergingOf<O>>;

/** Whether nothing but the identity is known, as of a KubernetesObject that was read, or that some patch was of it. */
type IsWide<O> = O extends { readonly kind: infer Kind }
  ? string extends Kind
    ? [Exclude<FieldOf<O>, keyof KubernetesObject>] extends [never]
      ? true
      : false
    : false
  : true;

/** Whether it is a literal whose kind the compiler has forgotten: it knows the fields that are there, and no others. */
type IsLoose<O> = O extends { readonly kind: infer Kind } ? (string extends Kind ? true : false) : false;

type RootFit<T, O, B, M extends Merging, S extends FitStep> =
  IsKnown<T, B> extends true
    ? {
        readonly [K in keyof B]: K extends "apiVersion" | "kind"
          ? Same<At<O, K>, B[K]>
          : K extends "metadata"
            ? MetadataFit<NonNullable<At<T, K>>, At<O, K>, B[K], M, S>
            : FieldFit<K, NonNullable<At<T, K>>, At<O, K>, B[K], T, M, S>;
      }
    : Otherwise<PatchBody<T, O, M>, S>;

type MetadataFit<T, O, B, M extends Merging, S extends FitStep> = B extends null
  ? "metadata has the object's name and cannot be removed: remove the fields that are too much"
  : IsKnown<T, B> extends true
    ? {
        readonly [K in keyof B]: K extends "name" | "namespace"
          ? Same<At<O, K>, B[K]>
          : FieldFit<K, NonNullable<At<T, K>>, At<O, K>, B[K], T, M, S>;
      }
    : Otherwise<PatchBody<T, O, M>, S>;

type Same<Own, B> = [B] extends [Own]
  ? B
  : Own | "a patch cannot make another object of its target: leave the field out, or declare the object anew";

type IsKnown<T, B> = [Exclude<keyof B, FieldOf<T> | symbol>] extends [never] ? true : false;

type Fit<T, O, B, M extends Merging, S extends FitStep> =
  IsKnown<T, B> extends true
    ? { readonly [K in keyof B]: FieldFit<K, NonNullable<At<T, K>>, At<O, K>, B[K], T, M, S> }
    : Otherwise<PatchBody<T, O, M>, S>;

type FieldFit<Name, V, O, B, Parent, M extends Merging, S extends FitStep> = B extends null
  ? [M, Name, HasContainers<V>] extends ["built-in", "spec" | "template" | "jobTemplate", true]
    ? WithoutContainers
    : B
  : M extends "built-in"
    ? ValueOrListFit<Name, V, O, B, Parent, M, S>
    : IsMisshapen<V, O, B> extends true
      ? Otherwise<
          { readonly [K in keyof B]: [SentenceOf<V, K>] extends [never] ? B[K] : SentenceOf<V, K> },
          S
        >
      : ValueOrListFit<Name, V, O, B, Parent, M, S>;

type WithoutContainers = "a pod needs a container: remove another, or add one";

/** Whether it is a pod, or what describes one. */
type HasContainers<V> = V extends { readonly containers: unknown }
  ? true
  : [At<V, "spec" | "template" | "jobTemplate">] extends [never]
    ? false
    : HasContainers<NonNullable<At<V, "spec" | "template" | "jobTemplate">>>;

type ValueOrListFit<
  Name,
  V,
  O,
  B,
  Parent,
  M extends Merging,
  S extends FitStep,
> = V extends readonly (infer E)[]
  ? B extends readonly unknown[]
    ? M extends "built-in"
      ? [KeysOf<Name, E, Parent, M>] extends [never]
        ? WholeFit<V, B, S, ValuesOf<Parent, Name>>
        : ListKnowledge<O, KeysOf<Name, E, Parent, M>> extends "absent"
          ? WholeFit<V, B, S>
          : "the base has this list: change elements by name, put new ones into $add, or a whole list into $replace"
      : WholeFit<V, B, S, ValuesOf<Parent, Name>>
    : ListFit<Name, E, O, B, KeysOf<Name, E, Parent, M>, M, S>
  : V extends object
    ? V extends Marked
      ? B
      : string extends keyof V
        ? B
        : Fit<V, O, B, M, S>
    : ValueFit<B, ValuesOf<Parent, Name>>;

/*
 * A type of several shapes says in sentences what a shape must not have: where it is the type of a field that may be left
 * out. `{ url?: "state one: url or host", host: string }`
 */

/** Whether the patch leaves an object that had one of the shapes without any, by a field that a sentence is about. */
type IsMisshapen<V, O, B> = [IsUnion<V>, IsUnion<O>] extends [true, false]
  ? O extends object
    ? [{ [K in keyof B]: SentenceOf<V, K> }[keyof B]] extends [never]
      ? false
      : [ShapeWith<V, keyof O>] extends [never]
        ? false
        : [ShapeWith<V, LeftBy<O, B>>] extends [never]
          ? true
          : false
    : false
  : false;

/** What the shapes that must not have a field say of it. */
type SentenceOf<V, K> = V extends unknown
  ? K extends keyof V
    ? [Exclude<V[K], undefined>] extends [`${string} ${string}`]
      ? Exclude<V[K], undefined>
      : never
    : never
  : never;

/** The names of the fields that an object has after a patch. */
type LeftBy<O, B> = Exclude<keyof O, keyof B> | { [K in keyof B]: B[K] extends null ? never : K }[keyof B];

/** The shapes that an object of these fields has. */
type ShapeWith<V, Names> = V extends object
  ? [Exclude<RequiredIn<V>, Names> | (ForbiddenIn<V> & Names)] extends [never]
    ? V
    : never
  : never;

type RequiredIn<V> = { [K in keyof V]-?: {} extends Pick<V, K> ? never : K }[keyof V];

type ForbiddenIn<V> = { [K in keyof V]-?: [SentenceOf<V, K>] extends [never] ? never : K }[keyof V];

/** A value that is given whole. */
type WholeFit<T, B, S extends FitStep, Values = never> = B extends readonly unknown[]
  ? T extends readonly (infer E)[]
    ? { readonly [I in keyof B]: WholeFit<E, B[I], S, Values> }
    : B
  : B extends object
    ? [FieldOf<T>] extends [never]
      ? B
      : IsKnown<T, B> extends true
        ? { readonly [K in keyof B]: WholeFit<NonNullable<At<T, K>>, B[K], S, ValuesOf<T, K>> }
        : Otherwise<DeepReadonly<T>, S>
    : ValueFit<B, Values>;

type ValueFit<B, Values> = [Values] extends [never]
  ? B
  : string extends B
    ? B
    : [B] extends [Values | "" | null | undefined]
      ? B
      : Values;

type Directive = keyof NewElements<unknown, never>;

type ListFit<Name, E, O, B, Keys, M extends Merging, S extends FitStep> = {
  absent: ElementsFit<E, readonly [], B, Keys, M, S>;
  unnamed: [Exclude<keyof B, Directive>] extends [never]
    ? ElementsFit<E, readonly [], B, Keys, M, S>
    : DefineIt;
  named: Name extends "containers"
    ? [LeftOf<O, B, Keys> | AddedBy<B>] extends [never]
      ? M extends "custom"
        ? ElementsFit<E, O, B, Keys, M, S>
        : WithoutContainers
      : ElementsFit<E, O, B, Keys, M, S>
    : ElementsFit<E, O, B, Keys, M, S>;
}[ListKnowledge<O, Keys>];

type ElementsFit<E, O, B, Keys, M extends Merging, S extends FitStep> = [
  Exclude<keyof B, Directive | NameOf<ElementOf<O> | ElementOf<LeftIn<O, B>>, Keys>>,
] extends [never]
  ? {
      readonly [K in keyof B]: K extends Directive
        ? DirectiveFit<K, E, O, B, Keys, S>
        : [ElementNamed<LeftIn<O, B>, K, Keys>] extends [never]
          ? "this element is not in $replace"
          : IsAmbiguous<LeftIn<O, B>, K, Keys> extends true
            ? SeveralNamed<Keys>
            : B[K] extends null
              ? null
              : ElementFit<K, E, ElementNamed<LeftIn<O, B>, K, Keys>, B[K], Keys, M, S>;
    }
  : Otherwise<ListPatch<E, O, Keys, M>, S>;

/** The change of one element, which keeps the keys that it is named by. */
type ElementFit<Name, E, El, B, Keys, M extends Merging, S extends FitStep> = [
  RenamedBy<Name, El, B, Keys>,
] extends [never]
  ? Fit<E, El, B, M, S>
  : {
      readonly [K in keyof B]: K extends RenamedBy<Name, El, B, Keys>
        ? "the key says which element is meant: leave this field out, or put a new element into $add"
        : B[K];
    };

/** The keys of an element that a change sets to something else. */
type RenamedBy<Name, El, B, Keys> = Keys extends readonly (infer Key)[]
  ? [keyof B & Key] extends [never]
    ? never
    : {
        [K in keyof B & KeysIn<Name, El, Keys>]: B[K] extends ElementPart<El, K> | null ? never : K;
      }[keyof B & KeysIn<Name, El, Keys>]
  : never;

/** The keys whose values a name has: the first, the first two and so on, or all. */
type KeysIn<Name, El, Keys, Before extends string = ""> = Keys extends readonly [infer First, ...infer Rest]
  ? `${Before}${PartOrNone<El, First>}` extends infer Text extends string
    ? `${Name & (string | number)}` extends Text
      ? First
      : First | KeysIn<Name, El, Rest, `${Text}/`>
    : never
  : never;

type SeveralNamed<Keys> = Keys extends readonly [unknown]
  ? "several elements go by this name: give the whole list"
  : 'several elements go by this name: add the keys that tell them apart, as in "53/TCP" or "53/UDP"';

/** The list that a record form changes: the base's, or the one that it is replaced with. */
type LeftIn<O, B> = B extends { readonly $replace: infer Whole } ? Whole : O;

/** The elements that a record form does not remove. */
type LeftOf<O, B, Keys> =
  ElementOf<LeftIn<O, B>> extends infer El
    ? El extends unknown
      ? Removed<El, B, Keys> extends true
        ? never
        : El
      : never
    : never;

type Removed<El, B, Keys> = [NameOf<El, Keys> & keyof B] extends [never]
  ? false
  : [B[NameOf<El, Keys> & keyof B]] extends [null]
    ? true
    : false;

type DirectiveFit<K extends Directive, E, O, B, Keys, S extends FitStep> = K extends keyof B
  ? K extends "$before" | "$after"
    ? BesideFit<E, B[K], LeftOf<O, B, Keys>, Keys, S>
    : K extends "$replace"
      ? WholeFit<readonly E[], B[K], S>
      : AddedFit<E, B[K], FullName<LeftOf<O, B, Keys>, Keys>, Keys, S>
  : never;

type BesideFit<E, B, Left, Keys, S extends FitStep> = [Exclude<keyof B, NameOf<Left, Keys>>] extends [never]
  ? {
      readonly [Name in keyof B]: IsAmbiguous<readonly Left[], Name, Keys> extends true
        ? SeveralNamed<Keys>
        : AddedFit<E, B[Name], FullName<Left, Keys>, Keys, S>;
    }
  : Otherwise<NonNullable<NewElements<E, NameOf<Left, Keys>>["$before"]>, S>;

type AddedFit<E, B, Taken, Keys, S extends FitStep> = {
  readonly [I in keyof B]: B[I] extends object
    ? string extends Taken
      ? WholeFit<E, B[I], S>
      : FullName<B[I], Keys> extends Taken
        ? "the list has an element of this name already: change it by its name"
        : WholeFit<E, B[I], S>
    : B[I];
};
