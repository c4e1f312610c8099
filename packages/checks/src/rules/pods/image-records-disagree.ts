import { found, type Found, type Rule } from "../../findings/rule.ts";
import { imageName, imageOf, type Image } from "../../objects/image.ts";
import { displayName } from "../../objects/kubernetes-object.ts";
import { containersOf } from "../../objects/pod.ts";

export const imageRecordsDisagree = {
  code: "image-records-disagree",
  severity: "error",
  why: "The digest decides what runs, whatever the tag says: where two images of one name agree in one and not in the other, one of them is a lie.",
  fix: "take tag and digest from one record",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  find: (world) => {
    const images = world.pods.flatMap((pod) => containersOf(pod).flatMap((each) => imageOf(each) ?? []));
    const whole = images.filter(isWhole);
    return [...Map.groupBy(whole, imageName).values()].flatMap((group) =>
      group.flatMap((image, index) => clash(image, group.slice(0, index))),
    );
  },
} as const satisfies Rule;

type WholeImage = Image & Required<Pick<Image, "tag" | "digest">>;

const isWhole = (image: Image): image is WholeImage => image.tag !== undefined && image.digest !== undefined;

function clash(image: WholeImage, earlier: readonly WholeImage[]): readonly Found[] {
  // Several images have one tag where they are built of several sources: only in one repository it is one image.
  const other = earlier.find(
    ({ repository, tag, digest }) =>
      (digest === image.digest && tag !== image.tag) ||
      (repository === image.repository && tag === image.tag && digest !== image.digest),
  );
  if (other === undefined) return [];
  const where = displayName(other.node.object);
  const what =
    other.digest === image.digest
      ? `the tag is ${image.tag}, and ${where} has ${other.tag} for the same digest`
      : `the digest is not that which ${where} has for the tag ${image.tag}`;
  return [found(image.node, what)];
}
