import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validatorsOf } from "../src/validators.ts";
import { smallCrds } from "./small-crds.ts";

/** What an API server of 1.34 keeps of each object but for metadata, or false where it refuses it. */
const verdicts: readonly [kind: string, written: object, kept: object | false][] = readFileSync(
  new URL("small-verdicts.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

test("every object has a verdict", () => {
  expect(verdicts.map(([kind, written]) => [kind, written])).toEqual(
    smallCrds.flatMap(({ crd, objects }) => objects.map((written) => [crd.spec.names.kind, written])),
  );
});

describe.each(smallCrds.map(({ crd }) => ({ kind: crd.spec.names.kind, crd })))("$kind", ({ kind, crd }) => {
  const validator = validatorsOf(crd).get("v1");
  const head = { apiVersion: "small.example.com/v1", kind, metadata: { name: "a" } };

  test.each(verdicts.filter(([of]) => of === kind).map(([, written, kept]) => ({ written, kept })))(
    "$written",
    ({ written, kept }) => {
      const object = { ...head, ...written };
      const issues = validator?.validate(object);
      if (kept === false) return expect(issues).not.toEqual([]);
      expect(issues).toEqual([]);
      const { metadata: _metadata, ...stored } = Object(validator?.complete(object));
      expect(stored).toEqual({ apiVersion: head.apiVersion, kind, ...kept });
    },
  );
});
