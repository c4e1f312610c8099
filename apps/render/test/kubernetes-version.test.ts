import { describe, expect, test } from "vitest";
import { atlasRender, environmentsOf, type Run } from "./command.ts";

const pod = JSON.stringify({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "a" },
  spec: { containers: [{ name: "a", image: "a" }], schedulingGroup: { podGroupName: "a" } },
});
const of = (rest: string): string => `export default base({ resources: [${pod}], ${rest} });`;
const above = (below: string, own: string): string =>
  `export default overlay({ base: base({ resources: [${pod}], ${below} }), ${own} });`;
const render = (module: string, ...options: string[]): Run =>
  atlasRender("render", "--environments", environmentsOf({ shop: module }), "--output", "-", ...options);

const said = (version: string): string =>
  `shop: Pod/a: spec.schedulingGroup: spec.schedulingGroup exists from 1.36 on; shop is for ${version}`;

describe("what the cluster's version does not have is refused", () => {
  const refused: [string, { given: string; options?: string[]; version: string }][] = [
    ["of a layer", { given: of('kubernetesVersion: "1.34"'), version: "1.34" }],
    ["of the layer below", { given: above('kubernetesVersion: "1.33"', ""), version: "1.33" }],
    [
      "of the layer above, which has the word",
      { given: above('kubernetesVersion: "1.36"', 'kubernetesVersion: "1.35"'), version: "1.35" },
    ],
    [
      "of the option, before a layer's",
      {
        given: of('kubernetesVersion: "1.36"'),
        options: ["--kubernetes-version", "1.31"],
        version: "1.31",
      },
    ],
  ];
  test.each(refused)("%s", (_name, { given, options = [], version }) => {
    const { status, stdout, stderr } = render(given, ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(said(version));
    // Of what a version has not, its feature gate says nothing new.
    expect(stderr.match(/^atlas-render: .*schedulingGroup/gm)).toHaveLength(1);
    expect(stderr).toMatch(/index\.ts:\d+:\d+/);
  });

  const taken: [string, string, ...string[]][] = [
    ["nobody states a version", of("")],
    ["the version has it", of('kubernetesVersion: "1.36"')],
    ["the option's version has it", of('kubernetesVersion: "1.31"'), "--kubernetes-version", "1.37"],
  ];
  test.each(taken)("and taken where %s, with a word on its feature gate", (_name, given, ...options) => {
    const { status, stderr } = render(given, ...options);
    expect([status, stderr.match(/^atlas-render: .*$/gm)]).toEqual([
      0,
      [
        expect.stringMatching(
          /warning: schedulingGroup is behind the feature gate GenericWorkload, which is \w+ and off/,
        ),
      ],
    ]);
    expect(stderr).toMatch(/index\.ts:\d+:\d+/);
    expect(render(given, ...options, "--strict").status).toBe(2);
  });
});

test.each([
  ["a layer's", of('kubernetesVersion: "1.3"'), []],
  ["a layer's number", of("kubernetesVersion: 1.34"), []],
  ["the option's", of(""), ["--kubernetes-version", "1.30"]],
  ["the option's that is empty", of(""), ["--kubernetes-version", ""]],
])("%s version that is not known is refused", (_name, given, options) => {
  const { status, stderr } = render(given, ...options);
  expect(status).toBe(2);
  expect(stderr).toMatch(/expected: .*1\.31.*1\.37/);
});

test.each([
  ["1.38", "1.37"],
  ["1.30", "1.31"],
  ["v1.34.2", "1.34"],
  ["1.4", "1.31"],
])("of the version %s, %s is the nearest", (given, near) => {
  const { stderr } = render(of(""), "--kubernetes-version", given);
  expect(stderr).toContain(`did you mean "${near}"?`);
});
