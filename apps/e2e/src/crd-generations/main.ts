import { parseArgs } from "node:util";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { startControlPlane } from "../control-plane/control-plane.ts";
import { pairsIn, randomPairs, singlePairs } from "./pairs.ts";
import { prove, type Ask } from "./proof.ts";

/*
 * Holds what is predicted of stored objects against what an API server does with them once their CRD is another one: with
 * generations of our own, or with those in a folder. It ends with 1 where the two differ.
 */
const { values } = parseArgs({
  options: {
    generations: { type: "string" },
    objects: { type: "string", default: "40" },
    touches: { type: "string", default: "4" },
    random: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const [objects, touches, random, seed] = [values.objects, values.touches, values.random, values.seed].map(
  Number,
) as [number, number, number, number];
const pairs = (
  values.generations === undefined
    ? [...singlePairs(), ...randomPairs(random, seed)]
    : pairsIn(values.generations)
).filter(({ name }) => name.includes(values.only));

const folder = runFolder();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const server = await startControlPlane(folder.path, say);
const ask: Ask = async (method, path, body) => {
  const response = await fetch(`${server.api}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? JSON.parse(await response.text()) : {} };
};
const total = { objects: 0, updates: 0, differences: 0 };
try {
  for (const { name, generations } of pairs) {
    const proof = await prove(ask, generations, "default", { objects, touches, seed }).catch(
      (error: Error) => error,
    );
    if (proof instanceof Error) {
      say(`${name}: ${proof.stack}`);
      total.differences++;
      continue;
    }
    total.objects += proof.objects;
    total.updates += proof.updates;
    total.differences += proof.differences.length;
    process.stdout.write(`${name}: ${JSON.stringify({ ...proof, differences: proof.differences.length })}\n`);
    for (const difference of proof.differences.slice(0, 3))
      process.stdout.write(`  ${difference.slice(0, 3000)}\n`);
  }
} finally {
  await server.stop();
  folder.remove();
}
process.stdout.write(`${pairs.length} pairs: ${JSON.stringify(total)}\n`);
process.exitCode = total.differences > 0 ? 1 : 0;
