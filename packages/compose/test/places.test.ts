import { execFileSync } from "node:child_process";
import { base, component, ComposeError, compose, define, overlay, patch } from "@atlas/compose";
import { configMapGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { placeOf, rememberNode } from "@atlas/compose/places";
import { describe, expect, test } from "vitest";
import { deployment } from "./fixtures.ts";

const here = import.meta.url.replace(/^.*\//, "");

test("what is declared knows the call, and nobody sees it", () => {
  const object = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "shop" } } as const;
  const layer = base({ resources: [object] });
  const made: [object, number][] = [
    [define<typeof object>()(object), 0],
    [patch(deployment, { spec: { replicas: 2 } }), 1],
    [strategicMerge(deployment, {}), 1],
    [jsonPatch(deployment, []), 1],
    [layer, 0],
    [overlay({ base: layer }), 0],
    [component({}), 0],
    [configMapGenerator({ name: "shop" }), 0],
  ];
  for (const [value, argument] of made) {
    const place = placeOf(value, ["spec"]);
    expect(place).toMatchObject({ within: { argument, fields: ["spec"] } });
    expect(place?.file).toContain(here);
    expect(place?.line).toBeGreaterThan(1);
    expect(Reflect.ownKeys(value).filter((key) => typeof key === "symbol")).toEqual([]);
  }
  expect(Object.keys(object)).toEqual(["apiVersion", "kind", "metadata"]);
  expect(placeOf({ ...object })).toBeUndefined();
});

test("a frozen object is declared like any other", () => {
  const object = Object.freeze({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: Object.freeze({ name: "shop" }),
  });
  expect(define<typeof object>()(object)).toBe(object);
  expect(placeOf(object)?.file).toContain(here);
});

test("a place names line and column of the call", () => {
  const lines = [
    `import { base, define } from "@atlas/compose";`,
    `import { placeOf } from "@atlas/compose/places";`,
    `const made = [`,
    `  define<object>()({} as never),`,
    `  base({}),`,
    `  ...[1].map(() => base({})),`,
    `  layer(),`,
    `];`,
    `function layer() { return base({}); }`,
    `console.log(made.map((value) => { const place = placeOf(value); return place?.line + ":" + place?.column; }).join());`,
  ];
  const printed = execFileSync(
    process.execPath,
    ["--conditions=@atlas/source", "--input-type=module-typescript", "-e", lines.join("\n")],
    { encoding: "utf8", cwd: new URL("../", import.meta.url) },
  );
  expect(printed).toBe("4:19,5:3,6:20,9:27\n");
});

const at = (line: number) => ({ line, column: 1 });

describe("the places of a problem", () => {
  const web = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 1, paused: false },
  };
  rememberNode(web, { file: "base.yaml", start: at(1), fields: new Map([["spec", at(5)]]) });
  rememberNode(web.spec, { file: "base.yaml", start: at(6), fields: new Map([["replicas", at(6)]]) });

  /** A patch of `spec` that was read from a file. */
  const patchFrom = (file: string, spec: object) => {
    const body = { spec };
    const fields = Object.keys(spec).map((name, index) => [name, at(index + 2)] as const);
    rememberNode(body, { file, start: at(1), fields: new Map([["spec", at(1)]]) });
    rememberNode(spec, { file, start: at(2), fields: new Map(fields) });
    return strategicMerge(web, body);
  };
  const placesIn = (...patches: ReturnType<typeof patchFrom>[]): string[] => {
    try {
      compose(overlay({ base: base({ resources: [web] }), patches }));
    } catch (error) {
      if (!(error instanceof ComposeError)) throw error;
      return (error.problems[0]?.places ?? []).map(
        ({ label, file, line }) => `${label} ${file.replace(/^.*\//, "")}:${line}`,
      );
    }
    return [];
  };

  const table: [string, { given: [string, object][]; want: string[] }][] = [
    [
      "a misspelt field: the object it is not in",
      { given: [["a.yaml", { replicaz: 2 }]], want: ["patch a.yaml:2", "base base.yaml:5"] },
    ],
    [
      "another type: the field",
      { given: [["a.yaml", { paused: true, replicas: "2" }]], want: ["patch a.yaml:3", "base base.yaml:6"] },
    ],
    [
      "a clash: both patches",
      {
        given: [
          ["a.yaml", { replicas: 2 }],
          ["b.yaml", { paused: true, replicas: 3 }],
        ],
        want: ["patch b.yaml:3", "patch a.yaml:2"],
      },
    ],
    ["nothing wrong", { given: [["a.yaml", { replicas: 2 }]], want: [] }],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(placesIn(...given.map(([file, spec]) => patchFrom(file, spec)))).toEqual(want);
  });

  test("are said by the error, too", () => {
    expect(() =>
      compose(overlay({ base: base({ resources: [web] }), patches: [patchFrom("a.yaml", { replicaz: 2 })] })),
    ).toThrow(
      'Deployment/web: spec.replicaz: the field "replicaz" does not exist (patch a.yaml:2:1, base base.yaml:5:1)',
    );
  });
});
