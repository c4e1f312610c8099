import { once } from "node:events";
import { createInterface } from "node:readline";
import { execa } from "execa";

/** The API of a cluster by plain HTTP on loopback. */
export interface Proxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts `kubectl proxy` on a free port, so that requests need no client library and know every kind of credentials
 * that kubectl does.
 *
 * @throws Error with what kubectl said, where it does not start.
 */
export async function startProxy(kubectl: string, kubeconfig?: string): Promise<Proxy> {
  const config = kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig];
  const process = execa(kubectl, [...config, "proxy", "--port=0"], {
    reject: false,
    buffer: { stdout: false },
  });
  const [line] = await Promise.race([
    once(createInterface(process.stdout), "line"),
    process.then(({ stderr }) => Promise.reject(new Error(`kubectl proxy did not start: ${stderr}`))),
  ]);
  const [address] = /127\.0\.0\.1:\d+/.exec(line) ?? [];
  return {
    url: `http://${address}`,
    stop: async () => {
      process.kill();
      await process;
    },
  };
}
