// The thread of a guest: it loads the sink's module, and answers one call after another. It stands directly under src/, as the
// trainer's does.
import { type MessagePort, workerData } from "node:worker_threads";
import type { Delivery, RunContext, Sink, SinkPlugin, Terminal } from "@downhill/sinks";
import { checkSink } from "./sinks/checkSink.ts";
import { failureText } from "./sinks/failureText.ts";
import { inspectSink } from "./sinks/inspectSink.ts";
import type { GuestMessage, GuestRun, NumberedCall } from "./sinks/isolated/protocol.ts";
import { contextFor } from "./sinks/SinkContext.ts";

// What a call may write to the terminal: a guest that writes without end would fill the memory of the thread that shows it.
const MOST_TERMINAL = 2 ** 20;

const given = workerData as { port?: MessagePort };
const port = given.port!;
// The guest's module sees the same object.
delete given.port;
const send = (message: GuestMessage): void => port.postMessage(message);

let columns = 0;
let shown = 0;
let loaded: { readonly plugin: SinkPlugin<unknown>; readonly options: unknown };
let sink: Sink;

async function answer(call: NumberedCall): Promise<Delivery | undefined> {
  [columns, shown] = [call.columns, 0];
  switch (call.call) {
    case "load": {
      const { sink: entry, index, directory } = call.entry;
      const { plugin, options, delivery } = await inspectSink(entry, index, directory);
      loaded = { plugin, options };
      return delivery;
    }
    case "open":
      sink = checkSink(await loaded.plugin.open(loaded.options, contextOf(call.run, call.delivery)));
      return undefined;
    case "write":
      await sink.write(call.event);
      return undefined;
    case "flush":
      await sink.flush?.();
      return undefined;
    case "close":
      await (sink as Sink | undefined)?.close?.(call.reason);
      // What it has printed leaves the thread before that is ended.
      await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write("", resolve))));
      return undefined;
  }
}

function contextOf({ terminal, ...run }: GuestRun, delivery: Delivery): RunContext {
  const guests: Terminal = {
    ...terminal,
    write: writeTerminal,
    get columns() {
      return columns;
    },
  };
  return contextFor({ ...run, terminal: guests }, delivery);
}

function writeTerminal(text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`terminal.write takes text, not ${typeof text}`);
  shown += text.length;
  if (shown > MOST_TERMINAL) throw new Error("it wrote more than a million characters to the terminal in one call");
  send({ type: "terminal", text });
}

port.on("message", (call: NumberedCall) => {
  answer(call).then(
    (delivery) => send({ type: "done", id: call.id, ...(delivery && { delivery }) }),
    (error: unknown) => send({ type: "failed", id: call.id, message: failureText(error) }),
  );
});
