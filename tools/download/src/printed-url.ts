import { ociReference } from "./oci-reference.ts";

/**
 * A URL as it may be shown and logged: without the user and password, the query and the fragment, any of which may hold
 * a secret (the signature of a presigned URL stands in its query). Of what is not a URL of the web, the scheme at most.
 *
 * @example
 * printedUrl("https://me:secret@example.com/crds.yaml?X-Amz-Signature=1f0e"); // "https://example.com/crds.yaml?…"
 */
export function printedUrl(url: URL | string): string {
  if (!URL.canParse(String(url))) return "a malformed URL";
  const { protocol, host, pathname, search, hash } = new URL(url);
  if (!/^https?:$/.test(protocol)) return `${protocol}…`;
  return `${protocol}//${host}${pathname}${search || hash ? "?…" : ""}`;
}

/**
 * What a person has named to be read, as it may be shown: of an address of any kind without what may be secret in it, whether
 * it can be read or not. The name of a cluster's context is none, though it may hold an `@`.
 *
 * @example
 * printedSource("s3://key:secret@bucket/crds.yaml?sig=1f0e"); // "s3:…"
 * printedSource("me:secret@example.com:crds.yaml"); // "me:…@example.com:crds.yaml"
 */
export function printedSource(source: string): string {
  if (/^https?:\/\//i.test(source)) return printedUrl(source);
  if (source.startsWith("cluster:")) return source;
  const [, scheme] = /^([a-z][\w+.-]+):(?=.*(?:\/\/|[@?;]))/is.exec(source) ?? [];
  if (scheme === "oci" && ociReference(source)) return source;
  if (scheme !== undefined && scheme !== "github") return `${scheme}:…`;
  return source.replaceAll(/:[^/\\@]*@/g, ":…@");
}
