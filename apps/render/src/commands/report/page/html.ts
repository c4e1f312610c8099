/** Markup in which everything that was not written here is escaped. */
export interface Html {
  readonly markup: string;
}

type HtmlPart = Html | string | number | undefined | readonly Html[];

/** A template of markup: text that is put into it is escaped, other markup is not. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const markup = strings.map((text, index) => `${text}${markupOf(parts[index])}`).join("");
  return { markup };
}

/** Nothing. */
export const none: Html = { markup: "" };

function markupOf(part: HtmlPart): string {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML does not take as text is an entity, what it does not take at all is shown as such. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");

/** A text as an id: what it cannot hold is its code. */
export const idOf = (...parts: readonly (string | number)[]): string =>
  parts
    .map((part) => String(part).replaceAll(/[^A-Za-z0-9-]/g, (each) => `_${each.charCodeAt(0)}`))
    .join(".");
