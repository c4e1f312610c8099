/** What an artifact in a registry is called: by a tag, a digest, or both. */
export interface OciReference {
  /** With its port, if it has one. */
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * The host as a URL has it, the repository, tag and digest as the OCI distribution specification has them. Nothing of it
 * can be a secret: a user and password do not fit in.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
const ociForm =
  /^oci:\/\/([\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?)\/([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$/;

/**
 * Reads `oci://HOST/REPOSITORY[:TAG][@DIGEST]`; undefined for anything else.
 *
 * @example
 * ociReference("oci://ghcr.io/owner/chart:1.2.3"); // { host: "ghcr.io", repository: "owner/chart", tag: "1.2.3" }
 */
export function ociReference(text: string): OciReference | undefined {
  const [, host, repository, tag, digest] = ociForm.exec(text) ?? [];
  if (host === undefined || repository === undefined) return undefined;
  return { host, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
