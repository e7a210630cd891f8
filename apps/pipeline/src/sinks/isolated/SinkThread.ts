// The main thread's end of a guest: a sink in a thread of its own, which may spin, leak or end without hurting anything but itself.
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Delivery, RunEnd, Sink, Terminal, TrainingEvent } from "@downhill/sinks";
import type { SinkContext } from "../SinkContext.ts";
import type { GuestCall, GuestEntry, GuestMessage, GuestRun, NumberedCall } from "./protocol.ts";

/** What a guest may take of memory, in MiB: of JavaScript's heap, and again of what lies outside of it. */
const MOST_MIB = 256;

/** How often that is looked at, in milliseconds; the heap's own limit needs no look. */
const LOOK_MS = 250;

/** How long a guest has to close when it has failed, in milliseconds. */
const GRACE_MS = 1000;

/** How a guest is kept. */
export interface SinkThreadOptions {
  readonly entry: GuestEntry;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where what it prints goes. */
  readonly output: NodeJS.WritableStream;
}

interface Waiting {
  resolve(delivery: Delivery | undefined): void;
  reject(error: Error): void;
}

/** A sink whose module runs in a worker; each call resolves with the worker's answer, or rejects when the worker has ended. */
export class SinkThread implements Sink {
  readonly #entry: GuestEntry;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  readonly #watch: NodeJS.Timeout;
  #calls = 0;
  #terminal: Terminal | undefined;
  #ended: Error | undefined;
  #closed: Promise<void> | undefined;
  #onStray: (error: unknown) => void = () => undefined;

  constructor({ entry, env, output }: SinkThreadOptions) {
    const { port1, port2 } = new MessageChannel();
    this.#entry = entry;
    this.#port = port1;
    // The guest's own parentPort leads nowhere: what it posts there passes for no answer.
    this.#worker = new Worker(new URL("../../sink-worker.js", import.meta.url), {
      workerData: { port: port2 },
      transferList: [port2],
      env: { ...env },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MIB },
    });
    // A listener a guest; there may be many.
    for (const stream of [output, process.stderr]) stream.setMaxListeners(0);
    this.#worker.stdout.pipe(output, { end: false });
    this.#worker.stderr.pipe(process.stderr, { end: false });
    this.#worker.on("error", (error: NodeJS.ErrnoException) => {
      // What a call throws is its answer; but memory runs out in whatever is under way.
      if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") this.#onStray(error);
      this.#end(error);
    });
    this.#worker.on("exit", (code) => this.#end(new Error(`it ended its thread with exit code ${code}`)));
    port1.on("message", (message: GuestMessage) => this.#take(message));
    this.#watch = setInterval(() => void this.#lookAtMemory(), LOOK_MS);
    // A guest alone is no reason for the process to go on.
    for (const held of [this.#worker, port1, this.#watch]) held.unref();
  }

  /** Loads the module and checks the options; resolves with the sink's wishes. Rejects with what a person should read. */
  async load(): Promise<Delivery> {
    return (await this.#call({ call: "load", entry: this.#entry }))!;
  }

  /** Opens the sink; `onStray` is told when its thread ends outside of a call. */
  async open(context: SinkContext, delivery: Delivery, onStray: (error: unknown) => void): Promise<this> {
    const { run, directory, configDirectory, recorded, terminal } = context;
    this.#terminal = terminal;
    this.#onStray = onStray;
    if (this.#ended !== undefined) throw this.#ended;
    const { interactive, colour } = terminal;
    const told: GuestRun = { run, directory, configDirectory, ...(recorded && { recorded }), terminal: { interactive, colour } };
    await this.#call({ call: "open", run: told, delivery });
    return this;
  }

  async write(event: TrainingEvent): Promise<void> {
    await this.#call({ call: "write", event });
  }

  async flush(): Promise<void> {
    await this.#call({ call: "flush" });
  }

  /** Closes the sink and ends its thread, once; one that has ended already needs no more. */
  close(reason: RunEnd): Promise<void> {
    this.#closed ??= this.#close(reason);
    return this.#closed;
  }

  async #close(reason: RunEnd): Promise<void> {
    if (this.#ended !== undefined) return;
    try {
      await this.#call({ call: "close", reason });
    } finally {
      await this.terminate();
    }
  }

  /** Gives the sink a moment to close, and ends its thread. */
  abandon(): void {
    const end = setTimeout(() => void this.terminate(), GRACE_MS).unref();
    void this.close("failed")
      .catch(() => undefined)
      .finally(() => clearTimeout(end));
  }

  /** Ends the thread. */
  async terminate(): Promise<void> {
    this.#end(new Error("its thread was ended"), false);
    await this.#worker.terminate();
  }

  #call(call: GuestCall): Promise<Delivery | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      const id = (this.#calls += 1);
      this.#waiting.set(id, { resolve, reject });
      const numbered: NumberedCall = { ...call, id, columns: this.#terminal?.columns ?? 0 };
      this.#port.postMessage(numbered);
    });
  }

  #take(message: GuestMessage): void {
    if (message.type === "terminal") {
      this.#terminal?.write(message.text);
      return;
    }
    // An answer that comes too late is none.
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "done") waiting?.resolve(message.delivery);
    else waiting?.reject(new Error(message.message));
  }

  #end(reason: Error, stray = true): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    clearInterval(this.#watch);
    this.#port.close();
    const idle = this.#waiting.size === 0;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (idle && stray) this.#onStray(reason);
  }

  async #lookAtMemory(): Promise<void> {
    // Node 22.16 and 24 have it; before them the heap alone is bounded.
    const worker: { getHeapStatistics?(): Promise<{ readonly external_memory: number }> } = this.#worker;
    const outside = (await worker.getHeapStatistics?.().catch(() => undefined))?.external_memory ?? 0;
    if (outside <= MOST_MIB * 2 ** 20) return;
    this.#end(new Error(`it took more than ${MOST_MIB} MiB of memory`));
    await this.#worker.terminate();
  }
}
