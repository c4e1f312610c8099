import type { BuiltInKinds, enumerations, optionals, quantities } from "./newer-fields.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { refuseFurther } from "../problems/further-arguments.ts";
import { rememberCall } from "../problems/places.ts";

declare const shape: unique symbol;

/** An object kept literal, with the type that it was checked against. */
export type Defined<T, O> = O & { readonly [shape]?: T };

/**
 * The type that an object was declared with. Of one that was not declared with {@link define}, apiVersion and kind tell the
 * type; a literal of another kind has the fields that it states.
 */
export type Shape<O> = O extends { readonly [shape]?: infer T }
  ? unknown extends T
    ? Undeclared<O>
    : T
  : Undeclared<O>;

type Undeclared<O> =
  IdOf<O> extends infer Id extends keyof BuiltInKinds
    ? BuiltInKinds[Id]
    : O extends { readonly metadata: { readonly name: infer Name } }
      ? string extends Name
        ? O
        : Widened<O>
      : O;

/** `apps/v1/Deployment` */
export type IdOf<O> = O extends { readonly apiVersion?: infer Version; readonly kind?: infer Kind }
  ? `${Version & string}/${Kind & string}`
  : never;

/** What a literal might as well be. */
type Widened<O> = O extends string
  ? string
  : O extends number
    ? number
    : O extends boolean
      ? boolean
      : O extends readonly (infer E)[]
        ? Widened<E>[]
        : O extends object
          ? { [K in keyof O]?: Widened<O[K]> }
          : O;

/**
 * A text or number, also one that a type marks as its own: `string & { [mark]: true }` is an object, too, to the compiler,
 * and has to be asked for before objects are.
 */
export type Marked = string | number;

/** A value of the type as a literal has it; a quantity may be a number, and what Kubernetes demands no more may be missing. */
export type DeepReadonly<T> = T extends Marked
  ? T
  : T extends object
    ? typeof quantities extends keyof T
      ? { readonly [K in keyof T]: DeepReadonly<K extends QuantityOf<T> ? Quantified<T[K]> : T[K]> }
      : typeof optionals extends keyof T
        ? { readonly [K in keyof T as K extends OptionalOf<T> ? never : K]: DeepReadonly<T[K]> } & {
            readonly [K in keyof T as K extends OptionalOf<T> ? K : never]?: DeepReadonly<T[K]>;
          }
        : { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

type OptionalOf<T> = T extends { readonly [optionals]?: infer Names } ? Names : never;

/** The fields that hold a quantity or, as `limits` does, a map or list of quantities. */
export type QuantityOf<T> = T extends { readonly [quantities]?: infer Names } ? Names : never;

/** A quantity as the API server takes it: kubernetes-types has it as text alone. */
export type Quantified<V> = V extends string
  ? string | number
  : V extends object
    ? { [Name in keyof V]: string | number }
    : V;

/** The fields of all members of a union. */
export type FieldOf<T> = T extends unknown ? Exclude<keyof T, symbol> : never;

/** What a field may hold in the members of a union that have it. */
export type At<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The values that Kubernetes knows for a field of text, or for each of a list of texts; never where it may be any. */
export type ValuesOf<T, K> = T extends { readonly [enumerations]?: infer Enumerations }
  ? K extends keyof NonNullable<Enumerations>
    ? NonNullable<Enumerations>[K]
    : never
  : never;

/** Turns fields and values that the type does not have into errors, at any depth. */
type Exact<T, O, Values = never> = O extends readonly unknown[]
  ? { readonly [I in keyof O]: Exact<T extends readonly (infer E)[] ? E : unknown, O[I], Values> }
  : O extends object
    ? O extends Marked
      ? unknown
      : {
          readonly [K in keyof O]: K extends symbol
            ? unknown
            : K extends FieldOf<T>
              ? Exact<NonNullable<At<T, K>>, O[K], ValuesOf<T, K>>
              : UnknownField<K, T>;
        }
    : [Values] extends [never]
      ? unknown
      : string extends O
        ? unknown
        : O extends Values | ""
          ? unknown
          : UnknownValue<O, Values>;

/**
 * What an object that is none of the type is held against. A type whose spec has several shapes says in the names of its
 * parts what it demands, and they would be lost in a copy.
 */
type Declared<T> = (T extends { readonly spec?: infer Spec }
  ? IsUnion<NonNullable<Spec>> extends true
    ? T
    : DeepReadonly<T>
  : DeepReadonly<T>) &
  Pick<KubernetesObject, "metadata">;

export type IsUnion<T, Each = T> = T extends unknown ? ([Each] extends [T] ? false : true) : never;

interface UnknownField<K, T> {
  readonly "this field does not exist": K;
  readonly "fields are": FieldOf<T>;
}

interface UnknownValue<O, Values> {
  readonly "this value does not exist": O;
  readonly "values are": Values;
}

/**
 * Declares an object: checks it in full against its type and keeps it literal, so that a patch knows its containers,
 * ports and labels by name. The types of kubernetes-types are made up here to what newer releases have; kinds of
 * groups and versions that they lack are in `@atlas/compose/kinds`.
 *
 * @example
 * define<ServiceAccount>()({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "shop" } });
 * define<storage_v1beta1.VolumeAttributesClass>()({
 *   apiVersion: "storage.k8s.io/v1beta1",
 *   kind: "VolumeAttributesClass",
 *   metadata: { name: "fast" },
 *   driverName: "disks.example.com",
 * });
 */
export function define<T extends object>(): <
  const O extends Pick<KubernetesObject, "apiVersion" | "kind" | "metadata">,
>(
  object: [O] extends [DeepReadonly<T>] ? O & Exact<T, O> : Declared<T>,
) => Defined<T, O> {
  refuseFurther(define, arguments, "give the object to what define gives: define<Kind>()({ … })");
  // oxlint-disable-next-line no-shadow -- what is wrong with the call is said by this name
  return function define<O>(object: unknown) {
    refuseFurther(define, arguments);
    return rememberCall(object as Defined<T, O>, define, object);
  };
}
