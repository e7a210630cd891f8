// A run as a page that follows it. Taking an event is a note in the history; telling the pages happens beside, at their pace.
import type { RunContext, Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { Audience } from "./Audience.ts";
import { DashboardServer } from "./DashboardServer.ts";
import { RunHistory } from "./RunHistory.ts";

/** A sink that serves a live page of the run. */
export class DashboardSink implements Sink {
  readonly #history = new RunHistory();
  readonly #server: DashboardServer;
  /** The open pages. */
  readonly audience: Audience;

  constructor(control: RunContext["control"]) {
    this.audience = new Audience(this.#history, control);
    this.#server = new DashboardServer(this.audience, control);
  }

  /** Opens the page at `port`, or at a usual or free one, and returns its address. Throws a SinkError where `port` can't be had. */
  open(port: number | undefined): Promise<string> {
    return this.#server.open(port);
  }

  write(event: TrainingEvent): void {
    this.#history.take(event);
    this.audience.announce();
  }

  flush(): void {
    this.audience.tell();
  }

  async close(): Promise<void> {
    await this.audience.end();
    await this.#server.close();
  }
}
