// JavaScript's side of the protocol of contestants: one JSON object a line, on standard input and output.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Sends the hello of `start()`, then one `answer(request)` a line. An error is sent as `{ "error" }`, and ends it. */
export async function serve(start) {
  try {
    const { hello, answer } = await start();
    send(hello);
    for await (const line of createInterface({ input: process.stdin })) send(await answer(JSON.parse(line)));
    // Some of the libraries leave threads behind that would keep the process.
    process.exit(0);
  } catch (error) {
    send({ error: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** The milliseconds of each call within a turn of about `milliseconds`, at least three. */
export async function durations(milliseconds, call) {
  const list = [];
  const end = performance.now() + milliseconds;
  let start = performance.now();
  while (list.length < 3 || start < end) {
    const pending = call();
    // A call that has its result at once is not made to wait for a turn of the event loop.
    if (pending instanceof Promise) await pending;
    const now = performance.now();
    list.push(now - start);
    start = now;
  }
  return list;
}

/** The f32 of a file. */
export function readFloats(folder, file) {
  // Copied, since a small file is read into a part of a larger buffer.
  return new Float32Array(new Uint8Array(readFileSync(join(folder, file))).buffer);
}
