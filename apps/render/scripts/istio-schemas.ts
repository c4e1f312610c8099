// Writes schemas/istio/ anew from the CustomResourceDefinitions of the release of Istio that src/validate/istio-release.ts
// names:
//
//   node apps/render/scripts/istio-schemas.ts
//
// They come out of the Go module istio.io/api, for which it takes Go and a Go proxy, once.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { istioSchemas } from "./istio-module.ts";

const folder = fileURLToPath(new URL("../schemas/istio", import.meta.url));
rmSync(folder, { recursive: true, force: true });
for (const [file, text] of await istioSchemas()) {
  mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
  writeFileSync(`${folder}/${file}`, text);
}
