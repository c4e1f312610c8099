import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** A remote cache of Nx on loopback, with its entries in a folder. */
export interface CacheServer {
  readonly url: string;
  /** What was asked so far, as `PUT 403`. */
  readonly answers: string[];
  close(): Promise<void>;
}

/** Who may do what. */
export interface CacheTokens {
  readonly write: string;
  readonly read: string;
}

/**
 * Starts a server that speaks Nx's protocol for self-hosted caches.
 *
 * @see https://nx.dev/docs/kb/self-hosted-caching
 */
export async function startCacheServer(folder: string, tokens: CacheTokens): Promise<CacheServer> {
  mkdirSync(folder, { recursive: true });
  const answers: string[] = [];
  const server = createServer((request, response) => {
    response.on("finish", () => answers.push(`${request.method} ${response.statusCode}`));
    answerRequest(folder, tokens, request, response).catch((error: unknown) =>
      response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, answers, close };
}

async function answerRequest(
  folder: string,
  tokens: CacheTokens,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, hash] = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? "") ?? [];
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
  if (hash === undefined) return endResponse(response, 404, "there is no such path");
  if (!Object.values(tokens).includes(token)) return endResponse(response, 401, "the token is unknown");
  const file = join(folder, hash);
  if (request.method === "PUT") return put(file, token === tokens.write, request, response);
  if (request.method !== "GET") return endResponse(response, 405, "an entry can be put and got");
  if (!existsSync(file)) return endResponse(response, 404, "there is no such entry");
  response.writeHead(200, { "content-type": "application/octet-stream" });
  await pipeline(createReadStream(file), response);
}

async function put(
  file: string,
  mayWrite: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!mayWrite) return endResponse(response, 403, "the token may only read");
  if (existsSync(file)) return endResponse(response, 409, "an entry does not change");
  // Under its name there is never a part of an entry.
  await pipeline(request, createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
  endResponse(response, 200, "");
}

function endResponse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(text);
}
