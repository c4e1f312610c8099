import { parseArgs } from "node:util";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { startControlPlane } from "../control-plane/control-plane.ts";
import { pairsOfFolder, randomPairs, singlePairs } from "./pairs.ts";
import { proveGenerations, type Ask } from "./proof.ts";

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
const provedPairs = (
  values.generations === undefined
    ? [...singlePairs(), ...randomPairs(random, seed)]
    : pairsOfFolder(values.generations)
).filter(({ name }) => name.includes(values.only));

const generationsFolder = runFolder();
const sayOfProof = (line: string): void => void process.stderr.write(`${line}\n`);
const server = await startControlPlane(generationsFolder.path, sayOfProof);
const askServer: Ask = async (method, path, body) => {
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
  for (const { name, generations } of provedPairs) {
    const proof = await proveGenerations(askServer, generations, "default", { objects, touches, seed }).catch(
      (error: Error) => error,
    );
    if (proof instanceof Error) {
      sayOfProof(`${name}: ${proof.stack}`);
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
  generationsFolder.remove();
}
process.stdout.write(`${provedPairs.length} pairs: ${JSON.stringify(total)}\n`);
process.exitCode = total.differences > 0 ? 1 : 0;
