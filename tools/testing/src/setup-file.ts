import fc from "fast-check";
import { afterAll, expect } from "vitest";
import { ownTemporaryFolder, refuseLeftovers } from "./leftovers.ts";
import { removeTemporaryFolders } from "./temporary-folder.ts";

// A commit is judged alike wherever it is tested; who searches asks for another seed.
fc.configureGlobal({ seed: Number(process.env["TESTS_SEED"] ?? 1) });

// Before each test file, so that its own hooks, which come later, run earlier.
const end = ownTemporaryFolder();

afterAll(() => {
  const { testPath = "a test file" } = expect.getState();
  removeTemporaryFolders();
  refuseLeftovers(end(), testPath);
}, 120_000);
