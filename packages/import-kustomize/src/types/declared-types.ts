import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseType, type DeclaredType } from "./type-parser.ts";

/** The types of one module, and where those that it imports come from. */
interface DeclaredModule {
  readonly types: ReadonlyMap<string, DeclaredType>;
  readonly origins: ReadonlyMap<string, string>;
}

const declaredModules = new Map<string, DeclaredModule>();

const kubernetesTypesRoot = (): string =>
  dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));

/**
 * The type of a module of `kubernetes-types` such as `apps/v1`, from the declarations that are installed: what they do not
 * know would not compile. They are of one plain form, which this reads; undefined for what is not there.
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
  const plain = text.replaceAll(/\/\*[^]*?\*\//g, "");
  const origins = new Map<string, string>();
  for (const [, names = "", from = ""] of plain.matchAll(/^import \{([^}]*)\} from "([^"]+)";/gm)) {
    for (const name of names.split(",")) origins.set(name.trim(), join(dirname(module), from));
  }
  const types = new Map<string, DeclaredType>();
  for (const [, name = "", body = ""] of plain.matchAll(/^export interface (\w+) (\{[^]*?^\})/gm))
    types.set(name, parseType(body, module));
  for (const [, name = "", body = ""] of plain.matchAll(/^export type (\w+) = ([^;]+);/gm))
    types.set(name, parseType(body, module));
  return { types, origins };
}
