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
  if (isTypesAlone(content))
    return [
      { path: `${name}.d.ts`, content: withJavaScript(content) },
      { path: `${name}.js`, content: "export {};\n" },
    ];
  const script = transformSync(path, content);
  const declarations = isolatedDeclarationSync(path, content);
  const [error] = [...script.errors, ...declarations.errors];
  if (error)
    throw new Error(`${path} cannot be compiled, which is a fault of the generator: ${error.message}`);
  return [
    { path: `${name}.d.ts`, content: withJavaScript(declarations.code) },
    {
      path: `${name}.js`,
      content: withJavaScript(script.code),
      ...(warning && { warning: { ...warning, file: `${name}.js` } }),
    },
  ];
}

/** Whether nothing of a module is there when it runs: as it stands, it is a declaration. */
const isTypesAlone = (content: string): boolean =>
  !/^(?:export )?(?:const|let|function|class|async)\b/m.test(content) &&
  [...content.matchAll(/^(?:import|export)\b.*$/gm)].every(([line]) =>
    /^(?:import type|export (?:type|interface))\b/.test(line),
  );

const withJavaScript = (text: string): string =>
  text.replaceAll(/(from |import\()"(\.{1,2}\/[^"\n]+)\.ts"/g, '$1"$2.js"');
