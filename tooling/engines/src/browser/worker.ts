// A web worker that trains with two threads: itself and a helper.
import { smallTraining } from "./smallTraining.ts";

// In an async function: a worker's top-level await delays messages, and a rejection there is no error event.
async function train(): Promise<void> {
  try {
    postMessage(await smallTraining(2));
  } catch (error) {
    postMessage({ error: String(error) });
  }
}

void train();
