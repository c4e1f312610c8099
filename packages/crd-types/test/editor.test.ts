import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What an editor says to the YAML language server, and it back (Language Server Protocol over stdio). */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly diagnostics?: readonly Diagnostic[];
    readonly items?: readonly unknown[];
  };
  readonly result?: { readonly items?: readonly { readonly label: string }[]; readonly contents?: unknown };
}
interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

const root = dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json"));
let server: ChildProcessByStdio<Writable, Readable, null>;
let received: Message[] = [];
let wake: () => void = () => {};
let lastId = 0;

beforeAll(async () => {
  server = spawn("node", [join(root, "bin/yaml-language-server"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let rest = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, head).toString())?.[1]);
      if (head < 0 || rest.length < head + 4 + length) break;
      receive(JSON.parse(rest.subarray(head + 4, head + 4 + length).toString()));
      rest = rest.subarray(head + 4 + length);
    }
  });
  await ask("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  tell("initialized", {});
});

afterAll(() => server.kill());

function receive(message: Message): void {
  // The server asks for its settings; it works without any.
  if (message.method === "workspace/configuration")
    send({ id: message.id, result: (message.params?.items ?? []).map(() => null) });
  else if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
  received.push(message);
  wake();
}

function send(message: object): void {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

const tell = (method: string, params: object): void => send({ method, params });

async function ask(method: string, params: object): Promise<Message> {
  const id = ++lastId;
  send({ id, method, params });
  return until((message) => message.id === id && message.method === undefined);
}

async function until(isWanted: (message: Message) => boolean): Promise<Message> {
  for (;;) {
    const found = received.find(isWanted);
    if (found) return found;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

let documents = 0;

async function open(text: string): Promise<{ uri: string; diagnostics: readonly Diagnostic[] }> {
  const uri = pathToFileURL(`/editor/file-${++documents}.yaml`).href;
  received = [];
  tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const message = await until(
    ({ method, params }) => method === "textDocument/publishDiagnostics" && params?.uri === uri,
  );
  return { uri, diagnostics: message.params?.diagnostics ?? [] };
}

const schema = fileURLToPath(new URL("../schemas/atlasschema-v1alpha1.json", import.meta.url));
const document = (spec: string): string => `# yaml-language-server: $schema=${schema}
apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasSchema
metadata:
  name: shop
spec:
${spec}`;

test.each<[string, string, RegExp | undefined]>([
  ["a right file", "  url: sqlite://a\n  txMode: all\n", undefined],
  ["a misspelt field", "  urll: sqlite://a\n", /urll/],
  ["a value that is not allowed", "  txMode: some\n", /"file", "all", "none"/],
  ["a value of another type", "  backoffLimit: often\n", /integer/],
  ["a pod's misspelt field", "  devDB:\n    spec:\n      containers: [{ name: a, imag: b }]\n", /imag/],
])(
  "the YAML language server on %s",
  async (_name, spec, says) => {
    const { diagnostics } = await open(document(spec));
    if (says === undefined) expect(diagnostics).toEqual([]);
    else expect(diagnostics.map(({ message }) => message).join("\n")).toMatch(says);
  },
  30_000,
);

test("the YAML language server completes fields and describes them", async () => {
  const { uri } = await open(document("  tx\n"));
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
  const { result } = await ask("textDocument/completion", at(6, 4));
  const labels = (result?.items ?? []).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(["txMode", "urlFrom", "schema"]));
  const { uri: other } = await open(document("  txMode: all\n"));
  const hover = await ask("textDocument/hover", {
    textDocument: { uri: other },
    position: { line: 6, character: 4 },
  });
  expect(JSON.stringify(hover.result?.contents)).toContain("transaction");
}, 30_000);
