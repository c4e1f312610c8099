import { fileURLToPath } from "node:url";
import { execa } from "execa";

const entry = fileURLToPath(new URL("../../../render/bin/atlas-render.js", import.meta.url));

/** Runs the real command, which must succeed. */
export async function atlasRender(...args: readonly string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, ["--conditions=@atlas/source", entry, ...args]);
  return stdout;
}
