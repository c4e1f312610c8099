import { compose, isExternal, overlay, patch, type KubernetesObject } from "@atlas/compose";
import { base, operator } from "@atlas/manifests";
import { deployment } from "@atlas/manifests/base";
import { managerArgs, managerEnv } from "@atlas/manifests/manager";
import { releaseFindings } from "@atlas/manifests/release-findings";
import { describe, expect, test } from "vitest";
import { firstWith, isEarlier, releases, statedUpTo, type ReleaseFacts } from "../src/releases.ts";
import dev from "../src/overlays/dev/index.ts";

const rows: readonly ReleaseFacts[] = releases;

interface Spec extends KubernetesObject {
  readonly spec: object;
}
const deploymentOf = (tag: string, container: object): Spec => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "atlas-operator", namespace: "databases" },
  spec: {
    template: {
      spec: {
        containers: [
          { name: "proxy", image: "example.com/proxy:1.0.0", args: ["--namespace", "a"] },
          { name: "manager", image: `example.com/mirror/atlas-operator${tag}`, ...container },
        ],
      },
    },
  },
});
const custom = (kind: string, spec: object): KubernetesObject =>
  ({ apiVersion: "db.atlasgo.io/v1alpha1", kind, metadata: { name: "shop" }, spec }) as KubernetesObject;
const said = (objects: readonly KubernetesObject[]): string[] =>
  releaseFindings(objects).map(({ path, what }) => `${path.join(".")}: ${what}`);

describe("what a release lacks is found in rendered objects", () => {
  const place = "spec.template.spec.containers.1";
  test.each<[string, { tag: string; container: object; want: string[] }]>([
    ["what the base has", { tag: ":v0.7.11", container: { args: ["--leader-elect"] }, want: [] }],
    [
      "a flag that came later",
      {
        tag: ":v0.7.11@sha256:0",
        container: { args: ["--leader-elect", "--namespace=shop"] },
        want: [
          `${place}.args.1: v0.7.11 does not know the flag "namespace", which came with v0.7.36: the manager ends at once`,
        ],
      },
    ],
    [
      "a flag of the release itself",
      { tag: ":v0.7.36", container: { args: ["-namespace", "shop"] }, want: [] },
    ],
    [
      "flags of the command, and of a tag without its v",
      {
        tag: ":0.4.3",
        container: { command: ["/manager", "--enable-http2"], args: ["--metrics-secure"] },
        want: [
          `${place}.command.1: 0.4.3 does not know the flag "enable-http2", which came with v0.4.4: the manager ends at once`,
          `${place}.args.0: 0.4.3 does not know the flag "metrics-secure", which came with v0.4.4: the manager ends at once`,
        ],
      },
    ],
    [
      "a flag that no release has",
      {
        tag: ":v0.7.37",
        container: { args: ["--leader-elected", "--namespace", "--looks-like-one"] },
        want: [`${place}.args.0: v0.7.37 does not know the flag "leader-elected": the manager ends at once`],
      },
    ],
    [
      "words behind the flags",
      { tag: ":v0.7.11", container: { args: ["--leader-elect", "run", "--namespace"] }, want: [] },
    ],
    [
      "words behind the end of flags",
      { tag: ":v0.7.11", container: { args: ["--", "--namespace"] }, want: [] },
    ],
    [
      "flags of a wrapper",
      { tag: ":v0.7.11", container: { command: ["sh", "-c"], args: ["--namespace"] }, want: [] },
    ],
    [
      "a variable that came later, one that went, and one that is written otherwise",
      {
        tag: ":v0.7.11",
        container: {
          env: ["DATA_DIR", "EXPERIMENTAL", "PREWARM_DEV_DB", "HTTPS_PROXY", "MSSQL_PID"].map((name) => ({
            name,
            value: "1",
          })),
        },
        want: [
          `${place}.env.0.name: v0.7.11 does not read the variable "DATA_DIR", which came with v0.7.29`,
          `${place}.env.1.name: v0.7.11 does not read the variable "EXPERIMENTAL", which went with v0.2.0`,
          `${place}.env.2.name: v0.7.11 does not read the variable "PREWARM_DEV_DB"`,
        ],
      },
    ],
    ["a release later than the table", { tag: ":v0.9.0", container: { args: ["--new"] }, want: [] }],
    ["a digest alone", { tag: "@sha256:0", container: { args: ["--new"] }, want: [] }],
    ["a tag that is not a release", { tag: ":latest", container: { args: ["--new"] }, want: [] }],
    [
      "fields of any kind",
      { tag: ":v0.7.11", container: { args: "--new", env: { DATA_DIR: "1" } }, want: [] },
    ],
  ])("%s", (_name, { tag, container: given, want }) =>
    expect(said([deploymentOf(tag, given)])).toEqual(want),
  );

  const drift = custom("AtlasMigration", { policy: { drift: { onError: "FAIL" } } });
  test.each<[string, { tags: string[]; object: KubernetesObject; want: string[] }]>([
    [
      "a kind that came later",
      {
        tags: [":v0.7.37"],
        object: custom("AtlasDriftCheck", {}),
        want: [
          'kind: v0.7.37 does not know the kind "AtlasDriftCheck", which came with v0.8.0: nobody reconciles it',
        ],
      },
    ],
    [
      "a field that came later",
      {
        tags: [":v0.7.10"],
        object: custom("AtlasSchema", { devDB: {}, backoffLimit: 3 }),
        want: ['spec.devDB: v0.7.10 does not know the field "spec.devDB", which came with v0.7.11'],
      },
    ],
    [
      "a field further down",
      {
        tags: [":v0.7.11"],
        object: drift,
        want: [
          'spec.policy.drift: v0.7.11 does not know the field "spec.policy.drift", which came with v0.8.0',
        ],
      },
    ],
    [
      "one of two managers knows the field",
      { tags: [":v0.7.10", ":v0.7.11"], object: custom("AtlasSchema", { devDB: {} }), want: [] },
    ],
    ["no manager that is known", { tags: [":v0.8.0"], object: drift, want: [] }],
    ["no manager", { tags: [], object: drift, want: [] }],
  ])("%s", (_name, { tags, object, want }) =>
    expect(said([...tags.map((tag) => deploymentOf(tag, {})), object])).toEqual(want),
  );

  test("each flag and variable is found in the release before its first, and not in its first", () => {
    for (const [index, { from, flags = [], variables = [] }] of rows.entries()) {
      const before = rows[index - 1]?.from;
      const container = {
        args: flags.map((flag) => `--${flag}=1`),
        env: variables.map((name) => ({ name })),
      };
      if (isEarlier("v0.7.37", from)) continue;
      expect(said([deploymentOf(`:${from}`, container)])).toEqual([]);
      if (before !== undefined)
        expect(said([deploymentOf(`:${before}`, container)])).toHaveLength(flags.length + variables.length);
    }
  });

  test.each([
    ["base", base],
    ["dev", dev],
  ])("%s has none", (_name, layer) => {
    expect(releaseFindings(compose(layer).filter((object) => !isExternal(object)))).toEqual([]);
  });
});

