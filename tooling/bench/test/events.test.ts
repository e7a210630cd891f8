import { describe, expect, it } from "vitest";
import { checkEvents, type EventsRequest } from "../src/benches/eventsReply.ts";
import { ContestantProcess } from "../src/contestants/ContestantProcess.ts";
import { ourProgram } from "../src/contestants/programs.ts";
import { withInputs } from "../src/inputs.ts";

const reply = { milliseconds: 1, growthBytes: 0, failures: [] };

describe("events", () => {
  const request: EventsRequest = { sinks: [{ use: "json", path: "lines" }], events: 5, folder: "" };

  it("refuses a run that lost an event or told one twice", () => {
    expect(() => checkEvents(request, { ...reply, lines: 7 })).not.toThrow();
    expect(() => checkEvents(request, { ...reply, lines: 6 })).toThrow("wrote 6 lines of 7");
    expect(() => checkEvents(request, { ...reply, lines: 8 })).toThrow("wrote 8 lines of 7");
    expect(() => checkEvents(request, reply)).toThrow("wrote undefined lines");
    expect(() => checkEvents({ ...request, sinks: [] }, reply)).not.toThrow();
  });

  it("refuses a run whose sink failed", () => {
    expect(() => checkEvents({ ...request, sinks: [] }, { ...reply, failures: ["csv: full"] })).toThrow("a sink failed: csv: full");
  });
});

describe("the program", () => {
  it("sends every event through the host to the sinks", () =>
    withInputs({}, async (folder) => {
      const program = new ContestantProcess(ourProgram("host", "events.mjs", []));
      try {
        await program.ready();
        const request: EventsRequest = { sinks: [{ use: "json", path: `${folder}/lines.ndjson` }, { use: "csv" }], events: 300, folder };
        const { lines, failures } = await program.ask<typeof reply & { lines: number }>(request);
        expect([lines, failures]).toEqual([302, []]);
      } finally {
        await program.close();
      }
    }));
});
