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
