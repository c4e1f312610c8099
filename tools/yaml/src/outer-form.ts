import type { Dialect } from "./scalars.ts";

/** A place of a text that kubectl refuses, or takes for something else than it says. */
export interface Misread {
  readonly offset: number;
  readonly what: string;
  readonly fix: string;
}

/**
 * The first place where kubectl, which splits a file into its documents before it reads them as YAML 1.1, does not see what
 * a reader of YAML 1.2 sees. Both of its readers agree in this, that of `-f` and that of `-k`, but where the file is JSON to
 * the former.
 *
 * Source: `yaml.NewYAMLReader` of k8s.io/apimachinery and `is_printable` and `is_break` of go.yaml.in/yaml/v2.
 *
 * @example
 *   misreadIn("kind: Pod\n--- {}\n", "kubectl"); // { offset: 10, what: "there is content on the line of ---", … }
 */
export function misreadIn(text: string, dialect: Dialect): Misread | undefined {
  if (dialect === "kubectl" && isJson(text)) return undefined;
  const found = [misreadCharacter(text), misreadLine(text)].filter((each) => each !== undefined);
  return found.toSorted((a, b) => a.offset - b.offset)[0];
}

/** Whether `kubectl apply -f` reads a file with its reader of JSON. */
export const isJson = (text: string): boolean => /^\s*\{/.test(text);

const strange =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\r(?!\n)/;

function misreadCharacter(text: string): Misread | undefined {
  const found = strange.exec(text);
  if (!found) return undefined;
  const code = text.charCodeAt(found.index);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const escape = `\\u${code.toString(16).padStart(4, "0")}`;
  const isBreak = /[\r\u0085\u2028\u2029]/.test(found[0]);
  return {
    offset: found.index,
    what: isBreak
      ? `${name} ends a line to kubectl, and to no other reader`
      : `the control character ${name} stands in the file, which kubectl refuses`,
    fix: `take it out, or write it as "${escape}" in double quotes`,
  };
}

/** Lines that are no content of a document. */
const outer = /^(?:%|---|\.\.\.(?=\s|$))[^\n]*/gm;

function misreadLine(text: string): Misread | undefined {
  for (const { index, 0: line } of text.matchAll(outer)) {
    if (line.startsWith("%"))
      return { offset: index, what: "kubectl takes no directives", fix: "take this line out" };
    if (line.startsWith("---") && !/^---\s*(?:#.*)?$/.test(line))
      return {
        offset: index,
        what: "there is content on the line of ---, which kubectl takes for the end of a document alone",
        fix: "write what follows on a line of its own",
      };
    const after = line.startsWith("...") ? contentAfter(text, index + line.length) : undefined;
    if (after !== undefined)
      return {
        offset: after,
        what: "kubectl drops what follows on ... without a word",
        fix: "begin the next document with ---",
      };
  }
  return undefined;
}

/** Where content begins before the next document is announced; comments are none. */
function contentAfter(text: string, offset: number): number | undefined {
  const content = /^[ \t]*(?!#)(\S)/gm;
  content.lastIndex = offset + 1;
  const found = offset >= text.length ? null : content.exec(text);
  return found && !/^(?:---|\.\.\.|%)/.test(text.slice(found.index, found.index + 3))
    ? found.index
    : undefined;
}
