import { describe } from "./described.ts";
import { isResource } from "../kubernetes/object.ts";
import { isObject } from "../value/plain.ts";

/** What this package makes, and says so by its own word: of whichever copy of the package it is. */
type MadeType = "layer" | "component" | "fleet";

/** What a value, such as what a module exports, is: by its own word, whichever copy of this package has made it. */
export function typeOf(value: unknown): MadeType | undefined {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  return type === "layer" || type === "component" || type === "fleet" ? type : undefined;
}

/** What something is that stands in the place of something else, and how it comes to be what was meant. */
interface Mistaken {
  /** With its article, as "a promise". */
  readonly what: string;
  /** A clause; undefined where nothing but the place tells. */
  readonly fix?: string;
}

/** Where what this package makes, and an object of Kubernetes, belongs. */
const homes = {
  layer: "stand on it: overlay({ base: it }); of several, overlay({ base: [one, other] })",
  component: "list it among the `components` of a layer",
  fleet: "export it by default, and take the layer that its environments share where a layer is wanted",
  patch: "list it among the `patches` of a layer",
  generator: "list it among the `generators` of a layer",
  object: "list it among the `resources` of a layer",
} as const;

/** What something may be that has a place of its own. */
export type Placed = keyof typeof homes;

const titles: Readonly<Record<Placed, string>> = {
  layer: "a layer",
  component: "a component",
  fleet: "a fleet",
  patch: "a patch",
  generator: "a generator",
  object: "an object of Kubernetes",
};

export function placedKindOf(value: unknown): Placed | undefined {
  if (!isObject(value)) return undefined;
  const made = typeOf(value);
  if (made) return made;
  if (typeof (value as { readonly add?: unknown }).add === "function" && "finish" in value)
    return "generator";
  if ("target" in value && "body" in value && "override" in value) return "patch";
  return isResource(value) ? "object" : undefined;
}

/**
 * What a value is that stands where something else is expected, and what to do about it: everyday slips in JavaScript, of
 * which each has an answer of its own.
 *
 * @example
 * mistaken(import("./dev/index.ts")); // { what: "a promise", fix: "import it at the top of the file, or await it" }
 */
export function mistaken(value: unknown): Mistaken {
  if (value === undefined)
    return {
      what: "undefined",
      fix: "look for two files that import each other, or for an export of another name",
    };
  if (value === null || typeof value === "boolean")
    return { what: String(value), fix: "give what is meant, or leave it out: ...(condition ? [it] : [])" };
  if (typeof value === "function") return { what: "a function", fix: "call it" };
  if (typeof value === "string") return { what: JSON.stringify(value), fix: fixOfText(value) };
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === "Promise") return { what: "a promise", fix: "import it at the top of the file, or await it" };
  if (tag === "Module") return { what: "a whole module, as `import * as` gives it", fix: fixOfModule(value) };
  if (Array.isArray(value)) return { what: "a list", fix: "put what is in it here itself: ...list" };
  const placed = placedKindOf(value);
  if (placed) return { what: titles[placed], fix: homes[placed] };
  return { what: isObject(value) ? "a plain object" : describe(value) };
}

/** A path stands for what the file has where Kustomize reads it. */
const fixOfText = (text: string): string =>
  /\.(?:ya?ml|json)$/.test(text)
    ? 'name the object that the file holds: external({ apiVersion, kind, metadata }, new URL("…", import.meta.url)); atlas-render import-kustomize does it for a whole directory'
    : 'import what the file exports, and give that: import dev from "…"';

function fixOfModule(module: object): string {
  if ("default" in module) return 'take what it exports by default: import dev from "…"';
  const [name, ...others] = Object.keys(module);
  if (name === undefined) return "export something from it";
  return others.length === 0
    ? `take what it exports: import { ${name} } from "…"`
    : `take the one that is meant: it exports ${[name, ...others].slice(0, 5).join(", ")}${others.length > 4 ? ", …" : ""}`;
}
