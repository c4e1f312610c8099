import { hasFields, textAt, type RulePlace } from "../rule/place.ts";
import type { Look } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";

/*
 * What JavaScript makes of a value that is not there, or is none for a text: `${undefined}`, `${{}}`, `${NaN}`, `${f}`.
 *
 * Source: ToString of ECMA-262, which templates and joined texts go by.
 */

/** What any of the words below has in it. Hardly any text has, and most objects have none that does. */
const traces = /undefined|NaN|null|\[object |Infinity|Invalid Date|unction|=>/;

/** An object, a promise or a function in the place of text. Nobody writes such a text. */
const printed = /\[object [A-Z]\w*\]|\[(?:Async)?Function(?:: \w+| \(anonymous\))\]/;

/** A host, a user or a password in a URL, wherever the URL stands. */
const inUrl =
  /:\/\/(?:[^\s/@:"']*:)?(?:[^\s/:@"']*[.@])?(undefined|null|NaN)(?=[.:/@?\s"']|$)|:\/\/[^\s/@:"']*:[^\s/@"']*@(undefined|null|NaN)(?=[.:/?\s"']|$)/;

/** A whole segment of a name, a path, an image, a host or a setting, alone or with a unit behind it. */
const segment =
  /(?<![^-.:/@=_,])((?:undefined|NaN)(?:ms|[smhd%]|[kKMGTPE]i?[bB]?)?|Infinity|Invalid Date)(?![^-.:/@=_,])/;

/** The value of a setting among the words of a command. */
const setting = /(?:^|\s)-{0,2}\w[-.\w]*=(undefined|NaN)(?=\s|$)/;

/** The last part of a name, the tag of an image, a label of a host. Some names end so rightly, as `dev-null`. */
const nullSegment = /(?<=[^\s/]\.|^[^\s"'{}[\]]*[^\s"'{}[\],]:|@)null(?=[.:/]|$)|-null$/;
const rightlyNull = /(?:^|[^a-z])(?:dev|not|non|is|if|or|and|allow|isnot|no)[-./]null$/i;

const functionText = /(?:^|[-./:=@])(?:async )?(?:function\b[* \w]*\(|(?:\([^()"']*\)|\w+) ?=>)/;

/**
 * The word in a text that a value without content has left there; undefined where there is none, and where the text may be code
 * or prose that is right to have it.
 *
 * @example
 * lostWord("ghcr.io/shop/web:undefined"); // "undefined"
 * lostWord("the value is undefined"); // undefined
 */
export function lostWord(text: string): string | undefined {
  if (!traces.test(text)) return undefined;
  const [, first, second] = inUrl.exec(text) ?? [];
  if (first !== undefined || second !== undefined) return first ?? second;
  // A text of several lines is a file, and may be a program.
  if (text.includes("\n")) return undefined;
  const shown = printed.exec(text)?.[0];
  if (shown !== undefined) return shown;
  if (/\s/.test(text.replace("Invalid Date", ""))) return setting.exec(text)?.[1];
  const word = segment.exec(text)?.[1];
  // Infinity by itself may be meant, and the sanitizer for what is undefined is called so.
  if (word !== undefined && !text.startsWith("Infinity") && !text.includes("sanitize")) return word;
  return nullSegment.test(text) && !rightlyNull.test(text) ? "null" : undefined;
}

/** What may hold code, and what prose. */
const isProse = (name: string): boolean => /description|message|summary|comment|note/i.test(name);

/** Whether no text of this field is a program. */
const isName = ({ above, step }: RulePlace): boolean =>
  step === "image" || step === "host" || above?.step === "labels" || above?.step === "annotations";

/**
 * Finds in all texts of an object, Secrets included, the words that values without content have left.
 *
 * @param json the object as JSON.
 */
export function lostValues(object: RulePlace, json: string, look: Look): void {
  if (textAt(object.value, "kind") === "CustomResourceDefinition") return;
  const isSecret = textAt(object.value, "kind") === "Secret" && textAt(object.value, "apiVersion") === "v1";
  if (isSecret || traces.test(json)) lookInto(object, { look, isSecret, said: new Set() });
}

interface Search {
  readonly look: Look;
  readonly isSecret: boolean;
  /** The texts that are reported already: a label stands in selectors, too. */
  readonly said: Set<string>;
}

function lookInto(above: RulePlace, search: Search): void {
  const { value } = above;
  if (Array.isArray(value)) {
    for (let step = 0; step < value.length; step++) lookAt(value[step], above, step, search);
  } else if (hasFields(value)) {
    for (const step of Object.keys(value)) {
      if (isProse(step)) continue;
      const word = lostWord(step);
      if (word !== undefined) reportLost(step, word, { value: value[step], above, step }, search);
      else lookAt(value[step], above, step, search);
    }
  }
}

function lookAt(value: unknown, above: RulePlace, step: string | number, search: Search): void {
  if (typeof value === "object" && value !== null) lookInto({ value, above, step }, search);
  if (typeof value !== "string") return;
  const isData = search.isSecret && above.step === "data" && above.above?.above === undefined;
  const text = isData ? decoded(value) : value;
  const place: RulePlace = { value, above, step };
  const word = lostWord(text) ?? (isName(place) ? functionText.exec(text)?.[0] : undefined);
  if (word !== undefined) reportLost(text, word, place, search);
}

/** What base64 holds; of what is long, and is no text, nothing. */
function decoded(text: string): string {
  if (text.length > 4096) return "";
  return Buffer.from(text, "base64").toString("utf8");
}

function reportLost(text: string, word: string, place: RulePlace, { look, isSecret, said }: Search): void {
  if (said.has(text)) return;
  said.add(text);
  const shown = isSecret ? "the text" : quoted(text);
  look.report(
    place,
    "value-lost-in-text",
    `${shown} has ${word} in it, as a value that is not there, or is no text, gives it`,
    "look where the text is put together: a variable of the environment that is not set, a promise that nothing awaits, or an object in the place of text?",
  );
}
