// The trainer's thread: it loads, waits for the word, trains, and after each epoch that it sends waits for a credit.
import { parentPort, workerData } from "node:worker_threads";
import { lastValueFrom } from "rxjs";
import { exitCodeOf, messageOf } from "./failure.ts";
import { Credits } from "./trainer/Credits.ts";
import { epochs$ } from "./trainer/epochs.ts";
import { Checkpoints } from "./trainer/Checkpoints.ts";
import { RequestWord } from "./trainer/RequestWord.ts";
import type { TrainerCommand, TrainerFact, TrainerInput, TrainerMessage, TrainerRun } from "./trainer/protocol.ts";
import { createTrainer } from "./trainer/createTrainer.ts";

const port = parentPort!;
const { config, request, checkpoint } = workerData as TrainerInput;
const signal = new RequestWord(request);
const credits = new Credits(0);
const settled = new Credits(0);
const told = new Promise<TrainerRun>((resolve) => {
  port.on("message", (command: TrainerCommand) => {
    if (command.type === "train") resolve(command);
    else (command.type === "credit" ? credits : settled).give();
  });
});

async function send(message: TrainerMessage): Promise<void> {
  port.postMessage(message);
  // Until the host has queued the fact: the trainer is never further ahead of a sink than its queue and this one fact.
  if (message.type === "fact") await credits.take();
}

const tell = (fact: TrainerFact): Promise<void> => send({ type: "fact", fact });
const settle = async (): Promise<void> => {
  await send({ type: "settle" });
  await settled.take();
};

try {
  const trainer = await createTrainer(config);
  if (checkpoint !== undefined) trainer.resume(checkpoint);
  await send({ type: "loaded", loaded: trainer.loaded });
  const { run, checkpoints, ...asked } = await told;
  const record = { run, checkpoints: new Checkpoints(config.checkpoint, checkpoints, settle) };
  await lastValueFrom(epochs$(trainer, { count: config.epochs, signal, record, ...asked }, tell), { defaultValue: undefined });
  for await (const fact of trainer.saveLast(record)) await tell(fact);
  const { outcome, facts } = await trainer.finish();
  for (const fact of facts) await tell(fact);
  await send({ type: "finished", outcome });
} catch (error) {
  await send({ type: "failed", exitCode: exitCodeOf(error), message: messageOf(error) });
} finally {
  port.close();
}