test("arguments and variables are printed as the container takes them", () => {
  const newer = { ...operator.image, version: "v0.7.37" } as const;
  const rendered = compose(
    overlay({
      base,
      patches: [
        patch(deployment, {
          spec: {
            template: {
              spec: {
                containers: {
                  manager: {
                    args: managerArgs(newer, {
                      "leader-elect": true,
                      "metrics-secure": false,
                      namespace: "a,b",
                    }),
                    env: { $add: managerEnv(newer, { PREWARM_DEVDB: false, DATA_DIR: "/data" }) },
                  },
                },
              },
            },
          },
        }),
      ],
      images: [newer],
    }),
  ).find(({ kind }) => kind === "Deployment");
  expect(rendered).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              args: ["--leader-elect", "--metrics-secure=false", "--namespace=a,b"],
              env: [
                { name: "PREWARM_DEVDB", value: "false" },
                { name: "DATA_DIR", value: "/data" },
              ],
            },
          ],
        },
      },
    },
  });
});

test("what no compiler saw is refused, all at once, with what is known", () => {
  const flags: Record<string, never> = JSON.parse('{"namespace":"a","leader-elekt":true}');
  expect(() => managerArgs(operator.image, flags)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          what: 'the manager v0.7.11 does not know the flag "namespace", which came with v0.7.36',
        }),
        expect.objectContaining({ fix: expect.stringContaining('did you mean "leader-elect"?') }),
      ],
    }),
  );
  const variables: Record<string, never> = JSON.parse('{"DATA_DIR":"a"}');
  expect(() => managerEnv(operator.image, variables)).toThrow(
    'the variable "DATA_DIR", which came with v0.7.29',
  );
});

test.each([
  ["v0.1.9", "variables", ["SKIP_VERCHECK", "EXPERIMENTAL"]],
  ["v0.2.0", "variables", ["SKIP_VERCHECK"]],
  ["v0.7.2", "fields", []],
] as const)("%s has the %s %j", (version, what, want) => {
  expect(statedUpTo(version, what)).toEqual(want);
  for (const name of want) expect(firstWith(what, name)).toBeDefined();
});
