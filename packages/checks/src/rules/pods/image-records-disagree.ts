import { found, type Found, type Rule } from "../../findings/rule.ts";
import { imageOf, type Image } from "../../objects/image.ts";
import { kubectlName } from "../../objects/kubernetes-object.ts";
import { containersOf } from "../../objects/pod.ts";

export const imageRecordsDisagree: Rule = {
  code: "image-records-disagree",
  severity: "error",
  why: "The digest decides what runs, whatever the tag says: where two images of one name agree in one and not in the other, one of them is a lie.",
  fix: "take tag and digest from one record",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  find: (world) => {
    const images = world.pods.flatMap((pod) => containersOf(pod).flatMap((each) => imageOf(each) ?? []));
    return images
      .filter(isWholeImage)
      .flatMap((image, index, all) => recordClash(image, all.slice(0, index)));
  },
};

type WholeImage = Image & Required<Pick<Image, "tag" | "digest">>;

const isWholeImage = (image: Image): image is WholeImage =>
  image.tag !== undefined && image.digest !== undefined;

/** A version in full: a digest has several tags where they are less than that, as 1.2 and 1.2.3. */
const tagVersion = ({ tag }: WholeImage): string | undefined => /^v?(\d+\.\d+\.\d+.*)$/.exec(tag)?.[1];

function recordClash(image: WholeImage, earlier: readonly WholeImage[]): readonly Found[] {
  const { node, repository, tag, digest } = image;
  const version = tagVersion(image);
  const renamed = earlier.find(
    (other) =>
      other.digest === digest && ![undefined, version].includes(tagVersion(other)) && version !== undefined,
  );
  if (renamed)
    return [
      found(node, `the tag is ${tag}, and ${imageOwner(renamed)} has ${renamed.tag} for the same digest`),
    ];
  const other = earlier.find(
    (each) => each.repository === repository && each.tag === tag && each.digest !== digest,
  );
  if (other === undefined) return [];
  return [found(node, `the digest is not that which ${imageOwner(other)} has for the tag ${tag}`)];
}

const imageOwner = ({ node }: WholeImage): string => kubectlName(node.object);
