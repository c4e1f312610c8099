import {
  base,
  component,
  compose,
  ComposeError,
  define,
  imageReference,
  overlay,
  refuseFurther,
} from "@atlas/compose";
import { fleet } from "@atlas/compose/fleet";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { describe, expect, test } from "vitest";
import { deployment, shop } from "./fixtures.ts";

type Builder = (...given: never[]) => unknown;

/** As JavaScript calls it: no compiler has looked at the arguments. */
function problemsOfCall(builder: Builder, ...given: readonly unknown[]): ComposeError["problems"] {
  try {
    (builder as (...given: readonly unknown[]) => unknown)(...given);
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
}

function shopOf(_one: object, _other: object): void {
  refuseFurther(shopOf, arguments);
}

const row = { rows: [], name: () => "a", overlay: () => shop };
const merge = "merge the second into the first";

describe("an argument that a function would pass over is refused:", () => {
  test.each<[name: string, builder: Builder, given: unknown[], fix: string]>([
    ["base", base, [{}, { resources: [deployment] }], merge],
    ["overlay", overlay, [{ base: shop }, { namespace: "shop" }], merge],
    ["overlay", overlay, [{ base: shop }, undefined], merge],
    ["component", component, [{}, {}], merge],
    ["fleet", fleet, [row, row], merge],
    ["configMapGenerator", configMapGenerator, [{ name: "a" }, { literals: {} }], merge],
    ["secretGenerator", secretGenerator, [{ name: "a" }, { type: "Opaque" }], merge],
    ["imageReference", imageReference, [{ name: "a", version: "1" }, { digest: "b" }], merge],
    ["define", define(), [deployment, { spec: {} }], merge],
    ["define", define, [deployment], "give the object to what define gives: define<Kind>()({ … })"],
  ])("by %s (%#)", (name, builder, given, fix) => {
    const problems = problemsOfCall(builder, ...given);
    expect(problems.map((problem) => [problem.code, problem.what, problem.fix])).toEqual([
      ["argument-surplus", `${name}() is given an argument too many, which would be lost`, fix],
    ]);
    expect(problems[0]?.places).toHaveLength(1);
  });

  test("how many there are is said, and the first of them is shown", () => {
    const [problem] = problemsOfCall(base, {}, {}, {});
    expect(problem?.what).toBe("base() is given 2 arguments too many, which would be lost");
    expect(problem?.places).toMatchObject([
      { label: "call", file: expect.stringContaining("further-arguments.test"), within: { argument: 1 } },
    ]);
  });

  test("what a list's map gives beside the element is none", () => {
    const generators = [{ name: "a" }, { name: "b" }].map(configMapGenerator);
    expect(generators).toHaveLength(2);
    expect([{ resources: [deployment] }].map(component)).toHaveLength(1);
    expect(problemsOfCall(component, {}, 0, [{}])).toHaveLength(1);
  });

  test("a builder of one's own refuses them alike", () => {
    expect(problemsOfCall(shopOf, {}, {})).toEqual([]);
    expect(problemsOfCall(shopOf, {}, {}, {})).toMatchObject([
      { expected: "2 arguments", fix: "merge it into the last of those" },
    ]);
  });

  test("what is composed is one layer", () => {
    expect(problemsOfCall(compose, shop, shop)).toMatchObject([
      { code: "type-mismatch", expected: "a layer and, if any, a function that reads files" },
    ]);
  });
});
