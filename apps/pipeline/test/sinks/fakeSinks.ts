// Sinks for the tests of the host: one that tells what was done to it, and can be made to throw, hang or dawdle.
import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery, RunEnd, Sink, TrainingEvent } from "@downhill/sinks";
import { DEFAULT_DELIVERY } from "../../src/sinks/inspectSink.ts";
import type { SinkQueueOptions } from "../../src/sinks/SinkQueue.ts";
import { brief } from "../facts.ts";

/** The calls of a sink that can go wrong. */
export type SinkCall = "open" | "write" | "flush" | "close";

/** How a fake sink behaves. */
export interface FakeBehaviour {
  readonly name?: string;
  readonly delivery?: Partial<Delivery>;
  readonly guest?: boolean;
  /** The call that goes wrong, and how; a write goes wrong from the event number `from` (0 by default) on. */
  readonly fault?: { readonly call: SinkCall; readonly how: "throw" | "reject" | "hang"; readonly from?: number };
  /** What each write takes. */
  readonly writeMs?: number;
}

/** A sink with a memory. */
export class FakeSink implements Sink {
  /** `open`, then each event in brief as its write ends, then `flush` and `close <reason>`. */
  readonly calls: string[] = [];
  /** The events that were written. */
  readonly written: TrainingEvent[] = [];
  /** How many writes have been under way at once, at most. */
  mostAtOnce = 0;
  readonly #behaviour: FakeBehaviour;
  #written = 0;
  #underWay = 0;

  constructor(behaviour: FakeBehaviour = {}) {
    this.#behaviour = behaviour;
  }

  /** What a queue needs to know of it. */
  get queueOptions(): SinkQueueOptions {
    const { name = "fake", delivery, guest = false } = this.#behaviour;
    return {
      name,
      guest,
      delivery: { ...DEFAULT_DELIVERY, ...delivery },
      open: async () => {
        await this.#fail("open");
        this.calls.push("open");
        return this;
      },
    };
  }

  /** The events that were written, in brief. */
  get events(): string[] {
    return this.calls.filter((call) => !/^(open|flush|close)/.test(call));
  }

  async write(event: TrainingEvent): Promise<void> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    this.#written += 1;
    const { fault, writeMs } = this.#behaviour;
    if (this.#written > (fault?.from ?? 0)) await this.#fail("write");
    if (writeMs !== undefined) await sleep(writeMs);
    this.calls.push(brief(event));
    this.written.push(event);
    this.#underWay -= 1;
  }

  async flush(): Promise<void> {
    await this.#fail("flush");
    this.calls.push("flush");
  }

  async close(reason: RunEnd): Promise<void> {
    await this.#fail("close");
    this.calls.push(`close ${reason}`);
  }

  #fail(call: SinkCall): Promise<void> | undefined {
    const { fault } = this.#behaviour;
    if (fault?.call !== call) return undefined;
    if (fault.how === "throw") throw new Error("out of ink");
    return fault.how === "reject" ? Promise.reject(new Error("out of ink")) : new Promise(() => undefined);
  }
}
