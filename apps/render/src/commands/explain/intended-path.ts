import { nearest } from "@atlas/compose";
import type { Change } from "@atlas/compose/history";
import { namesIn } from "@atlas/compose/places";

/** A path, and those that go on from it. */
interface PathNode {
  readonly path: string;
  /** What its last step is called: by its name, or of an element by its index. */
  readonly names: readonly string[];
  /** By the name in the path. */
  readonly below: Map<string, PathNode>;
}

/**
 * The path that a text most likely means, which leads nowhere as it is: one of another notation (`spec/replicas`, `$.spec`,
 * `spec: replicas`), with a misspelt word, or without its beginning (`replicas`, where one path alone ends like that).
 *
 * @param changes those of the object; what lies on the way to a value that they set may be meant as well.
 */
export function intendedPath(text: string, changes: readonly Change[]): string | undefined {
  const words = pathWords(text);
  if (words.length === 0) return undefined;
  const root = treeOf(changes);
  const others = allBelow(root);
  const found =
    leadFrom(root, words, "near") ??
    onlyOneFrom(others, words, "exact") ??
    onlyOneFrom(others, words, "near");
  return found?.path;
}

/** A step of a path as it is printed, with the dot or the brackets that it is put on with. */
const step = /\.?(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]|[^.[\]]+)/g;

function treeOf(changes: readonly Change[]): PathNode {
  const root: PathNode = { path: "", names: [], below: new Map() };
  for (const { path, fields } of changes) {
    const names = namesIn(path) ?? [];
    let node = root;
    for (const [index, text] of (path.match(step) ?? []).entries()) {
      const name = names[index] ?? text;
      const own = { path: `${node.path}${text}`, names: [name, fields[index] ?? name], below: new Map() };
      const next = node.below.get(name) ?? own;
      node.below.set(name, next);
      node = next;
    }
  }
  return root;
}

const allBelow = ({ below }: PathNode): PathNode[] =>
  [...below.values()].flatMap((node) => [node, ...allBelow(node)]);

/** An element as JSONPath and others select it: `[?(@.name=='manager')]`, `[name=manager]`. */
const elementCondition = /\[\??\(?@?\.?\w+\s*={1,2}\s*["']?([^"'\])]+)["']?\)?\]/g;

/** What a text says between the marks of any notation; a name's own dots and slashes hold in quotes alone. */
const pathWords = (text: string): string[] =>
  [
    ...text
      .replaceAll("->", ".")
      .replaceAll(elementCondition, "[$1]")
      .matchAll(/"((?:[^"\\]|\\.)+)"|'([^']+)'|[^\s.:/[\](){}"'$@?=*\\]+/g),
  ].map(([all, double, single]) => double ?? single ?? all);

/** Where words lead from a node: each to the path that it names, or else, where that is enough, to one of a near name. */
function leadFrom(node: PathNode, words: readonly string[], how: "exact" | "near"): PathNode | undefined {
  if (words.length === 0) return node;
  const children = [...node.below.values()];
  const named = children
    .flatMap((child) => child.names.map((name) => ({ child, parts: pathWords(name) })))
    .filter(({ parts }) => parts.length > 0 && isSameWay(parts, words.slice(0, parts.length)))
    .toSorted((a, b) => b.parts.length - a.parts.length)[0];
  if (named) return leadFrom(named.child, words.slice(named.parts.length), how);
  const [word = "", ...rest] = words;
  const whole = children.find(({ names }) => names.includes(word));
  const near = how === "near" ? node.below.get(nearest(word, node.below.keys()) ?? "") : undefined;
  const child = whole ?? near;
  return child && leadFrom(child, rest, how);
}

/** Where words lead from any of these, if that is one place, or one that is above all others. */
function onlyOneFrom(
  nodes: readonly PathNode[],
  words: readonly string[],
  how: "exact" | "near",
): PathNode | undefined {
  const found = [...new Set(nodes.flatMap((node) => leadFrom(node, words, how) ?? []))];
  const depths = found.map(({ path }) => path.match(step)?.length ?? 0);
  const least = Math.min(...depths);
  const [first, ...others] = found.filter((_, index) => depths[index] === least);
  return others.length === 0 ? first : undefined;
}

const isSameWay = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length &&
  some.every((word, index) => word.toLowerCase() === others[index]?.toLowerCase());
