import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/*/vitest.config.ts",
      "apps/*/vitest.config.ts",
      "apps/pipeline/examples/*/vitest.config.ts",
      "tooling/*/vitest.config.ts",
    ],
    reporters: ["default", "@downhill/vitest/counting-reporter"],
  },
});
