import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback, and what it was asked. */
export interface TestServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  /** The requests so far: path and authorization. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Starts a server on an address of loopback. */
export async function startServer(answer: RequestListener, address = "127.0.0.1"): Promise<TestServer> {
  const requests: TestServer["requests"] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a body that never ends, as fast as it is read, or with a byte now and then. */
export function endless(pause?: number): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const write = (): void => {
      if (response.destroyed) return;
      if (pause !== undefined) {
        response.write("x");
        setTimeout(write, pause);
      } else if (response.write("x".repeat(65_536))) setImmediate(write);
      else response.once("drain", write);
    };
    write();
  };
}
