import { fromMarkdown } from "mdast-util-from-markdown";

type MarkdownNode = ReturnType<typeof fromMarkdown>["children"][number];

/** A command that a document tells its readers to run. */
export interface DocumentCommand {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * The commands of a Markdown document, in order: those of its shell and console blocks, without comments, and what reads
 * like one in its sentences: words after a plain first one, or the name of a task or script, such as `render:dev`.
 */
export function commandsIn(markdown: string): readonly DocumentCommand[] {
  return nodesOf(fromMarkdown(markdown).children).flatMap(commandsOf);
}

const nodesOf = (nodes: readonly MarkdownNode[]): MarkdownNode[] =>
  nodes.flatMap((node) => ("children" in node ? nodesOf(node.children) : [node]));

function commandsOf(node: MarkdownNode): DocumentCommand[] {
  const line = node.position?.start.line ?? 0;
  if (node.type === "inlineCode") {
    const text = node.value.replaceAll(/\s+/g, " ");
    return readsLikeCommand(text) ? [{ line, text }] : [];
  }
  if (node.type !== "code") return [];
  // The first line is the fence.
  const lines = node.value.split("\n").map((text, index) => ({ line: line + 1 + index, text }));
  if (node.lang === "console")
    return lines.filter(({ text }) => text.startsWith("$ ")).map((command) => saidFrom(command, 2));
  return /^(?:sh|bash|shell|zsh)$/.test(node.lang ?? "")
    ? joinedLines(lines).map((command) => saidFrom(command, 0))
    : [];
}

const readsLikeCommand = (text: string): boolean =>
  /^(?:[A-Z_]+=\S* )*[\w./@-]+ \S/.test(text) || /^[A-Z_]+=\S/.test(text) || /^[a-z-]+:[\w-]+$/.test(text);

/** A line that is indented, or ends what a shell has begun, belongs to the command before it. */
function joinedLines(lines: readonly DocumentCommand[]): DocumentCommand[] {
  const commands: DocumentCommand[] = [];
  for (const { line, text } of lines) {
    const before = /^(?:\s+\S|done\b|fi\b|\})/.test(text) ? commands.pop() : undefined;
    if (before) commands.push({ line: before.line, text: `${before.text}\n${text}` });
    else if (/^[^#]/.test(text)) commands.push({ line, text });
  }
  return commands;
}

const saidFrom = ({ line, text }: DocumentCommand, from: number): DocumentCommand => ({
  line,
  text: text.slice(from).replace(/\s+# .*$/, ""),
});
