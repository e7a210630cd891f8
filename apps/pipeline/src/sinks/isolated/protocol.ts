// What the main thread and the thread of a guest say to each other: one call, one answer.
import type { Delivery, RunEnd, Terminal, TrainingEvent } from "@downhill/sinks";
import type { SinkConfig } from "../../config/Config.ts";
import type { SinkContext } from "../SinkContext.ts";

/** The run as a guest is told of it: what can be sent to another thread. */
export type GuestRun = Omit<SinkContext, "terminal" | "control"> & { readonly terminal: Pick<Terminal, "interactive" | "colour"> };

/** The entry of a config that a guest is loaded for. */
export interface GuestEntry {
  readonly sink: SinkConfig;
  readonly index: number;
  /** The config's folder. Absolute. */
  readonly directory: string;
}

/** To the guest; a load is answered with the sink's delivery, the others with nothing. */
export type GuestCall =
  | { readonly call: "load"; readonly entry: GuestEntry }
  | { readonly call: "open"; readonly run: GuestRun; readonly delivery: Delivery }
  | { readonly call: "write"; readonly event: TrainingEvent }
  | { readonly call: "flush" }
  | { readonly call: "close"; readonly reason: RunEnd };

/** A call as it is sent: with a number for its answer, and the terminal's width at this moment. */
export type NumberedCall = GuestCall & { readonly id: number; readonly columns: number };

/** From the guest. */
export type GuestMessage =
  | { readonly type: "done"; readonly id: number; readonly delivery?: Delivery }
  | { readonly type: "failed"; readonly id: number; readonly message: string }
  | { readonly type: "terminal"; readonly text: string };
