import { ownTemporaryFolder, refuseLeftovers } from "./leftovers.ts";

/** Around a run of vitest: what its test files, or what they started, have left when all of them are through. */
export default function setup(): () => void {
  const end = ownTemporaryFolder();
  return () => refuseLeftovers(end(), "the tests");
}
