import { createHash } from "node:crypto";
import { download, DownloadError, refusalOfStep, type Limits, type WholeAnswer } from "./download.ts";
import { isLoopback } from "./loopback.ts";
import { printedUrl } from "./printed-url.ts";

/** What a registry may answer with, an index of several manifests or one manifest, and what holds its parts. */
const manifestTypes: Readonly<Record<string, "manifests" | "layers">> = {
  "application/vnd.oci.image.index.v1+json": "manifests",
  "application/vnd.docker.distribution.manifest.list.v2+json": "manifests",
  "application/vnd.oci.image.manifest.v1+json": "layers",
  "application/vnd.docker.distribution.manifest.v2+json": "layers",
};
const acceptedManifests = Object.keys(manifestTypes).join(", ");

/** The size is the least that every registry must take, and the most that a client need. */
export const manifestLimits: Limits = { milliseconds: 30_000, bytes: 4 * 1024 * 1024 };

/** A manifest that a registry has sent, whose digest is that of its bytes. */
export interface Manifest {
  /** `sha256:…`, of the bytes that were sent. */
  readonly digest: string;
  /** Whether it lists other manifests, or the layers of one artifact. */
  readonly holds: "manifests" | "layers";
  /** The list of what it holds; what stands there has not been looked at. */
  readonly parts: readonly unknown[];
}

/**
 * Where the API of a registry has something: over https, but for a registry on this very machine, which needs no
 * certificate, as with Docker.
 *
 * @param path below `/v2/`.
 * @throws {TypeError} when that is not a URL.
 */
export function registryUrl(host: string, path: string): URL {
  const url = new URL(`https://${host}/v2/${path}`);
  return isLoopback(url) ? new URL(url.href.replace("https:", "http:")) : url;
}

/**
 * The manifest that a registry has at a URL, as the OCI distribution specification has it: asked for anonymously, with a
 * bearer token where one is asked for. What is sent must be a manifest, and have the digest that the registry states, and
 * the one that it is asked for by.
 *
 * @param wanted the digest that it must have.
 * @throws {DownloadError} when there is none, or something else is sent.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function downloadManifest(
  url: URL,
  within: Limits = manifestLimits,
  wanted?: string,
): Promise<Manifest> {
  const answer = await askRegistry(url, acceptedManifests, within);
  const manifest = { digest: contentDigest(answer.body), ...readManifest(answer) };
  const stated = answer.headers.get("docker-content-digest") ?? manifest.digest;
  // A registry may state the digest by another algorithm.
  if (contentDigest(answer.body, algorithmOf(stated)) !== stated)
    throw new DownloadError(`it says the digest is ${stated}, but what it sent has ${manifest.digest}`);
  if (wanted !== undefined) refuseOtherDigest(answer.body, wanted);
  return manifest;
}

/**
 * The content that a manifest names by its digest and size.
 *
 * @throws {DownloadError} when what is sent has another digest or size.
 */
export async function downloadBlob(
  url: URL,
  { digest, size }: { readonly digest: string; readonly size: number },
  within: Limits,
): Promise<Uint8Array> {
  if (size > within.bytes) throw new DownloadError(`it has ${size} bytes, of ${within.bytes} that are taken`);
  const { body } = await askRegistry(url, "*/*", {
    ...within,
    // A registry that asks for a token may have more to say than a small blob.
    bytes: Math.max(size, manifestLimits.bytes),
  });
  if (body.length !== size)
    throw new DownloadError(`it has ${body.length} bytes, but the manifest says ${size}`);
  refuseOtherDigest(body, digest);
  return body;
}

function refuseOtherDigest(body: Uint8Array, wanted: string): void {
  const digest = contentDigest(body, algorithmOf(wanted));
  if (digest !== wanted) throw new DownloadError(`what it sent has the digest ${digest}, not ${wanted}`);
}

const contentDigest = (body: Uint8Array, algorithm: "sha256" | "sha512" = "sha256"): string =>
  `${algorithm}:${createHash(algorithm).update(body).digest("hex")}`;

const algorithmOf = (digest: string): "sha256" | "sha512" =>
  digest.startsWith("sha512:") ? "sha512" : "sha256";

async function askRegistry(url: URL, accept: string, within: Limits): Promise<WholeAnswer> {
  let answer = await download(url, { accept }, within);
  if (answer.status === 401) {
    const token = await tokenFor(url, answer.headers.get("www-authenticate") ?? "", {
      ...within,
      bytes: manifestLimits.bytes,
    });
    answer = await download(url, { accept, authorization: `Bearer ${token}` }, within);
  }
  if (answer.status !== 200) throw new DownloadError(answer.statusLine);
  return answer;
}

/**
 * A login page, or a proxy's, comes with status 200, too.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-index.md and manifest.md beside it
 */
function readManifest({ headers, body }: WholeAnswer): Pick<Manifest, "holds" | "parts"> {
  const [said = ""] = (headers.get("content-type") ?? "").toLowerCase().split(";", 1);
  const type = said.trim();
  const holds = Object.hasOwn(manifestTypes, type) ? manifestTypes[type] : undefined;
  if (holds === undefined)
    throw new DownloadError(`it sent no image manifest, but ${type || "something of no type"}`);
  const manifest = readJson(body);
  if (typeof manifest !== "object" || manifest === null)
    throw new DownloadError("it sent no image manifest: it is not a JSON object");
  const { schemaVersion, mediaType = type, [holds]: parts }: Record<string, unknown> = { ...manifest };
  if (schemaVersion !== 2 || !Array.isArray(parts))
    throw new DownloadError(`it sent no image manifest: schemaVersion 2 and a list of ${holds} are missing`);
  if (mediaType !== type)
    throw new DownloadError(`it sent ${type} that says to be ${JSON.stringify(mediaType)}`);
  return { holds, parts };
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The anonymous token that the registry's challenge asks for (RFC 6750, and Docker's token authentication). */
async function tokenFor(url: URL, challenge: string, within: Limits): Promise<string> {
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  const realm = parameters.get("realm");
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
    throw new DownloadError(`it asks for a login: ${challenge || "401 without a challenge"}`);
  const token = new URL(realm);
  const refusal = refusalOfStep(url, token);
  if (refusal !== undefined) throw new DownloadError(`it sends elsewhere for a token, and ${refusal}`);
  const [, name = ""] = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(url.pathname) ?? [];
  token.searchParams.set("scope", parameters.get("scope") ?? `repository:${name}:pull`);
  const service = parameters.get("service");
  if (service !== undefined) token.searchParams.set("service", service);
  const { status, statusLine, body } = await download(token, { accept: "application/json" }, within);
  if (status !== 200) throw new DownloadError(`no token from ${printedUrl(realm)}: ${statusLine}`);
  return readToken(body, printedUrl(realm));
}

function readToken(body: Uint8Array, realm: string): string {
  const answer = readJson(body);
  const { token, access_token: other }: Record<string, unknown> =
    typeof answer === "object" && answer !== null ? { ...answer } : {};
  const found = token ?? other;
  if (typeof found === "string" && /^[\x21-\x7e]+$/.test(found)) return found;
  throw new DownloadError(`no token in the answer of ${realm}`);
}
