import { isLoopback } from "./loopback.ts";
import { printedUrl } from "./printed-url.ts";

export { isLoopback } from "./loopback.ts";
export { ociReference, type OciReference } from "./oci-reference.ts";
export { printedSource, printedUrl } from "./printed-url.ts";

/** Why a URL gave no answer: a reason that follows the URL and a colon. Holds no secret of a URL. */
export class DownloadError extends Error {
  override readonly name: string = "DownloadError";
}

/** How long an answer may take, with all redirects and to its last byte, and how large it may be, unpacked. */
export interface Limits {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** A server's whole answer, whatever its status. */
export interface WholeAnswer {
  readonly status: number;
  /** `404 Not Found`. */
  readonly statusLine: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

const mostRedirects = 5;

/**
 * What a server answers to a GET. A user and password of the URL are sent as Basic authorization (RFC 7617), to its own
 * origin alone, as is an `authorization` among the headers. Redirects are followed where {@link refusalOfStep} lets them.
 *
 * @throws {DownloadError} when there is no answer within the limits, or a redirect leads where it must not.
 * @example
 * const limits = { milliseconds: 30_000, bytes: 4 * 1024 * 1024 };
 * const { status, body } = await download(new URL("https://example.com/crds.yaml"), {}, limits);
 */
export async function download(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { milliseconds, bytes }: Limits,
): Promise<WholeAnswer> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const response = await followRedirects(url, { headers: withCredentials(headers, url), signal });
    const { status, statusText } = response;
    const body = await responseBody(response, bytes);
    return { status, statusLine: `${status} ${statusText}`.trim(), headers: response.headers, body };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    if (signal.aborted) throw new DownloadError(`no whole answer within ${milliseconds / 1000} seconds`);
    throw new DownloadError(`it cannot be reached: ${reasonOf(error)}`);
  }
}

/**
 * Why a server may not send the client from one URL to another, by a redirect or for a token; undefined when it may.
 * Within one origin it may. Elsewhere only over https, so that nobody on the way can change the answer, and never to this
 * very machine: what a server here says would then be taken for, or handed to, the one that sent us.
 *
 * @example
 * refusalOfStep(new URL("https://ghcr.io/"), new URL("http://ghcr.io/")); // "http://ghcr.io/ is plain text"
 */
export function refusalOfStep(from: URL, to: URL): string | undefined {
  if (to.origin === from.origin && to.origin !== "null") return undefined;
  if (to.protocol !== "https:")
    return `${printedUrl(to)} is ${to.protocol === "http:" ? "plain text" : "not an https URL"}`;
  if (isLoopback(to)) return `${printedUrl(to)} is on this machine`;
  return undefined;
}

async function followRedirects(
  url: URL,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const sent = at.origin === url.origin ? headers : withoutAuthorization(headers);
    const response = await fetch(withoutUser(at), { headers: sent, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    at = stepTo(location, at);
  }
  throw new DownloadError(`it redirects more than ${mostRedirects} times`);
}

function stepTo(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw new DownloadError("it redirects to what is not a URL");
  const to = new URL(location, from);
  const refusal = refusalOfStep(from, to);
  if (refusal !== undefined) throw new DownloadError(`it redirects elsewhere, and ${refusal}`);
  return to;
}

function withCredentials(
  headers: Readonly<Record<string, string>>,
  { username, password }: URL,
): Record<string, string> {
  if (username === "" && password === "") return { ...headers };
  const pair = `${decodedPart(username)}:${decodedPart(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}`, ...headers };
}

/** A password may have a percent sign of its own. */
function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const withoutAuthorization = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));

/** `fetch` takes no URL with a user. */
function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain;
}

async function responseBody(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > most) throw new DownloadError(`the answer is larger than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The message of `fetch` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof AggregateError ? cause.errors[0] : cause;
  return reason instanceof Error && reason.message ? reason.message : message;
}
