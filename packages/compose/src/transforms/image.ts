import { imageProblems } from "./image-problems.ts";
import { repositoryOf } from "./image-reference.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { PlainObject } from "../value/plain.ts";
import { podContainers } from "../kubernetes/pod.ts";
import { refuseFurther } from "../problems/further-arguments.ts";
import { nearest, type Problem } from "../problems/problem.ts";
import { anyList } from "../problems/field-checks.ts";
import { inElement, type Transform } from "./transform.ts";

/** One release of a container image. Version and digest name the same image and change together. */
export interface ImageRecord {
  /** The repository as upstream names it: `arigaio/atlas-operator`. */
  readonly name: string;
  /** The repository it is pulled from instead. */
  readonly mirror?: string;
  /** The tag. Without it and without a digest, a record moves images to its mirror and leaves both as they are. */
  readonly version?: string;
  /** `sha256:` and 64 hexadecimal digits; with it the node pulls exactly this image, whatever the tag says. */
  readonly digest?: string;
}

/** The field of a layer that says images. */
export interface ImageContent {
  readonly images: readonly ImageRecord[];
}

export const imageTransform: Transform<ImageContent> = {
  field: "images",
  nothing: [],
  check: anyList,
  saysSomething: ({ images }) => images.length > 0,
  apply: ({ images }, { plain }) =>
    applyImages(
      plain().map(({ object }) => object),
      images,
    ),
  origin: ({ images }, { before }) => inElement(images.findIndex((each) => isImageOf(each, before))),
};

/** The image as a container states it: `mirror:version@digest`, as far as the record states them. */
export function imageReference({ name, mirror, version, digest }: ImageRecord): string {
  refuseFurther(imageReference, arguments);
  const tag = version === undefined ? "" : `:${version}`;
  return `${mirror ?? name}${tag}${digest === undefined ? "" : `@${digest}`}`;
}

/**
 * Sets the image of every container whose repository is the record's name or its mirror.
 *
 * A record that matches nothing is a problem: in Kustomize it passes silently, as when an earlier layer has renamed the
 * image.
 */
function applyImages(objects: KubernetesObject[], images: readonly ImageRecord[]): Problem[] {
  const containers = objects
    .flatMap((object) => podContainers(object))
    .filter((container) => repositoryIn(container) !== undefined);
  const setBy = new Map<PlainObject, string>();
  return images.flatMap((record, index) => {
    const path = `images[${index}]`;
    const malformed = imageProblems(record, path);
    if (malformed.length > 0) return malformed;
    const matches = containers.filter(({ image }) => isImageOf(record, image));
    if (matches.length === 0) return [unmatchedImage(record, path, containers)];
    const clashes = matches.flatMap((container) => {
      const reference = imageReference(record) + keptOf(container, record);
      const other = setBy.get(container) ?? reference;
      container["image"] = reference;
      setBy.set(container, reference);
      return other === reference ? [] : [clash(other, reference, path)];
    });
    return [...new Map(clashes.map((problem) => [problem.what, problem])).values()];
  });
}

/** Whether a record is about an image: its repository is the record's name or its mirror. */
const isImageOf = ({ name, mirror }: ImageRecord, image: unknown): boolean =>
  typeof image === "string" && [name, mirror].includes(repositoryOf(image));

/** Tag and digest of a container's image, where a record states neither. */
function keptOf({ image }: PlainObject, { version, digest }: ImageRecord): string {
  if (version !== undefined || digest !== undefined || typeof image !== "string") return "";
  return image.slice(repositoryOf(image).length);
}

function repositoryIn({ image }: PlainObject): string | undefined {
  return typeof image === "string" ? repositoryOf(image) : undefined;
}

function unmatchedImage(
  { name, mirror }: ImageRecord,
  path: string,
  containers: readonly PlainObject[],
): Problem {
  const used = [...new Set(containers.flatMap((container) => repositoryIn(container) ?? []))];
  const near = nearest(name, used);
  return {
    code: "image-matches-nothing",
    what: `the image "${name}" matches no container`,
    path,
    expected: `${mirror === undefined ? "its name" : "its name or its mirror"} to be one of: ${used.join(", ") || "(no container states an image)"}`,
    fix: near ? `did you mean "${near}"?` : "name the image as the base does, or take the record out",
  };
}

function clash(one: string, other: string, path: string): Problem {
  return {
    code: "images-conflict",
    what: `two image records of this layer set one container's image: ${one} and ${other}`,
    path,
    expected: "one record for each repository",
    fix: "drop one of them",
  };
}
