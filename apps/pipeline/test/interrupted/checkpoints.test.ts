// When checkpoints are written and how many stay, and what a run that diverges leaves of them.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors } from "@downhill/nn";
import { expect, test } from "vitest";
import { decodeCheckpoint } from "../../src/checkpoint/decodeCheckpoint.ts";
import { pipeline } from "../command.ts";
import { eventsOf, filesBelow, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { endAfter, interruptedProject, resume, resumeWell } from "./interruptedProject.ts";

interface Left {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly runDir: string;
  /** `epoch:batch` of every one that was told of. */
  readonly told: readonly string[];
  readonly files: readonly string[];
}

const leftBy = async (changes: Readonly<Record<string, unknown>>): Promise<Left> => {
  const folder = await smallProject(changes);
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  const runDir = join(folder, "run");
  const saved = eventsOf(await readEvents(runDir), "checkpointSaved");
  const files = await filesBelow(join(runDir, "checkpoints")).catch(() => []);
  for (const { path } of saved.slice(-1)) expect(files).toContain(path.replace("checkpoints/", ""));
  return { exitCode, stderr, runDir, told: saved.map(({ epoch, batch }) => `${epoch}:${batch}`), files };
};

// 42 rows in batches of 10 are five an epoch.
test.concurrent.each([
  ["every 4 batches, wherever epochs end", { everyBatches: 4, everySeconds: 1000, keep: 3 }, ["0:4", "1:3", "2:2", "3:0"], 3],
  ["every epoch, and one that stays", { everySeconds: 0, keep: 1 }, ["1:0", "2:0", "3:0"], 1],
  ["only the last one", {}, ["3:0"], 1],
  ["every 7 batches and every epoch", { everyBatches: 7, everySeconds: 0, keep: 100 }, ["1:0", "1:2", "2:0", "2:4", "3:0"], 5],
])("%s", async (_, checkpoint, told, files) => {
  const left = await leftBy({ batchSize: 10, epochs: 3, checkpoint });
  expect(left).toMatchObject({ exitCode: 0, told });
  const names = told.map((place) => place.split(":").map((part) => part.padStart(6, "0")));
  expect(left.files).toEqual(names.slice(-files).map(([epoch, batch]) => `epoch-${epoch}-batch-${batch}.safetensors`));
});

test.concurrent("a full batch is an epoch", async () => {
  expect(await leftBy({ epochs: 5, checkpoint: { everyBatches: 2 } })).toMatchObject({ exitCode: 0, told: ["2:0", "4:0", "5:0"] });
});

test.concurrent("the model of the best epoch stands beside them where a cost of validation tells it", async () => {
  const data = { train: { file: "table.csv", label: "kind" }, validation: { fraction: 0.2 } };
  expect((await leftBy({ data, epochs: 2 })).files).toContain("best.safetensors");
  expect((await leftBy({ epochs: 2 })).files).not.toContain("best.safetensors");
});

test.concurrent("a run that was stopped by a signal goes on to the bits of one that was not, with its pictures told once", async () => {
  const { runDir, first, whole } = await interruptedProject({
    data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 }, image: { width: 3, height: 1 } },
    batchSize: 5,
    sinks: [endAfter(6, "SIGINT")],
  });
  expect(first.exitCode).toBe(130);
  const before = await readEvents(runDir);
  expect(before.at(-1)).toMatchObject({ type: "runCompleted", reason: "aborted" });
  expect(eventsOf(before, "samplesPredicted")).toHaveLength(1);

  expect((await resumeWell(runDir)).printed).toMatchObject(whole);
  const after = await readEvents(runDir);
  const predicted = eventsOf(after, "samplesPredicted");
  const [expected] = eventsOf(await readEvents(join(runDir, "..", "whole")), "samplesPredicted");
  // Of the model that the run ended with, and not of the one that it was stopped with.
  expect(predicted.map(({ samples }) => samples)).toEqual([expected.samples]);
  expect(after.slice(-2).map(({ type }) => type)).toEqual(["samplesPredicted", "runCompleted"]);
});

test.concurrent("a cost that is no number ends the run with its batch; the last good checkpoint stays", async () => {
  const { exitCode, stderr, runDir, files } = await leftBy({
    batchSize: 10,
    optimizer: { type: "sgd", learningRate: 1e12 },
    checkpoint: { everyBatches: 1, keep: 1 },
  });
  expect(exitCode).toBe(5);
  const [, batch, layer] =
    /^training has diverged: the cost in epoch 1, batch (\d) of 5 is \S+; the first to give no number was (\S+)\. /.exec(stderr) ?? [];
  expect(layer).toMatch(/^dense_[12]$/);
  expect(files).toEqual([`epoch-000000-batch-00000${Number(batch) - 1}.safetensors`]);
  const path = join(runDir, "checkpoints", files[0]);
  const { tensors } = decodeCheckpoint(await readFile(path), path);
  expect(tensors.every(({ data }) => data.every(Number.isFinite))).toBe(true);
  expect(await readdir(runDir)).not.toContain("model.safetensors");

  const again = await resume(runDir);
  expect([again.exitCode, again.stdout, again.stderr]).toEqual([5, "", stderr]);
  expect(eventsOf(await readEvents(runDir), "runCompleted")).toMatchObject([{ reason: "diverged" }]);
});

test.concurrent("weights that an update has made infinite don't take the place of the last good checkpoint", async () => {
  const { exitCode, stderr, files } = await leftBy({
    batchSize: 10,
    optimizer: { type: "sgd", learningRate: 1e40 },
    checkpoint: { everyBatches: 1, keep: 1 },
  });
  expect([exitCode, files]).toEqual([5, []]);
  expect(stderr).toMatch(
    /^training has diverged: after epoch 1, batch 1 not every number of dense_[12]\/(weights|biases) is finite\. Try a smaller/,
  );
});

test.concurrent("a checkpoint is a safetensors file whose metadata tell what it is", async () => {
  const { runDir, files } = await leftBy({ epochs: 2 });
  const { tensors, metadata } = decodeSafetensors(await readFile(join(runDir, "checkpoints", files[0])));
  expect(metadata).toMatchObject({ format: "downhill-checkpoint", formatVersion: "1", classes: '["ant","bee","cow"]' });
  expect(tensors.map(({ name }) => name)).toContain("dense_1/weights/m");
});
