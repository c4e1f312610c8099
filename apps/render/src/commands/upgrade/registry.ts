import { DownloadError, type Limits } from "@atlas/download";
import { downloadManifest, manifestLimits, registryUrl } from "@atlas/download/registry";
import { InputError } from "@atlas/input";

/**
 * The digest of the first of these tags that the repository has, from the registry's API, as the OCI distribution
 * specification has it: anonymously, with a bearer token where one is asked for. What it sends must be the manifest of
 * an image, and what it says the digest is must be the digest of that.
 *
 * @param repository as an image reference has it: `ghcr.io/owner/name`; without a host it is Docker Hub's.
 * @param within how long each answer may take, and how large it may be.
 * @throws {InputError} when it is not a repository; else saying what was tried, and why each failed.
 * @example
 * await resolveDigest("ghcr.io/owner/operator", ["v1.2.3", "1.2.3"]); // { tag: "1.2.3", digest: "sha256:…" }
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function resolveDigest(
  repository: string,
  tags: readonly string[],
  within: Limits = manifestLimits,
): Promise<{ tag: string; digest: string }> {
  const tried: string[] = [];
  for (const tag of tags) {
    const url = manifestUrl(repository, tag);
    try {
      const { digest } = await downloadManifest(url, within);
      return { tag, digest };
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      tried.push(`${url.href}: ${error.message}`);
    }
  }
  throw new InputError([
    {
      code: "digest-unknown",
      what: `the registry gave no digest of ${repository} in the version ${tags[0]}; tried: ${tried.join("; ")}`,
      expected: "a registry that can be reached without a login and has the version",
      fix: "check the version, or give the digest: --digest sha256:…",
    },
  ]);
}

/** The first part of a repository is a host when it could be one: it has a dot or a port, or is `localhost`. */
function manifestUrl(repository: string, tag: string): URL {
  const [first = "", ...rest] = repository.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost && first !== "docker.io" ? first : "registry-1.docker.io";
  const path = hasHost ? rest : [first, ...rest];
  const name = host === "registry-1.docker.io" && path.length === 1 ? `library/${path[0]}` : path.join("/");
  if (!/^[\w.:[\]-]+$/.test(host) || !/^[\w./-]+$/.test(name) || !URL.canParse(`https://${host}`))
    throw malformedImage(repository);
  return registryUrl(host, `${name}/manifests/${tag}`);
}

const malformedImage = (repository: string): InputError =>
  new InputError([
    {
      code: "image-malformed",
      what: `${JSON.stringify(repository)} is not a repository of images`,
      expected: "a host and a path, as ghcr.io/owner/name",
      fix: "fix the mirror, or the name, in the image record",
    },
  ]);
