import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { declarationsIn, type DeclaredModule, type DeclaredType } from "@atlas/typescript/read";

const declaredModules = new Map<string, DeclaredModule>();

const kubernetesTypesRoot = (): string =>
  dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));

/**
 * The type of a module of `kubernetes-types` such as `apps/v1`, from the declarations that are installed: what they do not
 * know would not compile. Undefined for what is not there.
 */
export function declaredType(module: string, name: string): DeclaredType | undefined {
  const known = declaredModules.get(module) ?? readModule(module);
  declaredModules.set(module, known);
  const own = known.types.get(name);
  const origin = known.origins.get(name);
  return own ?? (origin === undefined ? undefined : declaredType(origin, name));
}

function readModule(module: string): DeclaredModule {
  let text: string;
  try {
    text = readFileSync(join(kubernetesTypesRoot(), `${module}.d.ts`), "utf8");
  } catch {
    return { types: new Map(), origins: new Map() };
  }
  const { types, origins } = declarationsIn(text, module);
  return { types, origins: new Map([...origins].map(([name, from]) => [name, join(dirname(module), from)])) };
}
