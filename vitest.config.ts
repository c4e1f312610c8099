import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

// Packages see each other's sources, as the type check does; nothing needs a build to be tested.
const conditions = ["@atlas/source", ...defaultServerConditions];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
});
