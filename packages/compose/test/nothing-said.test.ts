import { component, patch, type LayerContent, type Problem } from "@atlas/compose";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { deployment, shop } from "./fixtures.ts";
import { problemsIn, problemsOf, untyped } from "./problems.ts";

/** As JavaScript calls it, or who has cast: no compiler has looked at the arguments. */
const called =
  (make: (...given: never[]) => unknown) =>
  (...given: readonly unknown[]): LayerContent => ({
    patches: [(make as (...given: readonly unknown[]) => never)(deployment, ...given)],
  });

const body = { spec: { paused: true } };
const recorded = (given: unknown): LayerContent => ({ patches: [untyped(deployment, given)] });
const merged = (given: unknown): LayerContent => ({ patches: [strategicMerge(deployment, given)] });
const inPod = (spec: object): object => ({ spec: { template: { spec } } });
const said = (given: LayerContent): string[] => problemsOf(given).map(textOf);
const textOf = ({ code, what, fix = "" }: Problem): string => `${code}: ${what}: ${fix}`;

describe("a call that says more than a patch takes is refused:", () => {
  test.each<[what: string, given: LayerContent, said: string]>([
    [
      "a misspelt option",
      called(patch)(body, { overide: true }),
      'no option "overide": did you mean "override"?',
    ],
    ["another body", called(patch)(body, { spec: { replicas: 2 } }), 'no option "spec": take it out'],
    ["an argument after the options", called(patch)(body, {}, { spec: {} }), "given an argument too many"],
    ["two of them", called(patch)(body, {}, 1, 2), "given 2 arguments too many"],
    ["options that are none", called(patch)(body, true), 'no option "true"'],
    ["options that are null", called(patch)(body, null), 'no option "null"'],
    ["an option of a strategic merge", called(strategicMerge)(body, { overrride: true }), 'mean "override"?'],
    ["an argument of one", called(strategicMerge)(body, {}, body), "given an argument too many"],
    [
      "an option of a JSON patch",
      called(jsonPatch)([{ op: "remove", path: "/spec/template" }], { inn: shop }),
      'mean "in"?',
    ],
    ["an argument of one", called(jsonPatch)([{ op: "remove", path: "/spec" }], {}, []), "too many"],
  ])("%s", (_what, given, text) => {
    expect(said(given)).toEqual([expect.stringContaining(text)]);
  });
});

describe("a patch that holds nothing is refused:", () => {
  const web = (change: object) => inPod({ containers: { web: change } });
  test.each<[what: string, given: LayerContent]>([
    ["an empty body", recorded({})],
    ["an empty spec", recorded({ spec: {} })],
    ["two empty fields", recorded({ metadata: {}, spec: { template: {} } })],
    ["an empty record of a list", recorded(inPod({ containers: {} }))],
    ["an empty change of an element", recorded(web({}))],
    ["no new elements", recorded(inPod({ containers: { $add: [], $first: [] } }))],
    ["no new elements beside one", recorded(inPod({ containers: { $before: { web: [] }, $after: {} } }))],
    ["an empty merge", merged({})],
    ["a merge of an empty spec", merged({ spec: {} })],
    ["a merge of no elements", merged(inPod({ containers: [] }))],
    ["no operations", { patches: [jsonPatch(deployment, [])] }],
    ["one in a component", { components: [component({ patches: [untyped(deployment, { spec: {} })] })] }],
  ])("%s", (_what, given) => {
    expect(said(given)).toEqual([expect.stringMatching(/^patch-empty: a patch changes nothing/)]);
  });

  test.each<[what: string, given: LayerContent]>([
    ["an empty object that the base does not have", recorded(inPod({ securityContext: {} }))],
    ["an empty list in place of one", recorded(inPod({ containers: { web: { args: [] } } }))],
    [
      "an empty object that another patch sets, too",
      {
        patches: [
          untyped(deployment, inPod({ securityContext: {} })),
          untyped(deployment, inPod({ securityContext: {} })),
        ],
      },
    ],
    ["an empty object beside a value", recorded({ spec: { paused: true, template: {} } })],
    ["a merge of an empty object", merged(inPod({ securityContext: {} }))],
    [
      "a value that is there already",
      recorded({ metadata: { labels: deployment.metadata.labels ?? { a: "b" } } }),
    ],
  ])("but not %s", (_what, given) => {
    expect(problemsIn(given)).toEqual([]);
  });
});

describe("a record that does nothing is refused:", () => {
  const kinds = [{ group: "apps", kind: "Deployment" }];
  test.each<[what: string, given: object, said: string]>([
    ["labels without a pair", { labels: [{ pairs: {} }] }, "record-empty"],
    ["labels without pairs", { labels: [{ templates: true }] }, "type-mismatch"],
    ["annotations without a pair", { annotations: [{ pairs: {}, kinds }] }, "record-empty"],
    ["annotations without pairs", { annotations: [{ kinds }] }, "type-mismatch"],
    ["annotations of no kind", { annotations: [{ pairs: { a: "b" }, kinds: [] }] }, "record-empty"],
    ["an image alone", { images: [{ name: "example/shop" }] }, "image-unchanged"],
    ["replicas without a count", { replicas: [{ name: "shop" }] }, "replicas-malformed"],
    ["replicas of no name", { replicas: [{ count: 2 }] }, "type-mismatch"],
    ["empty replicas", { replicas: [{}] }, "type-mismatch"],
  ])("%s", (_what, given, code) => {
    const problems = problemsOf(given);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.code).toBe(code);
  });
});

test.each([
  ["$append", "$add"],
  ["$push", "$add"],
  ["$prepend", "$first"],
  ["$unshift", "$first"],
  ["$insertBefore", "$before"],
  ["$set", "$replace"],
  ["$remove", "NAME: null"],
  ["$patch", "strategicMerge"],
  ["$ad", 'did you mean "$add"?'],
])("%s in a record of a list leads to %s", (name, hint) => {
  const element = { name: "agent", image: "a" };
  expect(said(recorded(inPod({ containers: { [name]: [element] } })))).toEqual([
    expect.stringContaining(hint),
  ]);
});
