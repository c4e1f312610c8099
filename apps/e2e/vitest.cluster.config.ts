import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

// One control plane for all files, which come one after the other: what they apply is cluster-wide.
export default defineConfig({
  ...base,
  test: {
    include: ["test/{cluster,operator}/**/*.test.ts"],
    globalSetup: [base.test?.globalSetup ?? [], "test/cluster/global-setup.ts"].flat(),
    setupFiles: base.test?.setupFiles,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: base.test?.reporters,
  },
});
