// A dashboard that runs, for as long as a test takes.
import type { RunControl } from "../../src/contract/Sink.ts";
import type { RunContext, TrainingEvent } from "../../src/index.ts";
import type { DashboardSink } from "../../src/dashboard/DashboardSink.ts";
import dashboard from "../../src/dashboard/index.ts";
import { withTemporaryRun } from "../../src/testing/index.ts";

/** A control that remembers what was asked of it. */
export class FakeControl implements RunControl {
  readonly calls: string[] = [];
  paused = false;

  pause(): void {
    this.calls.push("pause");
    this.paused = true;
  }

  resume(): void {
    this.calls.push("resume");
    this.paused = false;
  }

  stop(): void {
    this.calls.push("stop");
  }
}

/** The sink and the address of its page. */
export interface OpenDashboard {
  readonly sink: DashboardSink;
  readonly url: string;
  write(events: readonly TrainingEvent[]): void;
}

/** Calls `use` with a dashboard at a free port, and closes it. */
export function withDashboard<Value>(use: (open: OpenDashboard) => Promise<Value>, context: Partial<RunContext> = {}): Promise<Value> {
  return withTemporaryRun(async (run) => {
    const sink = (await dashboard.open({ port: 0 }, { ...run.context, ...context })) as DashboardSink;
    const url = /^dashboard: (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(run.terminalText())?.[1];
    if (url === undefined) throw new Error(`no address in ${run.terminalText()}`);
    try {
      return await use({ sink, url, write: (events) => events.forEach((event) => sink.write(event)) });
    } finally {
      await sink.close();
    }
  });
}
