// The tier above `pnpm test`: packed packages and whole reference experiments, minutes rather than seconds.
import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

// A project for every package that has tests, as in vitest.config.ts, with the other half of its files.
const folders = ["packages", "apps", "tooling"].flatMap((parent) =>
  readdirSync(new URL(parent, import.meta.url)).map((name) => `${parent}/${name}`),
);

export default defineConfig({
  test: {
    projects: folders.map((root) => ({
      root,
      resolve: { conditions: ["@downhill/source"] },
      ssr: { resolve: { conditions: ["@downhill/source"] } },
      test: { name: `${root} (ci)`, include: ["test/**/*.ci.test.ts"], testTimeout: 300_000, hookTimeout: 120_000 },
    })),
    reporters: ["default", "@downhill/vitest/counting-reporter"],
    passWithNoTests: true,
  },
});
