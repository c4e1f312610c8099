import { createHash } from "node:crypto";
import {
  download,
  DownloadError,
  isLoopback,
  printedUrl,
  refusalOfStep,
  type WholeAnswer,
  type Limits,
} from "@atlas/download";
import { InputError } from "@atlas/input";

/** What a registry may answer with, an index of images for several platforms or one image, and what holds its parts. */
const manifestTypes: Readonly<Record<string, "manifests" | "layers">> = {
  "application/vnd.oci.image.index.v1+json": "manifests",
  "application/vnd.docker.distribution.manifest.list.v2+json": "manifests",
  "application/vnd.oci.image.manifest.v1+json": "layers",
  "application/vnd.docker.distribution.manifest.v2+json": "layers",
};
const acceptedManifests = Object.keys(manifestTypes).join(", ");

/** The size is the least that every registry must take, and the most that a client need. */
const registryLimits: Limits = { milliseconds: 30_000, bytes: 4 * 1024 * 1024 };

/** Why a registry gave no digest. */
class RegistryError extends Error {}

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
  within: Limits = registryLimits,
): Promise<{ tag: string; digest: string }> {
  const tried: string[] = [];
  for (const tag of tags) {
    const url = manifestUrl(repository, tag);
    try {
      return { tag, digest: await digestAt(url, within) };
    } catch (error) {
      if (!(error instanceof RegistryError || error instanceof DownloadError)) throw error;
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
  const text = `https://${host}/v2/${name}/manifests/${tag}`;
  if (!/^[\w.:[\]-]+$/.test(host) || !/^[\w./-]+$/.test(name) || !URL.canParse(text))
    throw malformedImage(repository);
  const url = new URL(text);
  // As Docker does: a registry on this very machine needs no certificate.
  return isLoopback(url) ? new URL(url.href.replace("https:", "http:")) : url;
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

async function digestAt(url: URL, within: Limits): Promise<string> {
  let answer = await download(url, { accept: acceptedManifests }, within);
  if (answer.status === 401) {
    const token = await tokenFor(url, answer.headers.get("www-authenticate") ?? "", within);
    answer = await download(url, { accept: acceptedManifests, authorization: `Bearer ${token}` }, within);
  }
  if (answer.status !== 200) throw new RegistryError(answer.statusLine);
  refuseOtherManifest(answer);
  const digest = `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
  const stated = answer.headers.get("docker-content-digest") ?? digest;
  if (stated === digest) return digest;
  throw new RegistryError(`it says the digest is ${stated}, but what it sent has ${digest}`);
}

/**
 * A login page, or a proxy's, comes with status 200, too.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-index.md and manifest.md beside it
 */
function refuseOtherManifest({ headers, body }: WholeAnswer): void {
  const [type = ""] = (headers.get("content-type") ?? "").toLowerCase().split(";", 1);
  const parts = Object.hasOwn(manifestTypes, type.trim()) ? manifestTypes[type.trim()] : undefined;
  if (parts === undefined)
    throw new RegistryError(`it sent no image manifest, but ${type.trim() || "something of no type"}`);
  const manifest = readJson(body);
  if (typeof manifest !== "object" || manifest === null)
    throw new RegistryError("it sent no image manifest: it is not a JSON object");
  const { schemaVersion, mediaType = type.trim(), [parts]: list }: Record<string, unknown> = { ...manifest };
  if (schemaVersion !== 2 || !Array.isArray(list))
    throw new RegistryError(`it sent no image manifest: schemaVersion 2 and a list of ${parts} are missing`);
  if (mediaType !== type.trim())
    throw new RegistryError(`it sent ${type.trim()} that says to be ${JSON.stringify(mediaType)}`);
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
    throw new RegistryError(`it asks for a login: ${challenge || "401 without a challenge"}`);
  const token = new URL(realm);
  const refusal = refusalOfStep(url, token);
  if (refusal !== undefined) throw new RegistryError(`it sends elsewhere for a token, and ${refusal}`);
  const [, name = ""] = /^\/v2\/(.+)\/manifests\//.exec(url.pathname) ?? [];
  token.searchParams.set("scope", parameters.get("scope") ?? `repository:${name}:pull`);
  const service = parameters.get("service");
  if (service !== undefined) token.searchParams.set("service", service);
  const { status, statusLine, body } = await download(token, { accept: "application/json" }, within);
  if (status !== 200) throw new RegistryError(`no token from ${printedUrl(realm)}: ${statusLine}`);
  return readToken(body, printedUrl(realm));
}

function readToken(body: Uint8Array, realm: string): string {
  const answer = readJson(body);
  const { token, access_token: other }: Record<string, unknown> =
    typeof answer === "object" && answer !== null ? { ...answer } : {};
  const found = token ?? other;
  if (typeof found === "string" && /^[\x21-\x7e]+$/.test(found)) return found;
  throw new RegistryError(`no token in the answer of ${realm}`);
}
