// What every sink has to stand, whatever it does with the events: a suite to run with vitest's `test`, node:test's, or any
// other function of a name and a body. Node only, for it hands out folders.
import assert from "node:assert/strict";
import type { RunContext, Sink, SinkPlugin } from "../contract/Sink.ts";
import type { RunEnd, TrainingEvent, TrainingFact } from "../contract/TrainingEvent.ts";
import { sampleRun, stampFacts } from "./sampleRun.ts";
import { type TemporaryRun, withTemporaryRun } from "./TemporaryRun.ts";

/** What the suite needs to know of the sink under test. */
export interface SinkTestSettings<Options> {
  /** Registers a case: `test` of vitest, of node:test, or alike. */
  readonly test: (name: string, body: () => Promise<void>) => unknown;
  /** The options to open the sink with, `{}` unless given; relative paths in them lead into a temporary folder. */
  readonly options?: Options;
  /** Reads back, in order, the events that a closed sink has kept; with it the suite checks that none is lost, doubled or changed. */
  readonly read?: (sink: Sink, run: RunContext) => readonly TrainingEvent[] | Promise<readonly TrainingEvent[]>;
}

const UNKNOWN = "moonRisen";

/** Registers the cases that every sink must pass. */
export function testSink<Options>(plugin: SinkPlugin<Options>, { test, options = {} as Options, read }: SinkTestSettings<Options>): void {
  const open = async (run: TemporaryRun): Promise<Sink> => plugin.open(await checkedOptions(plugin, options), run.context);
  const drive = (events: readonly TrainingEvent[], reason: RunEnd): Promise<string> =>
    withTemporaryRun(async (run) => {
      const sink = await open(run);
      for (const event of events) await sink.write(event);
      await finish(sink, reason);
      if (read) sameEvents(known(await read(sink, run.context)), known(events));
      return run.terminalText();
    });

  test(`${plugin.name}: opens and closes without an event`, () => drive([], "failed").then(ignore));

  test(`${plugin.name}: takes every type of event`, () => drive(sampleRun(), "finished").then(ignore));

  test(`${plugin.name}: takes the events of a regression`, () => drive(sampleRun({ task: "regression" }), "finished").then(ignore));

  test(`${plugin.name}: lets a type of event pass that it does not know`, async () => {
    const [first, ...rest] = sampleRun();
    const unknown = { ...first, type: UNKNOWN, phase: 0.3 } as unknown as TrainingEvent;
    const events = [first, unknown, ...rest].map((event, sequence) => ({ ...event, sequence }));
    await drive(events, "finished");
  });

  test(`${plugin.name}: changes no event`, async () => {
    const events = sampleRun();
    const before = structuredClone(events);
    // Writing to a frozen object throws in a module, and the comparison finds what got around that.
    await drive(frozen(events), "finished");
    assert.deepEqual(events, before, "an event is not what it was");
  });

  test(`${plugin.name}: copes with NaN and infinite numbers`, () => drive(notFinite(), "diverged").then(ignore));

  test(`${plugin.name}: closes after a run that diverged, stopped early, was aborted or failed`, async () => {
    for (const end of ["diverged", "stoppedEarly", "aborted", "failed"] as const) await drive(sampleRun({ end }), end);
  });

  test(`${plugin.name}: closes after a run that was aborted before its first epoch`, () =>
    drive(sampleRun({ end: "aborted", epochs: 1 }), "aborted").then(ignore));

  test(`${plugin.name}: closes in the middle of a run`, () => drive(sampleRun().slice(0, 8), "failed").then(ignore));

  test(`${plugin.name}: goes on with a run that was interrupted`, () =>
    withTemporaryRun(async (run) => {
      const events = sampleRun();
      const first = await open(run);
      for (const event of events.slice(0, 12)) await first.write(event);
      await finish(first, "failed");
      // Of what it was told, the last two events were not recorded: they are told again.
      const recorded = events.slice(0, 10);
      let asked = false;
      const history = async function* (): AsyncGenerator<TrainingEvent> {
        asked = true;
        yield* recorded;
      };
      const sink = await open({ ...run, context: { ...run.context, history } });
      for (const event of events.slice(10)) await sink.write(event);
      await finish(sink, "finished");
      if (read) sameEvents(await read(sink, run.context), asked ? events : events.slice(10));
    }));

  test(`${plugin.name}: goes on with a run that was interrupted before its first event`, () =>
    withTemporaryRun(async (run) => {
      const sink = await open({ ...run, context: { ...run.context, async *history() {} } });
      for (const event of sampleRun()) await sink.write(event);
      await finish(sink, "finished");
      if (read) sameEvents(await read(sink, run.context), sampleRun());
    }));

  test(`${plugin.name}: writes plain lines to a terminal that nobody watches`, async () => {
    const text = await drive(sampleRun(), "finished");
    const controls = [...text].filter((character) => character !== "\n" && /\p{Cc}/u.test(character));
    assert.deepEqual(controls, [], "a terminal that is not interactive was sent control characters");
  });

  test(`${plugin.name}: two at once don't disturb each other`, () =>
    withTemporaryRun(async (oneRun) => {
      await withTemporaryRun(async (otherRun) => {
        const [oneEvents, otherEvents] = [sampleRun({ run: "one" }), sampleRun({ run: "other" })];
        const [one, other] = [await open(oneRun), await open(otherRun)];
        for (const [index, event] of oneEvents.entries()) await Promise.all([one.write(event), other.write(otherEvents[index])]);
        await finish(one, "finished");
        await finish(other, "finished");
        if (!read) return;
        sameEvents(await read(one, oneRun.context), oneEvents);
        sameEvents(await read(other, otherRun.context), otherEvents);
      }, "other");
    }, "one"));
}

// A sink may keep an event that it doesn't know, or not.
function known(events: readonly TrainingEvent[]): TrainingEvent[] {
  return events.filter(({ type }) => (type as string) !== UNKNOWN);
}

// One by one: the first difference is short to tell, and quickly found.
function sameEvents(kept: readonly TrainingEvent[], given: readonly TrainingEvent[]): void {
  for (const [index, event] of given.entries()) assert.deepEqual(kept[index], event, `event ${index} is not what the sink was given`);
  assert.equal(kept.length, given.length, "the sink kept more events than it was given");
}

async function finish(sink: Sink, reason: RunEnd): Promise<void> {
  await sink.flush?.();
  await sink.close?.(reason);
}

async function checkedOptions<Options>(plugin: SinkPlugin<Options>, options: Options): Promise<Options> {
  if (!plugin.options) return options;
  const result = await plugin.options["~standard"].validate(options);
  if (result.issues) assert.fail(`the sink's own schema refuses the options of this test: ${JSON.stringify(result.issues)}`);
  return result.value;
}

function notFinite(): TrainingEvent[] {
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const epochs = numbers.map((number, index): TrainingFact => {
    const result = { cost: number, accuracy: number };
    const rates = { learningRate: number, samplesPerSecond: number, durationMs: number };
    return { type: "epochCompleted", epoch: index + 1, epochs: 3, ...result, validation: result, ...rates };
  });
  const facts: TrainingFact[] = [
    { type: "runStarted", name: "not finite", config: {}, epochs: 3 },
    ...epochs,
    { type: "runCompleted", reason: "diverged", epochs: 3, durationMs: Number.NaN, train: { cost: Number.NaN, accuracy: Number.NaN } },
  ];
  return stampFacts(facts);
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const held of Object.values(value)) frozen(held);
    Object.freeze(value);
  }
  return value;
}

function ignore(): void {}
