import type { Code } from "./any-code.ts";
import type { Ignored } from "./ignored.ts";

/** What layers ignore; beside them, so that nothing of it can be seen in what they render. */
type IgnoredRegistry = WeakMap<object, readonly CodeIgnored[]>;

/** A finding that is meant to be, of a code that there is. */
export type CodeIgnored = Ignored & { readonly code: Code };

// One for all copies of this package: a command may bundle one, and the overlays that it loads may bring another.
const ignoredKey: unique symbol = Symbol.for("@atlas/checks/ignored");
const ignoredRegistry = globalThis as { [ignoredKey]?: IgnoredRegistry };
const registry: IgnoredRegistry = (ignoredRegistry[ignoredKey] ??= new WeakMap());

// What `@atlas/compose/places` keeps, by the same name: this package imports no other.
const ignoringPlacesKey: unique symbol = Symbol.for("@atlas/compose/places");

/** The part of it that is about calls, and the rest. */
interface IgnoringPlaces {
  readonly nodes: WeakMap<object, unknown>;
  readonly calls: WeakMap<
    object,
    { readonly trace: { readonly stack?: string }; readonly argument: number; readonly content: unknown }
  >;
}

/** Notes which call says what is ignored, so that what is wrong with that is shown there. */
function rememberIgnoring(ignored: readonly CodeIgnored[]): void {
  const trace = {};
  Error.captureStackTrace?.(trace, ignoring);
  const shared = globalThis as { [ignoringPlacesKey]?: IgnoringPlaces };
  const { calls } = (shared[ignoringPlacesKey] ??= { nodes: new WeakMap(), calls: new WeakMap() });
  for (const each of ignored) calls.set(each, { trace, argument: 1, content: ignored });
}

/** What a layer stands on. */
interface LayerLike {
  readonly below?: LayerLike;
  readonly beside?: readonly LayerLike[];
}

/**
 * A layer, with findings of its environment that are meant to be, each with the reason; environments that stand on it ignore
 * them, too. Nothing of it is rendered. An object is meant by the name that it is rendered with, prefix and suffix included,
 * as `Kind/name` or `Kind/namespace/name`.
 *
 * @example
 * export default ignoring(overlay({ base, resources: [defaultDeny] }), [
 *   { code: "isolation-one-way", object: "NetworkPolicy/default-deny", reason: "egress is filtered by the cloud" },
 * ]);
 */
export function ignoring<L extends object>(layer: L, ignored: readonly CodeIgnored[]): L {
  rememberIgnoring(ignored);
  registry.set(layer, [...(registry.get(layer) ?? []), ...ignored]);
  return layer;
}

/** What a layer, and those that it stands on, ignore. */
export const ignoredIn = (layer: LayerLike): readonly CodeIgnored[] => [
  ...(registry.get(layer) ?? []),
  ...(layer.below ? ignoredIn(layer.below) : []),
  ...(layer.beside ?? []).flatMap(ignoredIn),
];
