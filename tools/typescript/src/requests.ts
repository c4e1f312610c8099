import { parseSync, type EcmaScriptModule, type Span } from "oxc-parser";

/** A module that another names in an import or an export. */
export interface ModuleRequest extends Span {
  /** As it is written, without the quotes, which are a part of the place. */
  readonly request: string;
}

/**
 * The modules that a text of TypeScript or JavaScript names in imports and exports, in their order.
 *
 * @example
 * requestsIn('import { a } from "./b.ts";'); // [{ request: "./b.ts", start: 18, end: 26 }]
 */
export const requestsIn = (text: string): ModuleRequest[] => requestsOf(parseSync("m.ts", text).module, text);

/** The modules that a module names which was parsed already. */
export function requestsOf(
  { staticImports, staticExports, dynamicImports }: EcmaScriptModule,
  text: string,
): ModuleRequest[] {
  const entries = staticExports.flatMap((statement) => statement.entries);
  const named = [...staticImports, ...entries].flatMap(({ moduleRequest }): ModuleRequest[] =>
    moduleRequest
      ? [{ request: moduleRequest.value, start: moduleRequest.start, end: moduleRequest.end }]
      : [],
  );
  const dynamic = dynamicImports.flatMap(({ moduleRequest: { start, end } }): ModuleRequest[] => {
    const quoted = text.slice(start, end);
    return /^["']/.test(quoted) ? [{ request: quoted.slice(1, -1), start, end }] : [];
  });
  // A statement has an entry for each name.
  const all = new Map([...named, ...dynamic].map((each) => [each.start, each]));
  return [...all.values()].toSorted((a, b) => a.start - b.start);
}
