// The sink `{ "use": "dashboard" }`: a page on this machine that follows the run.
import { optionsSchema } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";

/** The greatest port. */
const MOST = 65_535;

/** The options of the dashboard sink. */
export interface DashboardOptions {
  /** Where the page is, 0 for any free port; without it 6116, or a free one while that is taken. */
  readonly port?: number;
}

/** Shows a run while it goes on. */
export const dashboardSink: SinkPlugin<DashboardOptions> = {
  name: "dashboard",
  options: optionsSchema<DashboardOptions>("a page on this machine that follows the run", {
    port: {
      check: (value) => (isPort(value) ? undefined : "a port, 0 to 65535"),
      schema: {
        description: "where the page is, 0 for any free port; without it 6116, or a free one while that is taken",
        type: "integer",
        minimum: 0,
        maximum: MOST,
      },
    },
  }),
  delivery: { whenFull: "block", live: true },
  async open({ port }, run) {
    const { DashboardSink } = await import("./DashboardSink.ts");
    const sink = new DashboardSink(run.control);
    for await (const event of run.history?.() ?? []) sink.write(event);
    run.terminal.write(`dashboard: ${await sink.open(port)}\n`);
    return sink;
  },
};

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST;
}
