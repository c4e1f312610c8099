import { found, type Found, type Rule } from "../../findings/rule.ts";
import { at, elements, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const argumentWithSpace: Rule = {
  code: "argument-with-space",
  severity: "warning",
  why: "Each element of command and args is one argument, whatever spaces are in it: no shell takes it apart. A program is looked for by the whole text, and a flag with its value is a flag of another name.",
  fix: "make an element of each argument",
  link: "https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",
  find: (world) =>
    world.pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => {
        const [program] = elements(at(container, "command"));
        return [
          ...(program ? ofProgram(program) : []),
          ...ofFlags(elements(at(container, "command"))),
          ...ofFlags(elements(at(container, "args"))),
        ];
      }),
    ),
};

const elementsOf = (text: string): string =>
  JSON.stringify(text.trim().split(/\s+/)).replaceAll('","', '", "');

function ofProgram(program: Node): readonly Found[] {
  const text = textAt(program) ?? "";
  // A path may have a space in it, though hardly before a flag.
  if (!/^\S+\s+\S/.test(text) || text.includes("\n")) return [];
  const isForShell = /['"|&;$<>]/.test(text);
  const fix = isForShell ? 'write ["sh", "-c", "…"]' : `write ${elementsOf(text)}`;
  return [found(program, `no program is called ${JSON.stringify(text)}`, { severity: "error", fix })];
}

/** A flag and its value, and nothing else: one of a single letter takes what follows in the same word, and a text of more words is what a flag before it takes. */
function ofFlags(list: readonly Node[]): readonly Found[] {
  return list.flatMap((node, index) => {
    const text = textAt(node) ?? "";
    if (!/^--?[A-Za-z][-\w.]+[ \t]+[^-\s]\S*$/.test(text)) return [];
    if (/^-[A-Za-z]*c$/.test(textAt(list[index - 1] ?? node) ?? "")) return [];
    return [
      found(node, `${JSON.stringify(text)} is one argument, and no flag is called so`, {
        fix: `write ${elementsOf(text).slice(1, -1)}, or ${JSON.stringify(text.replace(/\s+/, "="))}`,
      }),
    ];
  });
}
