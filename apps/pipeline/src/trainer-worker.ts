// The trainer's thread: it loads, waits for the word, trains, and tells what comes of it.
import { parentPort, workerData } from "node:worker_threads";
import { lastValueFrom } from "rxjs";
import { exitCodeOf, messageOf } from "./failure.ts";
import { Credits } from "./trainer/Credits.ts";
import { epochs$ } from "./trainer/epochs.ts";
import { Checkpoints } from "./trainer/Checkpoints.ts";
import { Outbox } from "./trainer/Outbox.ts";
import { RequestWord } from "./trainer/RequestWord.ts";
import type { TrainerCommand, TrainerInput, TrainerMessage, TrainerRun } from "./trainer/protocol.ts";
import { createTrainer } from "./trainer/createTrainer.ts";

const port = parentPort!;
const { config, request, checkpoint } = workerData as TrainerInput;
const signal = new RequestWord(request);
const post = (message: TrainerMessage): void => port.postMessage(message);
let outbox: Outbox | undefined;
const settled = new Credits(0);
const told = new Promise<TrainerRun>((resolve) => {
  port.on("message", (command: TrainerCommand) => {
    if (command.type === "train") resolve(command);
    else if (command.type === "credit") outbox?.credit();
    else settled.give();
  });
});

const settle = async (): Promise<void> => {
  await outbox?.delivered();
  post({ type: "settle" });
  await settled.take();
};

try {
  const trainer = await createTrainer(config);
  if (checkpoint !== undefined) trainer.resume(checkpoint);
  post({ type: "loaded", loaded: trainer.loaded });
  const { run, checkpoints, together, ...asked } = await told;
  outbox = new Outbox((facts) => post({ type: "facts", facts }), together);
  const record = { run, checkpoints: new Checkpoints(config.checkpoint, checkpoints, settle) };
  await lastValueFrom(epochs$(trainer, { count: config.epochs, signal, record, ...asked }, outbox), { defaultValue: undefined });
  for await (const fact of trainer.saveLast(record)) await outbox.tell(fact);
  // The sets may take long to evaluate.
  await outbox.send();
  const { outcome, facts } = await trainer.finish();
  for (const fact of facts) await outbox.tell(fact);
  await outbox.send();
  post({ type: "finished", outcome });
} catch (error) {
  await outbox?.send();
  post({ type: "failed", exitCode: exitCodeOf(error), message: messageOf(error) });
} finally {
  port.close();
}
