import type { commonFlags, lastKnownRelease, ReleaseFacts, releases } from "./releases.ts";

type Rows = typeof releases;
type ManagerRow = Rows[number];
type Named<F extends keyof ReleaseFacts> = Extract<ManagerRow, { readonly [K in F]: readonly string[] }>;

/** What the rows up to a version state; any text for one that is later than the table, not known to the compiler, or none. */
type StatedBy<V extends string, F extends "flags" | "variables" | "gone"> = [Numbers<V>] extends [never]
  ? string
  : IsEarlier<typeof lastKnownRelease, V> extends true
    ? string
    : {
          [R in Named<F>["from"]]: IsEarlier<V, R> extends true ? never : Extract<Named<F>, { from: R }>;
        }[Named<F>["from"]] extends infer Found
      ? Found extends { readonly [K in F]: readonly (infer Name extends string)[] }
        ? Name
        : never
      : never;

/** The flags that the manager of a release knows. */
export type FlagOf<V extends string> = StatedBy<V, "flags"> | (typeof commonFlags)[number];

/** The environment variables that the manager of a release reads. */
export type VariableOf<V extends string> =
  string extends StatedBy<V, "variables"> ? string : Exclude<StatedBy<V, "variables">, StatedBy<V, "gone">>;

/** Major, minor and patch, and what stands behind a dash; never for what is not a version, and for one that is any text. */
type Numbers<V extends string> = string extends V
  ? never
  : V extends `v${infer Rest}`
    ? Numbers<Rest>
    : V extends `${infer Major extends number}.${infer Minor extends number}.${infer Patch}`
      ? Patch extends `${infer Number extends number}-${string}`
        ? [Major, Minor, Number, 0]
        : Patch extends `${infer Number extends number}`
          ? [Major, Minor, Number, 1]
          : never
      : never;

/** As the function of the same name says it of texts. */
type IsEarlier<A extends string, B extends string> = IsLessList<Numbers<A>, Numbers<B>>;

type IsLessList<A extends readonly number[], B extends readonly number[]> = A extends readonly [
  infer First extends number,
  ...infer Others extends readonly number[],
]
  ? B extends readonly [infer Other extends number, ...infer OtherOthers extends readonly number[]]
    ? First extends Other
      ? IsLessList<Others, OtherOthers>
      : IsLess<First, Other>
    : false
  : false;

/** Whether a number of a version is less than another, which is not the same: counts up to the first that is met. */
type IsLess<
  A extends number,
  B extends number,
  Count extends readonly unknown[] = [],
> = Count["length"] extends A
  ? true
  : Count["length"] extends B
    ? false
    : IsLess<A, B, readonly [...Count, unknown]>;

/** What is said of an image record, in the place where it is not taken, whose release lacks a flag or a variable. */
export interface Lacking<Name, V> {
  readonly "this release of the manager does not know": Name;
  readonly "the release is": V;
}

/** An image record whose release knows a flag. */
export type KnowsFlag<V extends string, Name extends string> = {
  readonly version: V;
} & (Name extends FlagOf<V> ? unknown : Lacking<Name, V>);

/** An image record whose release reads a variable. */
export type ReadsVariable<V extends string, Name extends string> = {
  readonly version: V;
} & (Name extends VariableOf<V> ? unknown : Lacking<Name, V>);
