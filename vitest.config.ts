import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Commands under test are processes of their own, which a worker only waits for.
    maxWorkers: "100%",
    projects: [
      "packages/*/vitest.config.ts",
      "apps/*/vitest.config.ts",
      "apps/pipeline/examples/*/vitest.config.ts",
      "tooling/*/vitest.config.ts",
    ],
    reporters: ["default", "@downhill/vitest/counting-reporter"],
  },
});
