import type { Answer, ReasonFacts } from "../facts/answer.ts";
import { html, none, type Html } from "./html.ts";

/** A table that can be scrolled, also with the keyboard. */
export const table = (caption: string, head: readonly Html[], rows: readonly Html[]): Html =>
  html` <div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

/** The head of a column. */
export const column = (label: string, note = ""): Html =>
  html`<th scope="col">${label}${note === "" ? none : html`<small>${note}</small>`}</th>`;

/** The words for an answer: colour alone would say nothing to many. */
export const answerWords: Readonly<Record<Answer["says"], string>> = {
  yes: "yes",
  no: "no",
  depends: "depends",
};

/** An answer, which leads to its reasons where there is a place for them. */
export function answerMark({ says }: Answer, target?: string): Html {
  if (target === undefined) return html`<span class="answer ${says}">${answerWords[says]}</span>`;
  return html`<a class="answer ${says}" href="#${target}">${answerWords[says]}</a>`;
}

/** The reasons of an answer, each with object, path and place. */
export function reasonList(reasons: readonly ReasonFacts[]): Html {
  if (reasons.length === 0) return html`<span class="soft">no object says anything against it</span>`;
  return html`<ul class="because">
    ${reasons.map((each) => html`<li>${reasonLine(each)}</li>`)}
  </ul>`;
}

/** A reason on one line. */
export function reasonLine({ object, path, text, place }: ReasonFacts): Html {
  return html`${text}${object === undefined ? none : html`: ${object} <span class="path">${inSteps(path)}</span>`}${whereMark(place)}`;
}

/** Where something stands in the sources. */
export const whereMark = (place: string | undefined): Html =>
  place === undefined ? none : html` <code class="where">${inSteps(place)}</code>`;

/** A path or an address, which breaks between its steps where a line ends, rather than within a word. */
export function inSteps(text: string): Html {
  const ends = text.includes("/") ? /(?<=\/)(?!\/)/ : /(?<=\.)/;
  return html`${text.split(ends).map((step, index) => html`${index === 0 ? none : wordBreak}${step}`)}`;
}

const wordBreak: Html = { markup: "<wbr>" };
