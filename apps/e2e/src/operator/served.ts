import { createServer, type IncomingMessage } from "node:http";

/**
 * Does something while a server on loopback answers.
 *
 * @param use takes the server's URL, with a slash at its end.
 */
export async function served(
  answer: (request: IncomingMessage) => string,
  use: (url: string) => Promise<unknown>,
): Promise<void> {
  const server = createServer((request, response) => response.end(answer(request)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === "object" && address?.port}/`);
  } finally {
    server.close();
  }
}
