import type { FieldOf, IsUnion } from "./define.ts";
import type { mergeKeys } from "./merge-keys.ts";
import type { BuiltInKinds } from "./newer-fields.ts";

/** Whether lists are merged as Kubernetes merges its own kinds, or as those of custom kinds. */
export type Merging = "built-in" | "custom";

/** The API groups of Kubernetes itself that have a dot; no group of a custom kind is without one. */
type BuiltInGroup = keyof BuiltInKinds extends infer Id
  ? Id extends `${infer Group}/${string}/${string}`
    ? Group
    : never
  : never;

export type MergingOf<O> = O extends { readonly apiVersion?: infer Version }
  ? NonNullable<Version> extends `${infer Group}/${string}`
    ? Group extends `${string}.${string}`
      ? Group extends BuiltInGroup
        ? "built-in"
        : "custom"
      : "built-in"
    : "built-in"
  : "custom";

type MergeKeys = typeof mergeKeys;

/** The merge keys of a list, or never for an atomic one. Some names stand for different lists in different objects. */
export type KeysOf<Name, Element, Parent, M extends Merging> = M extends "custom"
  ? readonly ["name"]
  : Name extends keyof MergeKeys
    ? MergeKeys[Name] extends readonly string[]
      ? MergeKeys[Name]
      : Variant<MergeKeys[Name], Element, Parent>
    : never;

/** Tells lists of one name apart by a field that only the element, or only the object around the list, has. */
type Variant<Variants, Element, Parent> = {
  [Mark in keyof Variants]: Mark extends FieldOf<Element> | FieldOf<Parent> ? Variants[Mark] : never;
}[keyof Variants];

export type ElementOf<B> = B extends readonly (infer El)[] ? El : never;

/** What an element may be called: by its first key, by the first two and so on, by all: `8080` or `"8080/TCP"`. */
export type NameOf<El, Keys> = El extends unknown
  ? Keys extends readonly [infer First, ...infer Rest]
    ? ElementPart<El, First> extends infer V extends string | number
      ? V | (Rest extends readonly [unknown, ...unknown[]] ? `${V}/${NameFrom<El, Rest>}` : never)
      : never
    : never
  : never;

type NameFrom<El, Keys> = Keys extends readonly [infer First, ...infer Rest]
  ? | PartOrNone<El, First>
    | (Rest extends readonly [] ? never : `${PartOrNone<El, First>}/${NameFrom<El, Rest>}`)
  : never;

export type ElementPart<El, Key> = Key extends keyof El
  ? Extract<El[Key], string | number>
  : Key extends "protocol"
    ? "TCP"
    : never;

/** By what no other element of the list may go: all its keys. */
export type FullName<El, Keys> = El extends unknown
  ? Keys extends readonly [infer First, ...infer Rest]
    ? Rest extends readonly []
      ? PartOrNone<El, First>
      : `${PartOrNone<El, First>}/${FullName<El, Rest>}`
    : never
  : never;

export type PartOrNone<El, Key> = [ElementPart<El, Key>] extends [never] ? "" : `${ElementPart<El, Key>}`;

/** The elements of a list that go by a name. */
export type ElementNamed<B, Name, Keys> =
  ElementOf<B> extends infer El
    ? El extends unknown
      ? Name extends NameOf<El, Keys>
        ? El
        : never
      : never
    : never;

/**
 * Whether a name stands for several elements: `53` where there is one of TCP and one of UDP, which other keys tell apart.
 * Where there is no other key, it does where it is the name of two places of the list.
 */
export type IsAmbiguous<B, Name, Keys> =
  true extends IsUnion<
    Keys extends readonly [unknown] ? PlacesOf<B, Name, Keys> : FullName<ElementNamed<B, Name, Keys>, Keys>
  >
    ? true
    : false;

type PlacesOf<B, Name, Keys> = {
  [Index in keyof B]: Name extends NameOf<B[Index], Keys> ? Index : never;
}[keyof B & `${number}`];

/** What the compiler knows of a list of the base: nothing is there, the names of its elements, or that there is a list. */
export type ListKnowledge<B, Keys> = unknown extends B
  ? "absent"
  : [B] extends [undefined | readonly []]
    ? "absent"
    : [ElementOf<B>] extends [never]
      ? "absent"
      : false extends (
            ElementOf<B> extends infer El ? (El extends unknown ? IsNamed<El, Keys> : never) : never
          )
        ? "unnamed"
        : "named";

type IsNamed<El, Keys> = [NameOf<El, Keys>] extends [never]
  ? false
  : string extends NameOf<El, Keys>
    ? false
    : number extends NameOf<El, Keys>
      ? false
      : true;
