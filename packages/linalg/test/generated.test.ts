// The micro-kernels that are checked in are the ones that the generator writes.
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const ASSEMBLY = new URL("../assembly/", import.meta.url);
const { files } = (await import(new URL("generate.mjs", ASSEMBLY).href)) as { readonly files: Readonly<Record<string, string>> };

describe("assembly/generate.mjs", () => {
  it.each(Object.entries(files))("has written %s", async (path, text) => {
    const found = await readFile(new URL(path, ASSEMBLY), "utf8");
    // Line by line, so that the first one that is another is shown.
    expect(found.split("\n")).toEqual(text.split("\n"));
    expect(text).toMatch(/^\/\/ Written by assembly\/generate\.mjs/);
  });

  it("writes the dense, the sparse and the patch kernels", () => {
    expect(Object.keys(files).toSorted()).toEqual([
      "images/patchKernels.ts",
      "level3/flatKernels.ts",
      "level3/kernels.ts",
      "level3/thinKernels.ts",
      "sparse/inPlaceKernels.ts",
      "sparse/kernels.ts",
    ]);
  });
});
