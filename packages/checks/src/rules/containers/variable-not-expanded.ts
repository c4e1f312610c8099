import { found, type Found, type Rule } from "../../findings/rule.ts";
import { misspelt } from "../../objects/near.ts";
import { at, elements, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const variableNotExpanded: Rule = {
  code: "variable-not-expanded",
  severity: "warning",
  why: "Kubernetes puts a variable in place of $(NAME) only where the container's env has it, and in env only where it stands further up: any other stays as it is written, and so does $NAME, which is for shells.",
  fix: "write $(NAME), of a variable that the container's env states above",
  link: "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
  find: (world) => world.pods.flatMap((pod) => containersOf(pod).flatMap(inContainer)),
};

function inContainer(container: Node): readonly Found[] {
  const env = elements(at(container, "env"));
  const names = env.map((each) => textAt(at(each, "name")) ?? "");
  const words = [...elements(at(container, "command")), ...elements(at(container, "args"))];
  return [
    ...env.flatMap((each, index) =>
      inValue(at(each, "value"), names, { before: names.slice(0, index), own: names[index] }),
    ),
    ...words.flatMap((each) => inValue(each, names, { before: names })),
    ...(words.some(isShell) || words.length === 0 ? [] : words.flatMap((each) => forShells(each, names))),
  ];
}

/** What is read by a shell, which expands on its own. */
const isShell = (node: Node): boolean => /(?:^|\/)(?:ba|da|z|k|a|c)?sh$|\s/.test((textAt(node) ?? "").trim());

/** References to variables that come later, or that are nearly the name of one. What else is there, the image may bring. */
function inValue(
  node: Node,
  all: readonly string[],
  { before, own }: { readonly before: readonly string[]; readonly own?: string | undefined },
): readonly Found[] {
  return referred(textAt(node) ?? "", /(?<!\$)\$\(([-._A-Za-z][-._A-Za-z0-9]*)\)/g).flatMap((name) => {
    if (before.includes(name)) return [];
    if (name === own)
      return [
        found(
          node,
          `$(${name}) stays as it is: Kubernetes does not know the value that the image has for it`,
          {
            fix: "write the whole value, or put it together in a shell",
          },
        ),
      ];
    if (all.includes(name)) {
      const fix = `move ${name} above it`;
      return [found(node, `$(${name}) stays as it is: the variable stands further down`, { fix })];
    }
    const near = misspelt(name, all);
    if (near === undefined) return [];
    return [
      found(node, `$(${name}) stays as it is: there is no such variable`, {
        fix: `did you mean $(${near})?`,
      }),
    ];
  });
}

function forShells(node: Node, names: readonly string[]): readonly Found[] {
  return referred(textAt(node) ?? "", /(?<![$\\])\$\{?([_A-Za-z][_A-Za-z0-9]*)\b/g)
    .filter((name) => names.includes(name))
    .map((name) =>
      found(node, `no shell reads it, so that $${name} stays as it is`, { fix: `write $(${name})` }),
    );
}

const referred = (text: string, form: RegExp): readonly string[] =>
  text.includes("$") ? [...new Set([...text.matchAll(form)].flatMap(([, name]) => name ?? []))] : [];
