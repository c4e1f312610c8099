import { base } from "@atlas/compose";
import { historyOf } from "@atlas/compose/history";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "@atlas/input";
import { valuesAt } from "../src/commands/explain/value-history.ts";

const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", labels: { "app.kubernetes.io/name": "web", "a.b": "c" } },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [
          { name: "web", image: "nginx", ports: [{ containerPort: 80 }] },
          { name: "proxy", image: "envoy", args: ["-v"] },
        ],
      },
    },
  },
};
const history = historyOf(
  base({ resources: [web] }),
  ([object]) => object ?? web,
  () => expect.unreachable(),
);

/** The paths of the values that a text stands for, or what is said of it. */
function answerTo(path: string): readonly string[] | string {
  try {
    return valuesAt(path, history).map((value) => value.path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.findings.map(({ fix }) => fix ?? "").join("\n");
  }
}

const images = (name: string): string => `spec.template.spec.containers[${name}].image`;
const label = 'metadata.labels["app.kubernetes.io/name"]';
const all = "name a field that the rendered object has";
const write = "write it like that, or leave it out for the whole object";

describe("what a person types as a path", () => {
  const taken: [string, string[]][] = [
    ["spec.replicas", ["spec.replicas"]],
    [".spec.replicas", ["spec.replicas"]],
    ["spec[replicas]", ["spec.replicas"]],
    [images("web"), [images("web")]],
    [images("1"), [images("proxy")]],
    ["spec.template.spec.containers.0.image", [images("web")]],
    ["spec.template.spec.containers.web.image", [images("web")]],
    ['spec.template.spec.containers["web"].image', [images("web")]],
    [
      "spec.template.spec.containers[web].ports[80]",
      ["spec.template.spec.containers[web].ports[80].containerPort"],
    ],
    [label, [label]],
    ["metadata.labels.app.kubernetes.io/name", [label]],
    ["metadata.labels[app.kubernetes.io/name]", [label]],
  ];
  test.each(taken)("%s", (path, want) => {
    expect(answerTo(path)).toEqual(want);
  });

  const refused: [string, string][] = [
    ["spec/replicas", 'did you mean "spec.replicas"?'],
    ["/spec/replicas", 'did you mean "spec.replicas"?'],
    ["$.spec.replicas", 'did you mean "spec.replicas"?'],
    ["{.spec.replicas}", 'did you mean "spec.replicas"?'],
    ["spec replicas", 'did you mean "spec.replicas"?'],
    ["spec: replicas", 'did you mean "spec.replicas"?'],
    ["spec->replicas", 'did you mean "spec.replicas"?'],
    ["spec..replicas", 'did you mean "spec.replicas"?'],
    ["spec.replicas.", 'did you mean "spec.replicas"?'],
    ["Spec.Replicas", 'did you mean "spec.replicas"?'],
    ["spec.replicaz", 'did you mean "spec.replicas"?'],
    ["spce.replicaz", 'did you mean "spec.replicas"?'],
    ["replicas", 'did you mean "spec.replicas"?'],
    ["spec[]", 'did you mean "spec"?'],
    ["spec.replicas]", 'did you mean "spec.replicas"?'],
    ["[web", 'did you mean "spec.template.spec.containers[web]"?'],
    ["containers", 'did you mean "spec.template.spec.containers"?'],
    ["containers[wbe].image", `did you mean "${images("web")}"?`],
    ["spec.template.spec.containers[wbe].image", `did you mean "${images("web")}"?`],
    ["spec.template.spec.containers[name=web].image", `did you mean "${images("web")}"?`],
    ["spec.template.spec.containers[?(@.name=='web')].image", `did you mean "${images("web")}"?`],
    ["/spec/template/spec/containers/1/image", `did you mean "${images("proxy")}"?`],
    ["metadata/labels/app.kubernetes.io/name", `did you mean '${label}'?`],
    ['metadata.labels["app.kubernetes.io/nmae"]', `did you mean '${label}'?`],
    ["app.kubernetes.io/name", `did you mean '${label}'?`],
    // Two containers have one.
    ["image", all],
    ["spec.template.spec.containers[*].image", all],
    ["spec.template.spec.containers[7].image", all],
    ["spec.replicas.more", all],
    [`${label}.more`, all],
    ["foo/bar", all],
    ["constructor", all],
    ["__proto__", all],
    [" ", all],
    ["[]", all],
    ['[""]', all],
    [".", write],
    ["[", write],
    ["][", write],
    ['labels["\\x"]', write],
  ];
  test.each(refused)("%s is refused", (path, want) => {
    expect(answerTo(path)).toBe(want);
  });

  test("none means the whole object", () => {
    expect(answerTo("")).toHaveLength(history.changes.length);
  });

  test("what is not there is never taken for the whole object, whatever it is", () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom("spec", "replicas", "web", ".", "/", "[", "]", '"', "\\", "$", "a.b"), {
          minLength: 1,
        })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (path) => {
        fc.pre(path !== "");
        const answer = answerTo(path);
        expect(typeof answer === "string" ? answer !== "" : answer.length < history.changes.length).toBe(
          true,
        );
        const [, meant] =
          typeof answer === "string" ? (/did you mean (?:"(.*)"|'.*')\?$/.exec(answer) ?? []) : [];
        // What is proposed leads somewhere.
        if (meant !== undefined) expect(answerTo(meant)).toBeInstanceOf(Array);
      }),
    );
  });
});
