import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { KnownImage } from "../../findings/world.ts";
import { imageOf, type Image } from "../../objects/image.ts";
import { kubectlName } from "../../objects/kubernetes-object.ts";
import { containersOf } from "../../objects/pod.ts";

export const imageRecordsDisagree: Rule = {
  code: "image-records-disagree",
  severity: "error",
  why: "The digest decides what runs, whatever the tag says: where two images of one name agree in one and not in the other, or an image has not the digest that its release is known by, one of them is a lie.",
  fix: "take tag and digest from one record",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  find: (world) => {
    const stated = world.pods
      .flatMap((pod) => containersOf(pod).flatMap((each) => imageOf(each) ?? []))
      .filter(isWholeImage);
    const known = (world.knowledge.images ?? []).map(recordOf);
    const records = stated.map((image): PairedImage => ({ ...image, owner: kubectlName(image.node.object) }));
    return stated.flatMap((image, index) => recordClash(image, [...known, ...records.slice(0, index)]));
  },
};

type WholeImage = Image & Required<Pick<Image, "tag" | "digest">>;

/** A tag and a digest that belong together, by who says so. */
interface PairedImage extends Pick<WholeImage, "repository" | "tag" | "digest"> {
  readonly owner: string;
}

const isWholeImage = (image: Image): image is WholeImage =>
  image.tag !== undefined && image.digest !== undefined;

const recordOf = ({ repository, version, digest }: KnownImage): PairedImage => ({
  repository,
  tag: version,
  digest,
  owner: "the release",
});

/** A version in full: a digest has several tags where they are less than that, as 1.2 and 1.2.3. */
const tagVersion = ({ tag }: Pick<WholeImage, "tag">): string | undefined =>
  /^v?(\d+\.\d+\.\d+.*)$/.exec(tag)?.[1];

function recordClash(image: WholeImage, earlier: readonly PairedImage[]): readonly Found[] {
  const { node, repository, tag, digest } = image;
  const version = tagVersion(image);
  const renamed = earlier.find(
    (other) =>
      other.digest === digest && ![undefined, version].includes(tagVersion(other)) && version !== undefined,
  );
  if (renamed)
    return [found(node, `the tag is ${tag}, and ${renamed.owner} has ${renamed.tag} for the same digest`)];
  const other = earlier.find(
    (each) => each.repository === repository && each.tag === tag && each.digest !== digest,
  );
  if (other === undefined) return [];
  return [found(node, `the digest is not that which ${other.owner} has for the tag ${tag}`)];
}
