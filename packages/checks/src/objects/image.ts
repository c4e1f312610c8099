import { at, textAt, type Node } from "./node.ts";

/** The parts of an image's reference. */
export interface Image {
  readonly node: Node;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * The image of a container; undefined where none is stated.
 *
 * @example
 * imageOf(container); // of "example.com:5000/shop:1.2": { repository: "example.com:5000/shop", tag: "1.2", … }
 */
export function imageOf(container: Node): Image | undefined {
  const node = at(container, "image");
  const [, repository, tag, digest] =
    /^([^@]+?)(?::([\w][\w.-]*))?(?:@(.+))?$/.exec(textAt(node) ?? "") ?? [];
  if (repository === undefined) return undefined;
  return { node, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The last part of a repository, which mirrors keep. */
export const imageName = ({ repository }: Image): string => repository.slice(repository.lastIndexOf("/") + 1);
