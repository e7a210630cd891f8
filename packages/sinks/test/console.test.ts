import { describe, expect, it } from "vitest";
import { ConsoleSink } from "../src/console/ConsoleSink.ts";
import type { EpochCompleted, TrainingEvent } from "../src/index.ts";
import { sampleRun, stampFacts } from "../src/testing/index.ts";
import { FakeTerminal } from "./FakeTerminal.ts";

// Feeds events to a sink whose clock stands `msPerEpoch` later at each epoch; `seen` is called after each event.
function play(
  terminal: FakeTerminal,
  events: readonly TrainingEvent[],
  msPerEpoch: number,
  seen: (event: TrainingEvent) => void = () => {},
): void {
  let clock = 0;
  const sink = new ConsoleSink(terminal, { now: () => clock });
  for (const event of events) {
    if (event.type === "epochCompleted") clock += msPerEpoch;
    sink.write(event);
    seen(event);
  }
  sink.close();
}

const START = `\
warning: 784 columns are shown as images of 28 × 28
train features 1000 × 784, labels 1000 × 10
test features 350 × 784, labels 350 × 10

layer    type          units  parameters
input                    784
dense_1  dense + relu   1000     785,000
dense_2  dense            10      10,010
795,010 parameters, loss softmaxCrossEntropy, optimizer sgd
`;

const FAILED = "the sink tracker failed: connect ECONNREFUSED 127.0.0.1:5000";

const STANDING = `\
epoch 51/500  cost 0.3091  accuracy 92.1%
epoch 101/500  cost 0.1079  accuracy 97.3%
epoch 151/500  cost 0.05400  accuracy 98.9%
epoch 201/500  cost 0.03220  accuracy 99.6%
epoch 251/500  cost 0.02190  accuracy 99.9%
epoch 301/500  cost 0.01620  accuracy 100.0%
epoch 351/500  cost 0.01260  accuracy 100.0%
epoch 401/500  cost 0.01030  accuracy 100.0%
epoch 451/500  cost 0.008600  accuracy 100.0%
epoch 500/500  cost 0.007422  accuracy 100.0%`;

const RESULTS = `\
Training accuracy 100.00%
Test accuracy 86.86%
true label 3, predicted label 3`;

const REFERENCE = sampleRun({ epochs: 500, validation: false });
const WHOLE = `${START}\nepoch 1/500  cost 2.3055  accuracy 9.8%\n${FAILED}\n${STANDING}\n${RESULTS}`;

