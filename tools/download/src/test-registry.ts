import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** The digest by which a registry has something. */
export const digestIn = (text: string | Uint8Array): string =>
  `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** A registry on loopback that speaks as much of the OCI distribution specification as a pull needs. */
export interface Registry {
  /** `<address>:<port>`. */
  readonly host: string;
  /** The requests so far, as `GET /v2/…`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** What a registry holds, and how it behaves. */
export interface Holdings {
  /** Manifests by `<name>:<tag>`. */
  readonly manifests: Readonly<Record<string, string>>;
  /** Layers by their digest. */
  readonly blobs?: Readonly<Record<string, string | Uint8Array>> | undefined;
  /** Whether a bearer token is asked for, and whether one is given. */
  readonly token?: "asked" | "refused" | undefined;
  /** The header in which the digest stands; the right one when it is left out, none when it is null. */
  readonly stated?: string | null | undefined;
  /** The media type; that of an OCI index when it is left out, none when it is null. */
  readonly type?: string | null | undefined;
  /** Where a token is to be had; at the registry itself when it is left out. */
  readonly realm?: string | undefined;
  /** Answers in the registry's place. */
  readonly instead?: RequestListener | undefined;
  /** Answers in the registry's place where layers are asked for. */
  readonly insteadOfBlobs?: RequestListener | undefined;
}

export async function startRegistry(holdings: Holdings, address = "127.0.0.1"): Promise<Registry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (holdings.instead) holdings.instead(request, response);
    else answer(request, response, holdings);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    host: `${address}:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => closed(server),
  };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { manifests, blobs = {}, token, stated, type, realm, insteadOfBlobs }: Holdings,
): void {
  const { url = "", headers } = request;
  const { pathname, searchParams } = new URL(url, "http://registry");
  if (pathname === "/token") {
    if (token === "refused") response.writeHead(403).end();
    else response.end(JSON.stringify({ token: `for ${searchParams.get("scope")}`.replaceAll(" ", "-") }));
    return;
  }
  const [, name = "", part = "", tag = ""] = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(pathname) ?? [];
  if (token && headers.authorization !== `Bearer for-repository:${name}:pull`) {
    const challenge = `Bearer realm="${realm ?? `http://${headers.host}/token`}",service="registry",scope="repository:${name}:pull"`;
    response.writeHead(401, { "www-authenticate": challenge }).end();
    return;
  }
  if (part === "blobs") {
    const blob = blobs[tag];
    if (insteadOfBlobs) insteadOfBlobs(request, response);
    else if (blob === undefined) response.writeHead(404).end('{"errors":[{"code":"BLOB_UNKNOWN"}]}');
    else response.end(blob);
    return;
  }
  const manifest =
    manifests[`${name}:${tag}`] ??
    Object.entries(manifests).find(
      ([key, text]) => key.startsWith(`${name}:`) && digestIn(text) === tag,
    )?.[1];
  const takesIndex = headers.accept?.includes("application/vnd.oci.image.index.v1+json");
  if (manifest === undefined || !takesIndex) {
    response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    return;
  }
  const digest = stated === undefined ? digestIn(manifest) : stated;
  if (digest !== null) response.setHeader("docker-content-digest", digest);
  if (type !== null) response.setHeader("content-type", type ?? "application/vnd.oci.image.index.v1+json");
  response.end(manifest);
}
