import { base, compose, ComposeError, type Layer, type Problem, type Reader } from "@atlas/compose";
import { configMapGenerator, secretGenerator, type GeneratedContent } from "@atlas/compose/generators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const url = (name: string): URL => new URL(`file:///${encodeURIComponent(name)}`);
const encoder = new TextEncoder();

/** Reads from a record in place of a disk. */
const readerOf = (files: Readonly<Record<string, Uint8Array | string>>): Reader =>
  Object.assign(
    (): never => {
      throw new Error("no external object is read");
    },
    {
      bytes: (source: URL): Uint8Array => {
        const content = files[decodeURIComponent(source.pathname.slice(1))];
        if (content === undefined) throw new Error(`ENOENT: ${source.pathname}`);
        return typeof content === "string" ? encoder.encode(content) : content;
      },
    },
  );

const layerOf = (content: GeneratedContent): Layer =>
  base({
    generators: [
      configMapGenerator({ name: "a", ...content }),
      secretGenerator({ name: "a", type: "example.com/a", ...content }),
    ],
  });

/** The objects, or the problems without their places. */
function outcomeOf(layer: Layer, read?: Reader): unknown {
  try {
    return compose(layer, read);
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return error.problems.map(({ places: _places, ...problem }) => problem);
  }
}

test("content that lies in files comes to the same as content that is given", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9._-]{0,9}$/);
  const content = fc.record({
    files: fc.dictionary(key, fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array())),
    env: fc.array(fc.stringMatching(/^[A-Z]=[ -~]{0,9}\r?\n$/), { maxLength: 3 }),
    literals: fc.dictionary(key, fc.string()),
  });
  fc.assert(
    fc.property(content, ({ files, env, literals }) => {
      const named = Object.keys(files).map((name) => [name, url(name)] as const);
      const inFiles = {
        literals,
        files: Object.fromEntries(named),
        env: env.map((_, index) => url(`${index}.ENV`)),
      };
      const read = readerOf({
        ...files,
        ...Object.fromEntries(env.map((text, index) => [`${index}.ENV`, text])),
      });
      expect(outcomeOf(layerOf(inFiles), read)).toEqual(outcomeOf(layerOf({ literals, files, env })));
    }),
    { numRuns: 200, seed: 1 },
  );
});

describe("what cannot be read is a problem that names the generator", () => {
  const table: Readonly<Record<string, [GeneratedContent, Reader | undefined, RegExp]>> = {
    "a file that is not there": [{ files: { a: url("gone") } }, readerOf({}), /ENOENT: \/gone/],
    "an environment that is not UTF-8": [
      { env: url("bad") },
      readerOf({ bad: new Uint8Array([0x41, 0x3d, 0xff]) }),
      /a file of the content cannot be read/,
    ],
    "no reader": [{ env: url("a") }, undefined, /nothing reads them/],
  };
  test.each(Object.entries(table))("%s", (_name, [content, read, says]) => {
    const problems = outcomeOf(layerOf(content), read) as readonly Problem[];
    expect(problems.map(({ object }) => object)).toEqual(["ConfigMap/a", "Secret/a"]);
    for (const { what } of problems) expect(what).toMatch(says);
  });
});
