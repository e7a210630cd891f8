// Checkpoints and models with any bit changed, cut anywhere, and mutated at random: refused with exit code 4.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeSafetensors } from "@downhill/nn";
import { describe, expect, test } from "vitest";
import { decodeCheckpoint } from "../../src/checkpoint/decodeCheckpoint.ts";
import { encodeCheckpoint } from "../../src/checkpoint/encodeCheckpoint.ts";
import { encodeModel } from "../../src/model/modelFile.ts";
import { TrainedModel } from "../../src/model/TrainedModel.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { resealed } from "./mutate.ts";
import { MOST_GROWTH_BYTES, runMutations } from "./runMutations.ts";
import { CHECKPOINT, faultOf, MODEL, SAMPLE_FILES, type SampleFile } from "./sampleFiles.ts";

test("a checkpoint comes back as it was, bit by bit", () => {
  const { tensors, ...rest } = decodeCheckpoint(encodeCheckpoint(CHECKPOINT), "x");
  const { tensors: expected, ...others } = CHECKPOINT;
  expect(rest).toEqual(others);
  expect(tensors).toEqual(expected);
  expect(encodeCheckpoint(CHECKPOINT)).toEqual(encodeCheckpoint(CHECKPOINT));
});

test("the hash stands where other tools can find it, and can be taken again", () => {
  for (const { bytes } of SAMPLE_FILES) expect(Buffer.from(resealed(bytes)).equals(bytes)).toBe(true);
});

const isRead = (file: SampleFile, bytes: Uint8Array): boolean => {
  try {
    file.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe.each(SAMPLE_FILES)("a $name", (file) => {
  test("with any one bit flipped", () => {
    const bytes = file.bytes.slice();
    const faults: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const fault = faultOf(file, bytes) ?? (isRead(file, bytes) ? "it is read" : undefined);
      if (fault !== undefined) faults.push(`bit ${bit}: ${fault}`);
      bytes[bit >> 3] ^= 1 << (bit & 7);
    }
    expect(faults).toEqual([]);
  });

  test("cut at any byte, or with bytes behind it", () => {
    const faults = Array.from(file.bytes.keys(), (length) => {
      const cut = file.bytes.slice(0, length);
      return isRead(file, cut) ? `${length} bytes are read` : faultOf(file, cut);
    });
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
    expect(() => file.decode(Uint8Array.of(...file.bytes, 0))).toThrow("its bytes don't have the hash");
  });
});

test("2,000 mutations: no crash, no hang, no memory beyond the tensors' own and 16 MB", { timeout: 60_000 }, () => {
  const { mutations, refused, faults, grownBytes } = runMutations(0, 2000, 50_000);
  expect(faults).toEqual([]);
  expect(mutations).toBe(2000);
  expect(grownBytes).toBeLessThan(MOST_GROWTH_BYTES);
  // Most, but not all: a digit of a cost is another cost.
  expect(refused).toBeGreaterThan(500);
  expect(refused).toBeLessThan(2000);
});

test.each([
  ["units", { layers: [{ type: "dense" as const, units: 2_000_000_000 }] }],
  ["inputs", { preprocessing: { inputs: 500_000_000 } }],
])("a model whose metadata claim %s that it has no numbers for takes no memory", async (_, changes) => {
  const runDir = await temporaryFolder();
  await writeFile(join(runDir, "model.safetensors"), encodeModel({ ...MODEL, ...changes }));
  await expect(TrainedModel.open(runDir)).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringMatching(/: dense_1 has \d+ parameters, but its tensors hold 9 numbers$/) as string,
  });
});

test("a checkpoint whose hash fits but whose state does not is refused", () => {
  for (const state of ["{}", "null", "{", '{"run":1}']) {
    const bytes = resealed(
      encodeSafetensors({
        tensors: [],
        metadata: { sha256: "0".repeat(64), format: "downhill-checkpoint", formatVersion: "1", state, data: "{}" },
      }),
    );
    expect(() => decodeCheckpoint(bytes, "run/file")).toThrow(expect.objectContaining({ exitCode: 4 }) as Error);
  }
  const later = encodeSafetensors({
    tensors: [],
    metadata: { sha256: "0".repeat(64), format: "downhill-checkpoint", formatVersion: "2" },
  });
  expect(() => decodeCheckpoint(resealed(later), "x")).toThrow("its format is downhill-checkpoint 2; expected downhill-checkpoint 1");
});
