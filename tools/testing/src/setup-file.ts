import { afterAll, expect } from "vitest";
import { ownTemporaryFolder, refuseLeftovers } from "./leftovers.ts";
import { removeTemporaryFolders } from "./temporary-folder.ts";

// Before each test file, so that its own hooks, which come later, run earlier.
const end = ownTemporaryFolder();

afterAll(() => {
  const { testPath = "a test file" } = expect.getState();
  removeTemporaryFolders();
  refuseLeftovers(end(), testPath);
}, 120_000);
