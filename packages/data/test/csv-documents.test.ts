// Generated documents against the reference parser; `pnpm soak csv` reads a million of them.
import { expect, it } from "vitest";
import { checkDocument, type DocumentKind } from "./support/checkDocument.ts";

it.each<[DocumentKind, number]>([
  ["general", 12_000],
  ["numeric", 8_000],
])("%s documents are read as by the reference, whatever the chunks: %i", async (kind, count) => {
  for (let seed = 0; seed < count; seed += 1) {
    const wrong = await checkDocument(kind, seed);
    if (wrong !== undefined) expect.unreachable(wrong);
  }
});

it.each<DocumentKind>(["general", "numeric"])("%s documents at every split point, and byte by byte", async (kind) => {
  for (let seed = 100_000; seed < 100_150; seed += 1) {
    const wrong = await checkDocument(kind, seed, { everySplit: true });
    if (wrong !== undefined) expect.unreachable(wrong);
  }
});
