// The page's own script: on a page that is cross-origin isolated a worker trains with two threads, else the page itself
// with as many as it gets. The result goes to the server that the page came from.
import { smallTraining } from "./smallTraining.ts";

try {
  await send(crossOriginIsolated ? await inWorker() : await smallTraining());
} catch (error) {
  await send({ error: String(error) });
}

function inWorker(): Promise<unknown> {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

async function send(result: unknown): Promise<void> {
  await fetch("/result", { method: "POST", body: JSON.stringify(result) });
}
