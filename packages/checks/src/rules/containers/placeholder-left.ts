import { found, type Found, type Rule } from "../../findings/rule.ts";
import { at, elements, fieldNodes, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const placeholderLeft: Rule = {
  code: "placeholder-left",
  severity: "warning",
  why: "The text stands for a value that somebody or something was to put in its place: a template of Helm that nothing has rendered, or a word as CHANGEME. A program takes it for the value.",
  fix: "write the value, or where it comes from",
  link: "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
  find: (world) => [
    ...world.pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) =>
        [
          ...elements(at(container, "env")).map((each) => at(each, "value")),
          ...elements(at(container, "command")),
          ...elements(at(container, "args")),
          at(container, "image"),
        ].flatMap(inNode),
      ),
    ),
    ...world
      .of("", "ConfigMap")
      .flatMap((config) => fieldNodes(at(nodeOf(config), "data")).flatMap(([, node]) => inNode(node))),
    ...world.objects.flatMap((object) =>
      ["labels", "annotations"].flatMap((map) =>
        fieldNodes(at(nodeOf(object), "metadata", map)).flatMap(([, node]) => inNode(node)),
      ),
    ),
  ],
};

/** What charts refer to; a template for another program has no such names. */
const ofHelm = /\{\{-?\s*(?:[a-z]+\s+)*\.(?:Values|Release|Chart|Capabilities)\b[^{}]*\}\}/;
const words =
  /(?<![A-Za-z0-9])(?:CHANGE[-_ ]?ME|change[-_]?me|CHANGE[-_]THIS|REPLACE[-_ ]?ME|replace[-_]?me|REPLACE[-_]WITH[-_A-Z]*|FIXME|FILL[-_ ]?ME(?:[-_ ]IN)?|YOUR[-_][A-Z][-_A-Z]*|<your[-_ ][^<>]*>|TODO)(?![A-Za-z0-9])/;

function inNode(node: Node): readonly Found[] {
  const text = textAt(node) ?? "";
  const helm = ofHelm.exec(text)?.[0];
  if (helm !== undefined) return [found(node, `nothing has rendered ${JSON.stringify(helm)}`)];
  // Prose, and programs, say such words of something else.
  if (/\s/.test(text.trim()) && !/^<your[^<>]*>$/.test(text.trim())) return [];
  const word = words.exec(text)?.[0];
  return word === undefined ? [] : [found(node, `it has ${word} in it`)];
}
