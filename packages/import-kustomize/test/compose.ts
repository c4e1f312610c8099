import { pathToFileURL } from "node:url";
import { compose, isExternal, type Layer } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import { offerPackagesOf } from "@atlas/input";
import { readSource } from "../src/model/read-source.ts";

// Prints the objects of the layers whose modules are named.
offerPackagesOf(import.meta.url);
for (const file of process.argv.slice(2)) {
  const { default: layer }: { readonly default: Layer } = await import(pathToFileURL(file).href);
  for (const object of compose(layer, readSource))
    process.stdout.write(`---\n${toYaml(isExternal(object) ? readSource(object.source) : object)}`);
}
