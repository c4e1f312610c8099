import { expect, test } from "vitest";
import { nearest } from "@atlas/compose";

test.each([
  ["mangaer", ["manager", "proxy"], "manager"],
  ["mngr", ["manager", "proxy"], "manager"],
  ["dplymnt", ["Deployment", "DaemonSet"], "Deployment"],
  // Two have the consonants.
  ["mngr", ["manager", "monger"], undefined],
  // Its vowels are others.
  ["mongre", ["manager"], undefined],
  ["pd", ["pod"], "pod"],
  ["xyz", ["manager"], undefined],
])("of names near %s among %j, the likeliest is %s", (name, names, want) => {
  expect(nearest(name, names)).toBe(want);
  expect(nearest(name, new Set(names).values())).toBe(want);
});
