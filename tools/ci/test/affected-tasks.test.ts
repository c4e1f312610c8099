import { expect, test } from "vitest";
import { affectedTasks } from "../src/affected-tasks.ts";
import { taskGraphOf } from "../src/task-graph.ts";

// As `nx … --graph=stdout` prints it: a library, an application with an aggregate, and the project of the root.
const inputs: Record<string, string[]> = {
  "lib:build": [
    "lib:packages/lib/**/*,!packages/lib/test/**/*,!packages/lib/{a,b}/**/*,!packages/lib/**/*.md",
    "npm:yaml",
  ],
  "lib:unit": ["lib:packages/lib/**/*", "AllExternalDependencies", "lib:ProjectConfiguration"],
  "app:dev": [
    "app:TsConfig",
    "env:X",
    "workspace:[{workspaceRoot}/overlays/dev/**/*,{workspaceRoot}/nx.json]",
  ],
  "app:staging": ["workspace:[{workspaceRoot}/overlays/staging/**/*]"],
  "app:render": ["app:apps/app/**/*"],
  "app:odd": ["unheard-of"],
  "root:unused": ["root:./**/*,!./dist/**/*"],
  "root:lint": ["workspace:[{workspaceRoot}/*,!{workspaceRoot}/*.md,{workspaceRoot}/.github/**/*]"],
};
const target = (task: string): { project: string; target: string } => {
  const [project = "", name = ""] = task.split(":");
  return { project, target: name };
};
const executorOf = (name: string): string => (name === "render" ? "nx:noop" : "nx:run-commands");
const targetsOf = (project: string): Record<string, { executor: string }> =>
  Object.fromEntries(
    Object.keys(inputs)
      .map(target)
      .filter((task) => task.project === project)
      .map((task) => [task.target, { executor: executorOf(task.target) }]),
  );
const graph = taskGraphOf({
  graph: {
    nodes: Object.fromEntries(
      ["lib", "app", "root"].map((name) => [name, { data: { targets: targetsOf(name) } }]),
    ),
  },
  tasks: {
    tasks: Object.fromEntries(Object.keys(inputs).map((task) => [task, { target: target(task) }])),
    dependencies: { "app:render": [{ id: "app:dev" }, { id: "app:staging" }] },
  },
  taskPlans: inputs,
});
const targets = ["build", "unit", "lint", "render"];
const everything = ["app:dev", "app:staging", "lib:build", "lib:unit", "root:lint"];

test.each<[string, string[] | undefined, string[]]>([
  ["nothing", [], []],
  ["what is not known", undefined, everything],
  ["a source", ["packages/lib/src/a.ts"], ["lib:build", "lib:unit"]],
  ["a source whose name starts with a dot", ["packages/lib/.config"], ["lib:build", "lib:unit"]],
  ["a test", ["packages/lib/test/a.test.ts"], ["lib:unit"]],
  ["what braces exclude", ["packages/lib/b/x"], ["lib:unit"]],
  ["a document of a package", ["packages/lib/README.md"], ["lib:unit"]],
  ["a document of the root", ["README.md"], []],
  ["an overlay", ["overlays/dev/patches/a.ts"], ["app:dev"]],
  ["two overlays", ["overlays/dev/a.ts", "overlays/staging/a.ts"], ["app:dev", "app:staging"]],
  ["a workflow", [".github/workflows/ci.yml"], ["root:lint"]],
  ["what no task reads", ["docs/a.txt"], []],
  ["versions", ["pnpm-lock.yaml"], everything],
  ["compiler options", ["tsconfig.base.json"], everything],
])("%s", (_name, changed, want) => {
  expect(affectedTasks(graph, targets, changed)).toEqual(want);
});

test("a project in the root reads what is in folders", () => {
  expect(affectedTasks(graph, ["unused"], ["docs/a.txt"])).toEqual(["root:unused"]);
  expect(affectedTasks(graph, ["unused"], ["dist/a.txt"])).toEqual([]);
});

test("a task with an input of an unknown form is affected whatever changes", () => {
  expect(affectedTasks(graph, ["odd"], ["docs/a.txt"])).toEqual(["app:odd"]);
});
