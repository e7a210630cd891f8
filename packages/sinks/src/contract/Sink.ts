// The contract between a run and whatever listens to it. At run time a sink needs nothing of ours: its module's
// default export is an object of this shape, and these types are all there is to import.
import type { RunEnd, TrainingEvent } from "./TrainingEvent.ts";

/** An open sink. The host calls it one call at a time, in the order of the events, and closes it exactly once. */
export interface Sink {
  /**
   * Takes one event; a promise says when it is taken. Never change the event: other sinks hold the same object. Let types pass that you
   * don't know: later versions may add some.
   */
  write(event: TrainingEvent): void | Promise<void>;
  /** Makes what was written visible outside; called before close, and for a required sink before the run is said to be over as well. */
  flush?(): void | Promise<void>;
  /** Releases what the sink holds; no call follows. */
  close?(reason: RunEnd): void | Promise<void>;
}

/** How events reach a sink. */
export interface Delivery {
  /** Events that the sink may be behind, the one being written included; at least 1. */
  readonly queue: number;
  /** A full queue makes the training wait, or drops its oldest waiting epoch or batch. */
  readonly whenFull: "block" | "dropOldest";
  /** An open, write or flush that takes longer has failed, and so has the sink that has not taken all and closed so long after the end; in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the run fails (exit code 6) when the sink does. */
  readonly required: boolean;
  /** Whether the sink is told every batch. */
  readonly batches: boolean;
  /** Whether the sink is shown what the model predicts and how its weights look while training goes on, and not only at the end. */
  readonly live: boolean;
}

/** What a sink may ask of the run. */
export interface RunControl {
  /** Whether training rests. */
  readonly paused: boolean;
  /** Lets training rest after the batch under way. */
  pause(): void;
  /** Lets training go on. */
  resume(): void;
  /** Ends training after the batch under way, as an interrupt from the keyboard does: the run can be gone on with. */
  stop(): void;
}

/** What the terminal can do, decided once by the program. */
export interface Terminal {
  /** Where progress goes (standard error in the command). */
  write(text: string): void;
  /** A person is watching: lines may be redrawn. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** Width in characters; read it afresh, for a window may be resized during the run. */
  readonly columns: number;
}

/** What a sink may know of the run that opens it. */
export interface RunContext {
  /** The run's id, as in every event. */
  readonly run: string;
  /** The run folder: where a sink's files belong. Absolute. */
  readonly directory: string;
  /** The folder that relative paths in the sink's options start from: the config file's. Absolute. */
  readonly configDirectory: string;
  readonly terminal: Terminal;
  /**
   * Where an interrupted run is gone on with: the events that it recorded before, which the sink may have taken then and
   * is not given again. A sink whose output is of the whole run reads them as it opens.
   */
  history?(): AsyncIterable<TrainingEvent>;
  /** Only where there is something to control, and for a sink that shares the program's thread. */
  readonly control?: RunControl;
}

/**
 * The part of the Standard Schema (https://standardschema.dev) that options need; zod, valibot and arktype schemas have it. With its extension for
 * JSON Schema, editors complete and check the sink's entry in a config.
 */
export interface OptionsSchema<Options> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Options; readonly issues?: undefined }
      | { readonly issues: readonly SchemaIssue[] }
      | Promise<{ readonly value: Options; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] }>;
    readonly jsonSchema?: {
      /** What `validate` takes, as JSON Schema. May throw where that can't be said. */
      readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>;
    };
  };
}

/** One thing wrong with a sink's options. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

/** A sink that a config can name. */
export interface SinkPlugin<Options = Record<string, unknown>> {
  readonly name: string;
  /** Checks the sink's entry in the config, less `use` and `delivery`; without it the entry is passed as it is. */
  readonly options?: OptionsSchema<Options>;
  /** The sink's own wishes; the config's `delivery` has the last word. */
  readonly delivery?: Partial<Delivery>;
  /** Called once before the first event; a throw fails the sink. */
  open(options: Options, run: RunContext): Sink | Promise<Sink>;
}

/** Returns `plugin` as it is: it only lends its types while one writes a sink. */
export function defineSink<Options>(plugin: SinkPlugin<Options>): SinkPlugin<Options> {
  return plugin;
}
