import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A port on loopback, or a Unix socket, which is the same file in every network namespace. */
export type ForwardAddress =
  | { readonly host: "127.0.0.1"; readonly port: number }
  | { readonly path: string };

/** A port on loopback. */
export const loopback = (port: number): ForwardAddress => ({ host: "127.0.0.1", port });

/** Carries what comes in at one address to another, until the server is closed. */
export async function forward(from: ForwardAddress, to: ForwardAddress): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (incoming) => joinSockets(incoming, connectTo(to)));
  server.listen(from);
  await once(server, "listening");
  return server;
}

const connectTo = (to: ForwardAddress): Socket => connect({ ...to, allowHalfOpen: true });

function joinSockets(a: Socket, b: Socket): void {
  for (const [source, target] of [
    [a, b],
    [b, a],
  ] as const) {
    source.pipe(target);
    // One side is gone: the other learns it as it would without anything between them.
    source.on("error", () => target.destroy());
    source.on("close", () => target.destroy());
  }
}
