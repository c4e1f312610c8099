import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../workspace/free-port.ts";

const verdaccio: string = fileURLToPath(new URL("../../node_modules/.bin/verdaccio", import.meta.url));

/** An npm registry on loopback with nothing in it, for packages of the scope `@atlas`. */
export interface NpmRegistry {
  /** Where it listens: `http://127.0.0.1:<port>/`. */
  readonly url: string;
  /**
   * A home folder whose npm and pnpm take `@atlas/*` from this registry and all else from where this machine takes it.
   * Nothing in it can publish anywhere else.
   */
  readonly home: string;
  /** Ends the server and removes what it held. */
  stop(): Promise<void>;
}

/** Starts verdaccio in a temporary folder, on a free port. */
export async function startRegistry(): Promise<NpmRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "atlas-registry-"));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  writeFileSync(join(folder, "config.yaml"), configuration);
  writeFileSync(join(folder, ".npmrc"), npmrc(address));
  const log = join(folder, "log");
  const server = spawn(
    "sh",
    ["-c", `exec "$0" --config config.yaml --listen ${address} >log 2>&1`, verdaccio],
    {
      cwd: folder,
    },
  );
  const stop = async (): Promise<void> => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(`http://${address}/-/ping`, server);
  } catch (error) {
    const said = readFileSync(log, "utf8");
    await stop();
    throw new Error(`verdaccio did not start:\n${said}`, { cause: error });
  }
  return { url: `http://${address}/`, home: folder, stop };
}

/** Anybody may publish, only `@atlas/*` is there, and no other registry is asked. */
const configuration = `storage: storage
auth: { htpasswd: { file: htpasswd } }
uplinks: {}
packages: { "@atlas/*": { access: $all, publish: $all } }
web: { enable: false }
log: { type: stdout, level: warn }
`;

/** npm does not publish without a token, whatever the registry makes of it. */
function npmrc(address: string): string {
  const settings = ["registry", "cafile", "proxy", "https-proxy", "cache"].map((name) => [
    name,
    setting(name),
  ]);
  return [
    ...settings.filter(([, value]) => value !== "" && value !== "null").map((pair) => pair.join("=")),
    `@atlas:registry=http://${address}/`,
    `//${address}/:_authToken=anybody`,
    "audit=false",
    "fund=false",
    "update-notifier=false",
    "",
  ].join("\n");
}

/** How this machine reaches its registry, by file or variable, and where what it fetched before is kept. */
const setting = (name: string): string =>
  execFileSync("npm", ["config", "get", name], { encoding: "utf8" }).trim();

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`);
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await setTimeout(100);
  }
  throw new Error("no answer in 30 seconds");
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const end = new Promise((resolve) => server.once("exit", resolve));
  server.kill();
  await end;
}
