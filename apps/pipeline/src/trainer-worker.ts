// The trainer's thread: it loads, waits for the word, trains, and after each epoch that it sends waits for a credit.
import { parentPort, workerData } from "node:worker_threads";
import { lastValueFrom } from "rxjs";
import { exitCodeOf, messageOf } from "./failure.ts";
import { Credits } from "./trainer/Credits.ts";
import { epochs$ } from "./trainer/epochs.ts";
import type { TrainerCommand, TrainerInput, TrainerMessage } from "./trainer/protocol.ts";
import { createTrainer } from "./trainer/createTrainer.ts";

const port = parentPort!;
const { config, stop } = workerData as TrainerInput;
const stopWord = new Int32Array(stop);
const signal = {
  get aborted() {
    return Atomics.load(stopWord, 0) !== 0;
  },
};
const credits = new Credits(0);
const told = new Promise<void>((resolve) => {
  port.on("message", (command: TrainerCommand) => (command.type === "train" ? resolve() : credits.give()));
});

async function send(message: TrainerMessage): Promise<void> {
  port.postMessage(message);
  // Until the host has queued the fact: the trainer is never further ahead of a sink than its queue and this one fact.
  if (message.type === "fact") await credits.take();
}

try {
  const trainer = await createTrainer(config);
  await send({ type: "loaded", loaded: trainer.loaded });
  await told;
  await lastValueFrom(
    epochs$(trainer, config.epochs, signal, (fact) => send({ type: "fact", fact })),
    { defaultValue: undefined },
  );
  const outcome = await trainer.finish();
  const predictions = trainer.predictions();
  if (predictions !== undefined) await send({ type: "fact", fact: predictions });
  await send({ type: "finished", outcome });
} catch (error) {
  await send({ type: "failed", exitCode: exitCodeOf(error), message: messageOf(error) });
} finally {
  port.close();
}