describe("the console where nobody watches", () => {
  it.each([80, 40])("prints plain lines, the same at %i columns", (columns) => {
    const terminal = new FakeTerminal({ interactive: false, colour: true, columns });
    play(terminal, REFERENCE, 24);
    expect(terminal.screen).toBe(WHOLE);
    expect(terminal.writes.join("")).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("prints an epoch at least each ten seconds", () => {
    const terminal = new FakeTerminal({ interactive: false });
    play(terminal, REFERENCE, 1000);
    const epochs = [...terminal.screen.matchAll(/^epoch (\d+)/gm)].map(([, epoch]) => Number(epoch));
    // Epoch 12, because the failed sink broke the silence in epoch 2.
    expect(epochs.slice(0, 8)).toEqual([1, 12, 22, 32, 42, 51, 61, 71]);
    expect(epochs.at(-1)).toBe(500);
  });
});

describe("the console where a person watches", () => {
  it.each([80, 40])("leaves on the screen what it prints elsewhere, at %i columns", (columns) => {
    const terminal = new FakeTerminal({ columns });
    play(terminal, REFERENCE, 24);
    expect(terminal.screen).toBe(WHOLE);
  });

  it.each([
    [120, "━━━━━━────────────────────────  epoch 106/500  cost 0.1007  accuracy 97.5%  41.2k samples/s  ETA 39s"],
    [80, "━━───────  epoch 106/500  cost 0.1007  accuracy 97.5%  41.2k samples/s  ETA 39s"],
    [60, "━─────  epoch 106/500  cost 0.1007  accuracy 97.5%  ETA 39s"],
    [40, "epoch 106/500  cost 0.1007  ETA 39s"],
    [20, "epoch 106/500"],
    [5, ""],
  ])("keeps a live line that fits %i columns", (columns, line) => {
    const terminal = new FakeTerminal({ columns });
    let live = "";
    play(terminal, REFERENCE, 100, (event) => {
      if (event.type === "epochCompleted" && event.epoch === 106) live = terminal.lastRow;
    });
    expect(live.trimEnd()).toBe(line);
  });

  it.each([80, 60, 40, 33, 20])("never wraps its live line at %i columns", (columns) => {
    const terminal = new FakeTerminal({ columns });
    // Nothing but epochs: other lines may be longer than a narrow terminal, and wrap as any text does.
    const epochs = REFERENCE.filter((event): event is TrainingEvent & EpochCompleted => event.type === "epochCompleted");
    const between = epochs.filter(({ epoch }) => epoch % 50 !== 1 && epoch !== 500);
    play(terminal, between, 100);
    expect(terminal.wrapped).toEqual([]);
    expect(terminal.writes.length).toBeGreaterThan(400);
  });

  it("draws at most ten times a second", () => {
    const terminal = new FakeTerminal();
    const drawn: string[] = [];
    play(terminal, REFERENCE, 7, () => {
      const row = terminal.lastRow;
      if (row !== "" && row !== drawn.at(-1)) drawn.push(row);
    });
    // 500 epochs of 7 ms take 3.5 seconds.
    expect(drawn.length).toBeGreaterThan(25);
    expect(drawn.length).toBeLessThanOrEqual(36);
  });

  it("estimates the time left from a moving average", () => {
    const terminal = new FakeTerminal();
    const etas: string[] = [];
    let clock = 0;
    const sink = new ConsoleSink(terminal, { now: () => clock });
    for (const event of REFERENCE) {
      if (event.type !== "epochCompleted") continue;
      // Epochs take 250 ms, and from epoch 201 on four times as long.
      clock += event.epoch <= 200 ? 250 : 1000;
      sink.write(event);
      if ([168, 200, 400].includes(event.epoch)) etas.push(/ETA (\S+)/.exec(terminal.lastRow)?.[1] ?? "");
    }
    expect(etas).toEqual(["1m23s", "1m15s", "1m40s"]);
  });

  it("colours only where the terminal has colours", () => {
    const coloured = new FakeTerminal({ colour: true });
    play(coloured, REFERENCE, 24);
    expect(coloured.screen).toBe(WHOLE);
    expect(coloured.writes.join("")).toContain("\u001b[33mwarning");
    const plain = new FakeTerminal({ colour: false });
    play(plain, REFERENCE, 24);
    expect(plain.writes.join("")).not.toMatch(/\p{Cc}\[\d+m/u);
  });

  it("takes the live line away when it is closed in the middle of a run", () => {
    const terminal = new FakeTerminal();
    play(terminal, REFERENCE.slice(0, 40), 200);
    expect(terminal.lastRow).toBe("");
  });
});

describe("what the console says", () => {
  const said = (events: readonly TrainingEvent[]): string => {
    const terminal = new FakeTerminal({ interactive: false });
    play(terminal, events, 24);
    return terminal.screen;
  };

  it.each([
    [1, [1]],
    [4, [1, 2, 3, 4]],
    [10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [25, [1, 4, 7, 10, 13, 16, 19, 22, 25]],
    [100, [1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 100]],
  ])("of %i epochs keeps a line at each tenth", (epochs, standing) => {
    const lines = [...said(sampleRun({ epochs })).matchAll(/^epoch (\d+)\//gm)].map(([, epoch]) => Number(epoch));
    expect(lines).toEqual(standing);
  });

  it("tells the validation's cost and accuracy", () => {
    expect(said(sampleRun({ epochs: 4 }))).toContain("\nepoch 2/4  cost 0.07633  accuracy 98.1%  validation cost 0.4199 accuracy 86.9%\n");
    expect(said(sampleRun({ epochs: 4 }))).toContain("\nValidation accuracy 86.80%\n");
  });

  it("tells a regression's error", () => {
    const text = said(sampleRun({ epochs: 4, task: "regression" }));
    expect(text).toContain("train features 1000 × 8, targets 1000 × 1\n");
    expect(text).toContain("\nepoch 4/4  cost 0.01139  rmse 0.1067  validation cost 0.4450 rmse 0.6671\n");
    expect(text).toContain("\nTraining RMSE 0.08602\n");
    expect(text).not.toContain("accuracy");
  });

  it.each([
    ["aborted", 4, "Aborted after epoch 2 of 4"],
    ["aborted", 1, "Aborted before the first epoch was done"],
    ["diverged", 4, "Diverged after epoch 2 of 4: the cost of epoch 2 is NaN; a smaller learning rate may help"],
    ["failed", 4, "Failed after epoch 2 of 4: train_X.csv:12:3: expected a number"],
    ["stoppedEarly", 4, "Stopped early after epoch 2 of 4"],
  ] as const)("says that a run %s (of %i epochs)", (end, epochs, line) => {
    expect(said(sampleRun({ epochs, end })).split("\n")).toContain(line);
    expect(said(sampleRun({ epochs }))).not.toContain("after epoch");
  });

  it("prints the last epoch of a run that ended between two standing lines", () => {
    const run = sampleRun({ epochs: 500, end: "aborted" });
    expect(said(run)).toMatch(/\nepoch 250\/500 .*\nAborted after epoch 250 of 500$/);
  });

  it("lets no name or message act on the terminal", () => {
    const terminal = new FakeTerminal();
    const hostile = "\u001b[2J\u001b]0;owned\u0007a\rb\nc\u009b31md\u202e";
    const events = stampFacts([
      { type: "warningRaised", message: hostile },
      { type: "sinkFailed", sink: hostile, message: hostile },
      {
        type: "samplesPredicted",
        set: "test",
        classes: [hostile, "b"],
        samples: [{ index: 0, width: 1, height: 1, pixels: "AA==", label: 0, predicted: 1, probabilities: [0, 1] }],
      },
      { type: "runCompleted", reason: "failed", message: hostile, epochs: 0, durationMs: 0 },
    ]);
    play(terminal, events, 24);
    expect(terminal.screen).toBe(
      [
        "warning: a b cd",
        "the sink a b cd failed: a b cd",
        "Failed before the first epoch was done: a b cd",
        "true label a b cd, predicted label b",
      ].join("\n"),
    );
  });
});
