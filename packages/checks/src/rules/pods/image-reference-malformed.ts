import { found, type Found, type Rule } from "../../findings/rule.ts";
import { at, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const imageReferenceMalformed: Rule = {
  code: "image-reference-malformed",
  severity: "error",
  why: "The API server takes any text for an image, and the node none that is not a reference: the pod stays in InvalidImageName.",
  fix: "write it as registry/repository:tag@sha256:digest",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  insteadOf: ["image-version-unknown"],
  find: (world) =>
    world.pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => {
        const node = at(container, "image");
        const text = textAt(node);
        return text === undefined || text === "" ? [] : ofReference(node, text);
      }),
    ),
};

/** Hexadecimal digits of the digests that registries have. */
const digestLengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/**
 * What is wrong with a reference, part by part.
 *
 * Source: the grammar of github.com/distribution/reference, by which nodes read it.
 */
function ofReference(node: Node, text: string): readonly Found[] {
  const wrong = (what: string, fix?: string): readonly Found[] => [
    found(node, `${JSON.stringify(text)}: ${what}`, fix === undefined ? {} : { fix }),
  ];
  const [named = "", digest, ...more] = text.split("@");
  if (more.length > 0) return wrong("more than one @", "state one digest");
  const [, name = named, tag] = /^(.*):([^/]*)$/s.exec(named) ?? [];
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))
    return wrong(
      `${JSON.stringify(tag)} is not a tag`,
      "write up to 128 letters, digits, underscores, dots and dashes, and neither a dot nor a dash first",
    );
  return ofDigest(digest, wrong) ?? malformedReference(name, wrong) ?? [];
}

type Wrong = (what: string, fix?: string) => readonly Found[];

function ofDigest(digest: string | undefined, wrong: Wrong): readonly Found[] | undefined {
  if (digest === undefined) return undefined;
  const [, algorithm = "", hex] = /^([a-z\d]+(?:[.+_-][a-z\d]+)*):(.*)$/is.exec(digest) ?? [];
  const length = digestLengths.get(algorithm);
  if (hex === undefined || length === undefined)
    return wrong(`${JSON.stringify(digest)} is not a digest`, "write sha256: and 64 hexadecimal digits");
  if (hex.length !== length)
    return wrong(
      `a digest of ${algorithm} has ${length} digits, and this one ${hex.length}`,
      "copy all of it",
    );
  if (/^[\da-f]+$/.test(hex)) return undefined;
  return wrong("a digest has the digits 0 to 9 and a to f alone", "copy it as the registry writes it");
}

const registryAddress =
  /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:]+\])(?::\d+)?$/i;
const pathComponent = /^[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*$/;

function malformedReference(name: string, wrong: Wrong): readonly Found[] | undefined {
  const [first = "", ...rest] = name.split("/");
  // As everywhere, what has a dot, a port or upper case before the first slash is a registry.
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost" || /[A-Z]/.test(first));
  if (isHost && !registryAddress.test(first)) return wrong(`${JSON.stringify(first)} is not a host`);
  const path = isHost ? rest : [first, ...rest];
  const odd = path.find((each) => !pathComponent.test(each));
  if (odd === undefined)
    return name.length > 255 ? wrong("the repository has more than 255 letters") : undefined;
  if (pathComponent.test(odd.toLowerCase()))
    return wrong("a repository is in lower case", `write ${JSON.stringify(odd.toLowerCase())}`);
  return wrong(`${JSON.stringify(odd)} is no part of a repository's name`);
}
