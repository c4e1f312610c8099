import { expect } from "vitest";
import { matchers, type EnvironmentMatchers } from "./matchers.ts";

export { type EnvironmentMatchers } from "./matchers.ts";
export { snapshotOf, type EnvironmentSnapshot } from "./snapshot.ts";

expect.extend(matchers);

declare module "vitest" {
  // The parameters have to be those of Vitest's own declaration, used or not.
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends EnvironmentMatchers<R> {}
}
