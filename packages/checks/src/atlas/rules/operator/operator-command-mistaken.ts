import { found, type Rule } from "../../../findings/rule.ts";
import { at, elements, textAt } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";

export const operatorCommandMistaken: Rule = {
  code: "operator-command-mistaken",
  severity: "error",
  why: "The command replaces the image's own, which is /manager: a name that lies in no folder of the PATH, and a path that the image does not have, start nothing, and the pod crashes for ever.",
  fix: "write /manager, or leave command out and state args alone",
  link: "https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",
  find: (world) =>
    operatorsIn(world).flatMap(({ container }) => {
      const [program] = elements(at(container, "command"));
      const text = (program && textAt(program)) ?? "";
      // Another program may start the operator.
      if (program === undefined || !/(?:^|\/)manager$/.test(text)) return [];
      const folder = textAt(at(container, "workingDir")) ?? "/";
      const isThere = text === "/manager" || (text === "./manager" && folder === "/");
      return isThere
        ? []
        : [found(program, `the image has no ${JSON.stringify(text)}: the operator is /manager in it`)];
    }),
};
