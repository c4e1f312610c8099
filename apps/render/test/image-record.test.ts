import { describe, expect, test } from "vitest";
import { findImageRecord } from "../src/commands/upgrade/image-record.ts";

const old = `sha256:${"a".repeat(64)}`;
const other = `sha256:${"b".repeat(64)}`;
const upgraded = (source: string): string => findImageRecord(source, "operator.ts").with("v2.0.0", other);

const recordWith = (rest: string): string =>
  `const a = { name: "x/y", version: "v1", digest: "${old}"${rest} };`;

describe("the image record of a source", () => {
  test.each([
    [
      "over several lines",
      `const a = {\n  name: "x/y",\n  version: "v1",\n  digest: "${old}",\n} as const satisfies T;\n`,
    ],
    [
      "on one line, in another order",
      `export const a: T = { digest: '${old}', 'version': 'v1', name: "x/y" };`,
    ],
    [
      "inside of another object",
      `const o = { version: "v1", image: { name: "x/y", version: "v1", digest: "${old}" } };`,
    ],
    [
      "among comments and strings that look like it",
      `// version: "v1" é\nconst s = 'version: "v1"';\nconst a = { name: "x/y", /* version: "v0" */ version: "v1", digest: "${old}" };`,
    ],
  ])("is found %s, and nothing else changes", (_name, source) => {
    const change = source.lastIndexOf("v1");
    const expected = `${source.slice(0, change)}v2.0.0${source.slice(change + 2)}`.replace(old, other);
    expect(upgraded(source)).toBe(expected);
    expect(upgraded(upgraded(source))).toBe(expected);
  });

  test("says where the image is pulled from", () => {
    expect(findImageRecord(recordWith(""), "f").repository).toBe("x/y");
    expect(findImageRecord(recordWith(', mirror: "r.example/x"'), "f").repository).toBe("r.example/x");
  });

  test.each([
    ["const a = 1;", "there is no image record"],
    [`const v = "v1"; const a = { name: "x", version: v, digest: "${old}" };`, "there is no image record"],
    [`const a = { name: "x", version: \`v1\`, digest: "${old}" };`, "there is no image record"],
    [
      `const a = { name: "x", version: "1", digest: "${old}" };\nconst b = { name: "y", version: "1", digest: "${old}" };`,
      "there are several image records",
    ],
    ["const a = {", "the file does not parse"],
  ])("is refused in %s", (source, what) => {
    expect(() => upgraded(source)).toThrow(what);
  });
});
