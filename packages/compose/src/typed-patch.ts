import type { KubernetesObject } from "./object.ts";

declare const shape: unique symbol;

/** An object kept literal, with the type that it was checked against. */
export type Defined<T, O> = O & { readonly [shape]?: T };

/** The type that an object was declared with; an object that was not declared stands for itself. */
export type Shape<O> = O extends { readonly [shape]?: infer T } ? (unknown extends T ? O : T) : O;

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
  return (object) => object;
}

/** The lists that Kubernetes merges by key, by field name: `x-kubernetes-patch-merge-key` of Kubernetes 1.34. */
interface MergeKeys {
  containers: "name";
  initContainers: "name";
  ephemeralContainers: "name";
  env: "name";
  volumes: "name";
  volumeMounts: "mountPath";
  volumeDevices: "devicePath";
  hostAliases: "ip";
  resourceClaims: "name";
  schedulingGates: "name";
  topologySpreadConstraints: "topologyKey";
  ownerReferences: "uid";
  webhooks: "name";
  matchConditions: "name";
}

/** The merge key of a list, or never for an atomic one. Some names stand for different lists in different objects. */
type MergeKey<Name, Element, Parent> = Name extends keyof MergeKeys
  ? MergeKeys[Name]
  : Name extends "ports"
    ? Element extends { containerPort: number }
      ? "containerPort"
      : "targetPort" extends keyof Element
        ? "port"
        : never
    : Name extends "imagePullSecrets"
      ? "containers" extends keyof Parent
        ? "name"
        : never
      : Name extends "secrets"
        ? "automountServiceAccountToken" extends keyof Parent
          ? "name"
          : never
        : Name extends "variables"
          ? "paramKind" extends keyof Parent
            ? "name"
            : never
          : never;

/** The changes that an object of type T takes; `O` is the object as the base has it. */
export type PatchBody<T, O> = {
  readonly [K in keyof T as K extends typeof shape ? never : K]?:
    | FieldPatch<K, NonNullable<T[K]>, K extends keyof O ? O[K] : unknown, T>
    | (undefined extends T[K] ? null : never);
};

type FieldPatch<Name, V, B, Parent> = V extends readonly (infer E)[]
  ? [MergeKey<Name, E, Parent>] extends [never]
    ? DeepReadonly<V>
    : ListPatch<E, B, MergeKey<Name, E, Parent>>
  : V extends object
    ? string extends keyof V
      ? { readonly [K in keyof V]?: DeepReadonly<V[K]> | null }
      : PatchBody<V, B>
    : V;

/** The changes of a list merged by key: by the keys that the base has, and `$add` and `$replace`. */
export type ListPatch<E, B, Key extends string> = {
  readonly [El in ElementOf<B> as KeyOf<El, Key>]?: PatchBody<E, El> | null;
} & {
  /** New elements, after those that are there. */
  readonly $add?: readonly DeepReadonly<E>[];
  /** The whole list, in place of the one that is there. */
  readonly $replace?: readonly DeepReadonly<E>[];
};

type ElementOf<B> = B extends readonly (infer El)[] ? El : never;

/** The key of an element; `8080/UDP` where the protocol tells two ports of one number apart. */
type KeyOf<El, Key extends string> = El extends { readonly [K in Key]: infer V extends string | number }
  ? | V
    | (Key extends "containerPort" | "port"
        ? `${V}/${El extends { readonly protocol: infer P extends string } ? P : "TCP"}`
        : never)
  : never;
