/**
 * The objects of a text that holds several of them one after the other, as `jq` writes them, each with what stands before it.
 * What is no JSON is left as it is, for a parser to say so.
 *
 * @example
 *   jsonTexts('{"a":1} {"b":"}"}\n'); // ['{"a":1}', ' {"b":"}"}\n']
 */
export function jsonTexts(text: string): readonly string[] {
  const texts: string[] = [];
  let [start, depth] = [0, 0];
  for (const { index, 0: token } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token.startsWith('"')) continue;
    depth += token === "{" || token === "[" ? 1 : -1;
    // Only what begins another object ends this one; marks and words between them belong to it.
    if (depth !== 0 || !/^\s*\{/.test(text.slice(index + 1, index + 1000))) continue;
    texts.push(text.slice(start, index + 1));
    start = index + 1;
  }
  return [...texts, text.slice(start)];
}
