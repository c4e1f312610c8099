import { accepted } from "@atlas/checks/api-server";
import { expect, test } from "vitest";
import {
  core,
  emptyDir,
  metadata,
  mount,
  pod,
  policy,
  service,
  withContainer,
  type Row,
} from "./builders.ts";
import { wrongOthers } from "./wrong-others.ts";
import { wrongPods } from "./wrong-pods.ts";

test.each([...wrongPods, ...wrongOthers])("%s is refused", (_title, object, code, path) => {
  const findings = accepted(object).filter(({ severity }) => severity === "error");
  expect(findings.map((finding) => [finding.code, finding.path.join(".")])).toEqual([[code, path]]);
  for (const { what, fix } of findings) {
    expect(what).toMatch(/[^.]$/);
    expect(fix).toMatch(/[^.]$/);
  }
});

const warned: readonly Row[] = [
  ["no namespace", { ...pod({}), metadata: { name: "web" } }, "namespace-missing", "metadata.namespace"],
  [
    "a namespace in none",
    { apiVersion: "v1", kind: "Namespace", metadata },
    "namespace-unused",
    "metadata.namespace",
  ],
  [
    "more than an annotation takes",
    core("ConfigMap", { data: { a: "a".repeat(262_144) } }),
    "object-too-large-for-client-side-apply",
    "",
  ],
  [
    "an unusual port of the nodes",
    service({ type: "NodePort", ports: [{ port: 80, nodePort: 80 }] }),
    "node-port-unusual",
    "spec.ports.0.nodePort",
  ],
];
test.each(warned)("of %s is warned", (_title, object, code, path) => {
  expect(accepted(object).map((finding) => [finding.severity, finding.code, finding.path.join(".")])).toEqual(
    [["warning", code, path]],
  );
});

test.each([
  ["1.31", "1A", true],
  ["1.32", "1A", false],
  ["v1.37", "A=", true],
])("in %s, %j is refused as the name of a variable: %j", (asked, name, isRefused) => {
  const found = accepted(withContainer({ env: [{ name, value: "" }] }), { version: asked });
  expect(found.length > 0).toBe(isRefused);
});

test.each(["1.35", "1.36"])("addresses are in their plain form from 1.36 on: %s", (asked) => {
  const found = accepted(policy({ ipBlock: { cidr: "10.0.0.1/8" } }), { version: asked });
  expect(found.length > 0).toBe(asked === "1.36");
});

test("a version that is none is refused", () => {
  expect(() => accepted(pod({}), { version: "latest" })).toThrow(RangeError);
});

test("of kinds of others, the metadata alone is looked at", () => {
  const object = {
    apiVersion: "example.com/v1",
    kind: "Shop",
    metadata: { name: "Web_1", labels: { "a b": "" } },
    spec: { containers: [] },
  };
  expect(accepted(object).map(({ code }) => code)).toEqual(["text-malformed"]);
});

test("what is almost a word is asked about", () => {
  expect(accepted(service({ type: "NodeProt" }))[0]?.fix).toMatch(/^did you mean "NodePort"\?/);
  expect(
    accepted(withContainer({ volumeMounts: [{ ...mount, name: "dat" }] }, { volumes: [emptyDir] }))[0]?.fix,
  ).toBe('did you mean "data"?');
});
