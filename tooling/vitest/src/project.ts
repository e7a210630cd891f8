// One package's vitest project. Imports between packages resolve to their TypeScript source, so a unit test
// needs no build; tests that start workers or the command run what `pnpm test` has built before them.
import { fileURLToPath } from "node:url";
import { defineProject, type UserProjectConfigExport } from "vitest/config";

const source = ["@downhill/source"];

const project: UserProjectConfigExport = defineProject({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.ci.test.ts"],
    testTimeout: 30_000,
    setupFiles: [fileURLToPath(new URL("propertySeed.ts", import.meta.url))],
  },
});

export default project;
