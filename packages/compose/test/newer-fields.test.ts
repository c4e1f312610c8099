import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { newerFieldsModule } from "../scripts/newer-fields-module.ts";
import { builtInKinds } from "../src/kubernetes/schema.ts";

const written = readFileSync(new URL("../src/typed/newer-fields.ts", import.meta.url), "utf8");

/** The text without what a formatter is free to choose. */
const unformatted = (text: string): string =>
  text
    .replaceAll(/\s+/g, "")
    .replaceAll(/([:=])\|/g, "$1")
    .replaceAll(/;}/g, "}");

test("types know every kind that the table knows", () => {
  const typed = [...written.matchAll(/^ {2}"([^"]+)": \w+\.\w+;$/gm)].map(([, id]) => id);
  expect(typed).toEqual(
    builtInKinds()
      .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)
      .toSorted(),
  );
});

test("what kubernetes-types lacks of the table is declared, as the script writes it", () => {
  expect(unformatted(written)).toBe(unformatted(newerFieldsModule()));
});
