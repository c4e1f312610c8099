import { accepted } from "@atlas/checks/api-server";
import { describe, expect, test } from "vitest";
import { core, withContainer } from "./builders.ts";

const lostIn = (object: unknown): string[] =>
  accepted(object).flatMap(({ code, path }) => (code === "value-lost-in-text" ? [path.join(".")] : []));
const env = (value: string) => withContainer({ env: [{ name: "A", value }] });
const inEnv = "spec.containers.0.env.0.value";
const missing = String(undefined);
const nothing = String(null);
const options = "[object Object]";

describe("a text in which a value without content has left its word is warned of:", () => {
  test.each([
    missing,
    `x-${missing}`,
    `${missing}-x`,
    `db.${missing}.svc`,
    `ghcr.io/shop/web:${missing}`,
    `ghcr.io/${missing}/web:1`,
    `x-${nothing}`,
    `db.${nothing}.svc`,
    `shop/web:${nothing}`,
    `https://${nothing}:8080/`,
    `https://${missing}`,
    `postgres://${missing}:${missing}@db:5432/shop`,
    `postgres://shop:${missing}@db:5432/shop`,
    `postgres://shop:secret@${missing}:5432/shop`,
    `cache redis://${missing}:6379 first`,
    `x-${options}`,
    options,
    "[object Promise]",
    `x-${Number("a")}`,
    `${Number("a") * 1024}Mi`,
    `${missing}Mi`,
    `${missing}ms`,
    `--replicas=${missing}`,
    `serve --port 80 --host=${missing} --verbose`,
    `A=${Number("a")}`,
    `x-${1 / 0}`,
    String(new Date("a")),
    `backup-${String(new Date("a"))}`,
    `a,${missing},b`,
    "[Function: name]",
  ])("%j", (text) => {
    expect(lostIn(env(text))).toEqual([inEnv]);
  });

  test.each([
    [
      "a label",
      core("ConfigMap", { metadata: { name: "a", namespace: "b", labels: { app: "x-undefined" } } }),
      "metadata.labels.app",
    ],
    [
      "a label's name",
      core("ConfigMap", { metadata: { name: "a", namespace: "b", labels: { undefined: "x" } } }),
      "metadata.labels.undefined",
    ],
    ["a key", core("ConfigMap", { data: { "undefined.conf": "" } }), "data.undefined.conf"],
    ["a setting", core("ConfigMap", { data: { HOST: "db-undefined" } }), "data.HOST"],
    ["a URL in a file", core("ConfigMap", { data: { a: "a: 1\nurl: http://undefined/api\n" } }), "data.a"],
    ["a Secret in base64", core("Secret", { data: { url: btoa("postgres://undefined/shop") } }), "data.url"],
    [
      "a Secret's text",
      core("Secret", { stringData: { url: "postgres://undefined/shop" } }),
      "stringData.url",
    ],
    [
      "an annotation of a function",
      core("ConfigMap", {
        metadata: { name: "a", namespace: "b", annotations: { team: String(() => "shop") } },
      }),
      "metadata.annotations.team",
    ],
    [
      "a function's name",
      core("ConfigMap", {
        metadata: { name: "a", namespace: "b", annotations: { team: `x-${String(Number)}` } },
      }),
      "metadata.annotations.team",
    ],
    [
      "a kind of others",
      {
        apiVersion: "example.com/v1",
        kind: "Shop",
        metadata: { name: "a", namespace: "b" },
        spec: { host: "db.undefined" },
      },
      "spec.host",
    ],
  ])("%s", (_title, object, path) => {
    expect(lostIn(object)).toEqual([path]);
  });

  test("once, where a text stands in several places", () => {
    const labels = { app: "web-undefined" };
    const object = {
      metadata: { name: "a", namespace: "b", labels },
      spec: { selector: labels, ports: [{ port: 80 }] },
    };
    expect(lostIn(core("Service", object))).toEqual(["metadata.labels.app"]);
  });

  test("without showing what a Secret holds", () => {
    const [finding] = accepted(core("Secret", { stringData: { url: "postgres://shop:s3cret@undefined/" } }));
    expect(finding?.what).toBe(
      "the text has undefined in it, as a value that is not there, or is no text, gives it",
    );
  });
});

describe("a text that has such a word rightly is not:", () => {
  test.each([
    "the value is undefined",
    "a NaN is not a number, and null is nothing",
    "null",
    "/dev/null",
    "2>/dev/null",
    "dev-null",
    "not-null",
    "null-provider",
    "hashicorp/null:3.2",
    "terraform-null-label",
    "nullable",
    "undefinedBehaviour",
    "-fsanitize=address,undefined",
    "Infinity",
    "infinity-datasource",
    '{"a":null,"b":[null,1]}',
    'if (typeof a === "undefined") { return a !== undefined; }',
    "a == null || b != NaN",
    "[object]",
    "SELECT * FROM a WHERE b IS NOT NULL",
    "functional",
    "cat a | grep undefined",
    "x => x + 1",
    "Banana",
    "NaNcy",
  ])("%j", (text) => {
    expect(lostIn(env(text))).toEqual([]);
  });

  test.each([
    [
      "a program",
      core("ConfigMap", { data: { "a.js": "const a = undefined;\nif (a === undefined) throw NaN;\n" } }),
    ],
    [
      "a description",
      core("ConfigMap", {
        metadata: { name: "a", namespace: "b", annotations: { description: "x-undefined" } },
      }),
    ],
    ["bytes", core("Secret", { data: { a: btoa("\u0000undefinedly\u0001") } })],
    ["a script of lines", withContainer({ command: ["sh", "-c", "set -u\ntest -n undefined-host\n"] })],
    ["a program among the arguments", withContainer({ args: ["-e", "function a() { return 1 }"] })],
  ])("%s", (_title, object) => {
    expect(lostIn(object)).toEqual([]);
  });
});
