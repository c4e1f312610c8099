import { found, type Found, type Rule } from "../../findings/rule.ts";
import { at, fieldNodes, nodeOf, type Node } from "../../objects/node.ts";

export const secretValueMistaken: Rule = {
  code: "secret-value-mistaken",
  severity: "warning",
  why: "What a command line adds or does twice becomes part of a password: a line break that echo ends in, base64 of base64. The other side refuses it, and shows nothing that would tell why.",
  fix: "encode the text alone and once: printf %s TEXT | base64",
  link: "https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-kubectl/",
  find: (world) =>
    world
      .of("", "Secret")
      .flatMap((secret) => [
        ...fieldNodes(at(nodeOf(secret), "data")).flatMap(([key, node]) =>
          inText(key, node, decodedBase64(node.value)),
        ),
        ...fieldNodes(at(nodeOf(secret), "stringData")).flatMap(([key, node]) =>
          inText(key, node, typeof node.value === "string" ? node.value : undefined, true),
        ),
      ]),
};

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const printableForm = /^[\x20-\x7e]+$/;

function decodedBase64(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.replaceAll(/\s/g, "") : "";
  return text !== "" && text.length < 4096 && base64Form.test(text)
    ? Buffer.from(text, "base64").toString("utf8")
    : undefined;
}

/** A file has lines, or is called like one; a single line with a break behind it is what echo makes. */
function inText(key: string, node: Node, text: string | undefined, isPlain = false): readonly Found[] {
  if (text === undefined) return [];
  if (/^[\x20-\x7e]+\r?\n$/.test(text) && !/\./.test(key) && !text.startsWith("{"))
    return [found(node, "it ends in a line break, which becomes part of it")];
  const inner = text.length >= 12 && !isNumberOrWord(text) ? decodedBase64(text) : undefined;
  if (inner === undefined || !printableForm.test(inner) || inner.length < 8) return [];
  const what = isPlain ? "it is base64 already, and would be encoded once more" : "it is base64 of base64";
  const fix = isPlain ? "put it under data, or give its text here" : "encode the text once";
  return [found(node, what, { fix })];
}

/** Words and numbers happen to have the letters of base64; what they would decode to is seldom printable. */
const isNumberOrWord = (text: string): boolean => /^(?:\d+|[a-z]+|[A-Z]+|[A-Z]?[a-z]+)$/.test(text);
