import { isolatedDeclarationSync, transformSync } from "oxc-transform";
import type { OutputFile } from "../emit/output-file.ts";

/**
 * Modules of TypeScript as those of JavaScript and their declarations, in `dist` in place of `src`; other files stay.
 *
 * @throws an error when a module is not TypeScript of which each part can be compiled by itself; a fault of the generator.
 * @example
 * compiled([{ path: "src/index.ts", content: "export const one: number = 1;" }]);
 * // dist/index.js, dist/index.d.ts
 */
export const compiled = (files: readonly OutputFile[]): OutputFile[] =>
  files.flatMap((file) => (/^src\/.*\.ts$/.test(file.path) ? compileModule(file) : [file]));

function compileModule({ path, content, warning }: OutputFile): OutputFile[] {
  const name = path.replace(/^src\/(.*)\.ts$/, "dist/$1");
  const script = transformSync(path, content, { typescript: { rewriteImportExtensions: true } });
  // Of types alone nothing is left that runs: they are declarations as they stand.
  const declarations =
    script.code === emptyModule ? { code: content, errors: [] } : isolatedDeclarationSync(path, content);
  const [error] = [...script.errors, ...declarations.errors];
  if (error)
    throw new Error(`${path} cannot be compiled, which is a fault of the generator: ${error.message}`);
  return [
    { path: `${name}.d.ts`, content: withJavaScript(declarations.code) },
    {
      path: `${name}.js`,
      content: script.code,
      ...(warning && { warning: { ...warning, file: `${name}.js` } }),
    },
  ];
}

/** What is made of a module of types. */
const emptyModule = "export {};\n";

/** Declarations that name the files beside them as they are called once they are compiled. */
const withJavaScript = (text: string): string =>
  text.replaceAll(/(from )"(\.{1,2}\/[^"\n]+)\.ts"/g, '$1"$2.js"');
