import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, test } from "vitest";
import { atlasRender } from "./atlas-render.ts";
import { isExisting, send } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

const source = (path: string): string =>
  JSON.stringify(new URL(`../../../../packages/${path}`, import.meta.url).pathname);
const count = 1000;
const atOnce = 16;

interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

// A thousand namespaces are not for a cluster that others use.
describe.skipIf(isExisting)("a thousand environments", () => {
  test("are all accepted by one control plane", async () => {
    const texts = await renderMany();
    const objects = texts.map((text): Rendered => JSON.parse(text));
    expect(objects.filter(({ kind }) => kind === "Deployment").length).toBe(count);
    // In a namespace that is not there nothing can be applied, not even for show.
    const namespaces = objects.filter(({ kind }) => kind === "Namespace");
    expect(await refusals(namespaces, "")).toEqual([]);
    expect(await refusals(objects, "dryRun=All&")).toEqual([]);
  }, 600_000);
});

/** Renders `dev` into a thousand namespaces; each object's text once, as the CRDs are the same everywhere. */
async function renderMany(): Promise<string[]> {
  const environments = join(inject("folder"), "environments");
  const output = join(inject("folder"), "thousand");
  for (let index = 0; index < count; index++) {
    const name = `thousand-${index}`;
    mkdirSync(join(environments, name), { recursive: true });
    writeFileSync(
      join(environments, name, "index.ts"),
      `import { overlay } from ${source("compose/src/index.ts")};
       import dev from ${source("manifests/src/overlays/dev/index.ts")};
       export default overlay({ base: dev, namespace: ${JSON.stringify(name)} });`,
    );
  }
  await atlasRender("render", "--environments", environments, "--output", output, "--format", "json");
  const files = readdirSync(output, { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".json"))
    .map((file) => readFileSync(join(output, file), "utf8"));
  return [...new Set(texts)];
}

/** Applies objects server side, some at once, and returns what the API server said of those that it refused. */
async function refusals(objects: readonly Rendered[], query: string): Promise<string[]> {
  const served = new Map((await servedResources()).map((one) => [`${one.apiVersion} ${one.kind}`, one]));
  const waiting = objects.values();
  const refused: string[] = [];
  const worker = async (): Promise<void> => {
    for (const object of waiting) {
      const { apiVersion, kind, metadata } = object;
      const { root, resource } = served.get(`${apiVersion} ${kind}`) ?? { root: "", resource: kind };
      const home = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
      const at = `${root}${home}/${resource}/${metadata.name}`;
      const answer = await patiently(`${at}?${query}fieldManager=atlas-e2e&fieldValidation=Strict`, object);
      if (!answer.ok) refused.push(`${at}: ${await answer.text()}`);
      else await answer.body?.cancel();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return refused;
}

/** Waits as long as the API server asks for where it has too much to do. */
async function patiently(path: string, object: Rendered): Promise<Response> {
  const answer = await send("PATCH", path, object, { "content-type": "application/apply-patch+yaml" });
  if (answer.status !== 429) return answer;
  await answer.body?.cancel();
  await sleep(1000 * Number(answer.headers.get("retry-after") ?? 1));
  return patiently(path, object);
}
