import { DownloadError, ociReference, type Limits, type OciReference } from "@atlas/download";
import { downloadBlob, downloadManifest, registryUrl } from "@atlas/download/registry";
import { isObject } from "../model/schema.ts";
import type { Text } from "../read/documents.ts";
import { filesInArchive, isArchive } from "./archive.ts";
import { crdTexts } from "./crd-texts.ts";

/** The name of the file that a layer was made of, as `oras push` states it. */
const titleAnnotation = "org.opencontainers.image.title";

/** Whether a source is an artifact in a registry, by its beginning. */
export const isOci = (source: string): boolean => source.startsWith("oci://");

/** What an artifact has given, and the digest of its manifest. */
export interface OciTexts {
  readonly texts: readonly Text[];
  readonly digest: string;
}

/**
 * The CRDs of an artifact in a registry, which is asked anonymously: the layers of a Helm chart, of what Flux or `oras` has
 * pushed, of an image. The manifest and each layer have to have the digests and sizes that are stated.
 *
 * @param source `oci://HOST/REPOSITORY[:TAG][@DIGEST]`, with a tag or a digest; where it has both, the tag has to lead to
 *   the digest.
 * @throws {Error} when it is not of that form, cannot be had, or holds no CRD.
 * @see https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
export async function readOci(source: string, within: Limits): Promise<OciTexts> {
  const reference = ociReference(source);
  const pulled = reference?.tag ?? reference?.digest;
  if (reference === undefined || pulled === undefined)
    throw new Error("it is not of the form oci://HOST/REPOSITORY:TAG or oci://HOST/REPOSITORY@DIGEST");
  const url = registryUrl(apiHost(reference), `${reference.repository}/manifests/${pulled}`);
  const { digest, holds, parts } = await downloadManifest(url, undefined, reference.digest);
  const descriptors = parts.map(partDescriptor);
  if (holds === "manifests") throw severalArtifacts(descriptors);
  const layers = descriptors.filter((layer) => layerForm(layer) !== undefined);
  if (layers.length === 0) throw withoutLayer(descriptors);
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  if (size > within.bytes)
    throw new DownloadError(`its layers have ${size} bytes, of ${within.bytes} that are taken`);
  const files: Text[] = [];
  for (const layer of layers) files.push(...(await filesOfLayer(reference, layer, within)));
  return { texts: crdTexts(files, source), digest };
}

/** What a manifest says of one of its parts. */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly title: string;
}

function partDescriptor(part: unknown): Descriptor {
  const { mediaType, digest, size, annotations } = isObject(part) ? part : {};
  if (typeof mediaType !== "string" || typeof digest !== "string" || typeof size !== "number")
    throw new DownloadError("its manifest has a part without a mediaType, a digest and a size");
  if (
    !/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest) ||
    !Number.isSafeInteger(size) ||
    size < 0
  )
    throw new DownloadError("its manifest has a part whose digest is not of sha256 or sha512, or of no size");
  const title = isObject(annotations) ? annotations[titleAnnotation] : undefined;
  return { mediaType, digest, size, title: typeof title === "string" ? title : "" };
}

/**
 * What a layer is made of; undefined for what holds no CRDs, such as a signature. The title goes before the type of a plain
 * archive, which `oras` says of any file, unless it is told; of a folder, which may be called as a file is, it packs one.
 */
function layerForm({ mediaType, title }: Descriptor): "text" | "archive" | undefined {
  if (/[.+/]tar[.+]gzip$/.test(mediaType)) return "archive";
  if (/\.(?:ya?ml|json)$/i.test(title)) return "text";
  if (isArchive(title) || /[.+/]tar$/.test(mediaType)) return "archive";
  return /[.+/-](?:ya?ml|json)$/.test(mediaType) ? "text" : undefined;
}

async function filesOfLayer(
  { repository, ...reference }: OciReference,
  layer: Descriptor,
  within: Limits,
): Promise<Text[]> {
  const url = registryUrl(apiHost(reference), `${repository}/blobs/${layer.digest}`);
  const bytes = await downloadBlob(url, layer, within).catch((error: unknown) => {
    throw error instanceof DownloadError ? new DownloadError(`${layer.digest}: ${error.message}`) : error;
  });
  if (layerForm(layer) === "archive") return filesInArchive(bytes);
  return [{ file: layer.title || layer.digest, text: Buffer.from(bytes).toString("utf8") }];
}

/** Docker Hub is asked elsewhere than it is called. */
const apiHost = ({ host }: Pick<OciReference, "host">): string =>
  host === "docker.io" ? "registry-1.docker.io" : host;

const severalArtifacts = (descriptors: readonly Descriptor[]): DownloadError =>
  new DownloadError(
    `it is an index of several artifacts; name the digest of one: ${descriptors.map(({ digest }) => digest).join(", ") || "there is none"}`,
  );

const withoutLayer = (descriptors: readonly Descriptor[]): DownloadError =>
  new DownloadError(
    `it has no layer of YAML, JSON or an archive (tar, tar+gzip), but: ${descriptors.map(({ mediaType }) => mediaType).join(", ") || "none"}`,
  );
