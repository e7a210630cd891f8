// When training ends early, with which weights, and that it does not matter whether it was interrupted in its patience.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors } from "@downhill/nn";
import { expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_TABLE } from "../smallTable.ts";
import { endAfter, interruptedProject, resumeWell } from "./interruptedProject.ts";

interface Printed {
  readonly epochs: number;
  readonly weightsSha256: string;
}

const run = async (folder: string, out: string, ...set: readonly string[]): Promise<Printed> => {
  const args = ["run", "config.json", "--json", "--out", out, ...set.flatMap((value) => ["--set", value])];
  const { exitCode, stdout, stderr }: CommandResult = await pipeline(args, { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Printed;
};

// No cost is lower by a thousand, so that the first epoch stays the best one.
const FIRST_IS_BEST = { patience: 3, minDelta: 1000 };

test.concurrent("it ends after its patience, with the best epoch's weights or the last one's", async () => {
  const folder = await smallProject({ batchSize: 5, earlyStopping: FIRST_IS_BEST });
  const [restored, last, one, four] = await Promise.all([
    run(folder, "restored"),
    run(folder, "last", "earlyStopping.restoreBest=false"),
    run(folder, "one", "earlyStopping.patience=100", "epochs=1"),
    run(folder, "four", "earlyStopping.patience=100", "epochs=4", "earlyStopping.restoreBest=false"),
  ]);
  expect([restored.epochs, last.epochs]).toEqual([4, 4]);
  expect(restored.weightsSha256).toBe(one.weightsSha256);
  expect(last.weightsSha256).toBe(four.weightsSha256);
  expect(restored.weightsSha256).not.toBe(last.weightsSha256);
  expect((await readEvents(join(folder, "restored"))).at(-1)).toMatchObject({ type: "runCompleted", reason: "stoppedEarly", epochs: 4 });
  expect((await readEvents(join(folder, "one"))).at(-1)).toMatchObject({ reason: "finished" });

  const tensorsOf = async (...path: string[]): Promise<unknown> => decodeSafetensors(await readFile(join(folder, ...path))).tensors;
  const best = await tensorsOf("last", "checkpoints", "best.safetensors");
  expect(best).toEqual(await tensorsOf("one", "model.safetensors"));
  expect(best).not.toEqual(await tensorsOf("last", "model.safetensors"));
  const resumed = await pipeline(["resume", "restored", "--json"], { cwd: folder });
  expect(JSON.parse(resumed.stdout)).toMatchObject({ epochs: 4, weightsSha256: restored.weightsSha256 });
});

// The epoch at which costs stop, told in another way than the trainer does.
const stopOf = (costs: readonly number[], patience: number): number =>
  costs.findIndex(
    (_, index) =>
      index >= patience && Math.min(...costs.slice(0, index + 1 - patience)) <= Math.min(...costs.slice(index + 1 - patience, index + 1)),
  ) + 1;

test.concurrent("validation's cost decides where there is one, else training's", async () => {
  // Two classes change their names for validation: the better it learns, the worse it does there.
  const wrong = SMALL_TABLE.replaceAll("ant", "x").replaceAll("bee", "ant").replaceAll("x", "bee");
  const folder = await smallProject({ batchSize: 5, epochs: 60, earlyStopping: { patience: 4 } }, { "wrong.csv": wrong });
  const validation = ["data.validation.file=wrong.csv", "data.validation.label=kind"];
  const [validated, alone] = await Promise.all([run(folder, "validated", ...validation), run(folder, "alone", "optimizer.learningRate=2")]);
  const epochs = eventsOf(await readEvents(join(folder, "validated")), "epochCompleted");
  const costs = epochs.map(({ cost }) => cost);
  expect(validated.epochs).toBe(
    stopOf(
      epochs.map((epoch) => epoch.validation?.cost ?? Number.NaN),
      4,
    ),
  );
  expect(validated.epochs).toBeLessThan(60);
  // Training's cost would have let it go on.
  expect(stopOf(costs, 4)).toBe(0);

  const training = eventsOf(await readEvents(join(folder, "alone")), "epochCompleted").map(({ cost }) => cost);
  expect(alone.epochs).toBe(stopOf(training, 4));
  expect(alone.epochs).toBeLessThan(60);
});

test.concurrent("interrupted in its patience it ends at the same epoch, in the same bits", async () => {
  const { runDir, first, whole } = await interruptedProject({
    batchSize: 5,
    earlyStopping: FIRST_IS_BEST,
    checkpoint: { everyBatches: 4 },
    sinks: [endAfter(3)],
  });
  expect(first.exitCode).toBeNull();
  expect(whole.epochs).toBe(4);
  expect((await resumeWell(runDir)).printed).toMatchObject(whole);
  expect((await readEvents(runDir)).at(-1)).toMatchObject({ reason: "stoppedEarly" });
});

test.concurrent("interrupted where the best epoch is the last one, its weights are not lost", async () => {
  const { runDir, whole } = await interruptedProject({
    batchSize: 5,
    earlyStopping: FIRST_IS_BEST,
    checkpoint: { everySeconds: 0 },
    sinks: [endAfter(2)],
  });
  expect((await resumeWell(runDir)).printed).toMatchObject(whole);
});
