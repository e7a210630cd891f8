import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { decode } from "fast-png";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import type { RunContext, TrainingEvent } from "../src/index.ts";
import { crc32c, masked } from "../src/tensorboard/crc32c.ts";
import { EventRecords } from "../src/tensorboard/EventRecords.ts";
import tensorboard from "../src/tensorboard/index.ts";
import { ProtobufWriter } from "../src/tensorboard/ProtobufWriter.ts";
import { sampleRun, withTemporaryRun } from "../src/testing/index.ts";
import { maskedChecksum, type ReadEvent, readEventFile, type ReadValue } from "./tensorboard/readEventFile.ts";

async function play(events: readonly TrainingEvent[], run: RunContext): Promise<void> {
  const sink = await tensorboard.open({}, run);
  for (const event of events) await sink.write(event);
  await sink.flush?.();
  await sink.close?.("finished");
}

async function files(run: RunContext): Promise<ReadEvent[][]> {
  const folder = join(run.directory, "tensorboard");
  const names = (await readdir(folder)).toSorted();
  for (const name of names) expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\.[^/]+$/);
  return Promise.all(names.map((name) => readEventFile(join(folder, name))));
}

function series(events: readonly ReadEvent[], tag: string): [step: number, value: number][] {
  return events.flatMap(({ step = 0, summary }) =>
    (summary?.value ?? [])
      .filter((value) => value.tag === tag)
      .map(({ simple_value }): [number, number] => [step, simple_value ?? Number.NaN]),
  );
}

function images(events: readonly ReadEvent[]): [step: number, value: ReadValue][] {
  return events.flatMap(({ step = 0, summary }) =>
    (summary?.value ?? []).filter(({ image }) => image).map((value): [number, ReadValue] => [step, value]),
  );
}

describe("the tensorboard sink", () => {
  it("writes each epoch's numbers under tags that group them, read back by TensorBoard's own definitions", () =>
    withTemporaryRun(async ({ context }) => {
      const run = sampleRun({ epochs: 12 });
      await play(run, context);
      const [events, ...others] = await files(context);
      expect(others).toEqual([]);
      expect(events[0]).toEqual({ wall_time: Date.parse(run[0].at) / 1000, file_version: "brain.Event:2" });
      const tags = new Set(events.flatMap(({ summary }) => summary?.value ?? []).flatMap(({ tag, image }) => (image ? [] : [tag])));
      expect([...tags]).toEqual([
        "cost/train",
        "accuracy/train",
        "cost/validation",
        "accuracy/validation",
        "training/learningRate",
        "training/samplesPerSecond",
        "cost/test",
        "accuracy/test",
      ]);
      const epochs = run.filter((event) => event.type === "epochCompleted");
      expect(series(events, "cost/train")).toEqual(epochs.map(({ epoch, cost }) => [epoch, Math.fround(cost)]));
      expect(series(events, "accuracy/validation")).toEqual(
        epochs.map((event) => [event.epoch, Math.fround(event.validation?.accuracy ?? 0)]),
      );
      expect(series(events, "accuracy/test")).toEqual([[12, Math.fround(0.8686)]]);
      const times = events.map(({ wall_time }) => wall_time);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      const costs = events.filter(({ summary }) => summary?.value.some(({ tag }) => tag === "cost/train"));
      expect(costs.map(({ wall_time }) => wall_time * 1000)).toEqual(epochs.map(({ at }) => Date.parse(at)));
    }));

  it("writes the error of a regression, and norms of gradients where they come", () =>
    withTemporaryRun(async ({ context }) => {
      const events = sampleRun({ epochs: 3, task: "regression" }).map((event) =>
        event.type === "epochCompleted" ? { ...event, gradientNorms: { dense_1: event.epoch / 4 } } : event,
      );
      await play(events, context);
      const [read] = await files(context);
      expect(series(read, "rmse/train")).toHaveLength(3);
      expect(series(read, "gradientNorm/dense_1")).toEqual([
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ]);
      expect(images(read)).toEqual([]);
    }));

  it("writes the figures as PNG images of the size it says, samples before the first epoch", () =>
    withTemporaryRun(async ({ context }) => {
      await play(sampleRun({ epochs: 2 }), context);
      const [events] = await files(context);
      const shown = images(events);
      expect(shown.map(([step, { tag }]) => [step, tag])).toEqual([
        [0, "figures/samples"],
        [2, "figures/predictions"],
        [2, "figures/mistakes"],
        [2, "figures/weights"],
        [2, "figures/confusionMatrix"],
      ]);
      for (const [, { image }] of shown) {
        const png = decode(image?.encoded_image_string ?? new Uint8Array());
        expect(image).toMatchObject({ width: png.width, height: png.height, colorspace: png.channels });
        expect(png.width).toBe(1600);
      }
    }));

  it("keeps costs that are not finite", () =>
    withTemporaryRun(async ({ context }) => {
      await play(sampleRun({ epochs: 4, end: "diverged" }), context);
      const [events] = await files(context);
      expect(series(events, "cost/train").at(-1)).toEqual([2, Number.NaN]);
    }));

  it("holds every event at a flush, and writes the same bytes when the same run is told again", () =>
    withTemporaryRun(async ({ context }) => {
      const run = sampleRun({ epochs: 5, task: "regression" });
      await play(run, context);
      await play(run, context);
      const [one, other] = await files(context);
      expect(one).toEqual(other);
      const sink = await tensorboard.open({}, context);
      for (const event of run) await sink.write(event);
      await sink.flush?.();
      expect((await files(context))[2]).toEqual(one);
      await sink.close?.("finished");
    }));

  it("opens a new file for a run that is resumed, which replaces what the first one says", () =>
    withTemporaryRun(async ({ context }) => {
      const run = sampleRun({ epochs: 10, task: "regression" });
      // It was killed after eight epochs, of which its own file has the first four and its record the first six.
      const recorded = run.filter((event) => event.type !== "runCompleted" && !(event.type === "epochCompleted" && event.epoch > 6));
      await play(
        recorded.filter((event) => !(event.type === "epochCompleted" && event.epoch > 4)),
        context,
      );
      const history = async function* (): AsyncGenerator<TrainingEvent> {
        yield* recorded;
      };
      const rest = run.filter((event) => event.type === "runCompleted" || (event.type === "epochCompleted" && event.epoch > 6));
      await play(rest, { ...context, history });
      const [first, second] = await files(context);
      expect(series(first, "cost/train").map(([step]) => step)).toEqual([1, 2, 3, 4]);
      expect(second[1]).toMatchObject({ session_log: { status: "START" } });
      expect(second[1].step ?? 0).toBe(0);
      expect(series(second, "cost/train").map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }));
});

describe("an event file's bytes", () => {
  it("have the checksums of the standard", () => {
    const digits = new TextEncoder().encode("123456789");
    expect(crc32c(digits)).toBe(0xe3069283);
    expect(masked(crc32c(digits))).toBe(0xc78ab0e5);
    expect(maskedChecksum(digits)).toBe(0xc78ab0e5);
    // RFC 3720, B.4.
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  });

  it("have the same checksum as another way of computing it", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => masked(crc32c(bytes)) === maskedChecksum(bytes)));
  });

  it("hold whole numbers of up to 53 bits", () => {
    expect([...new ProtobufWriter().integer(2, 300).written]).toEqual([0x10, 0xac, 0x02]);
    expect([...new ProtobufWriter().integer(1, 2 ** 53 - 1).written]).toEqual([0x08, ...Array<number>(7).fill(0xff), 0x0f]);
    expect([...new ProtobufWriter().integer(1, 0).written]).toEqual([0x08, 0]);
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, 100_000])("hold a message of %i bytes, and what comes behind it", (length) => {
    const content = Uint8Array.from({ length }, (_, index) => index % 251);
    const writer = new ProtobufWriter();
    const { written } = writer.message(1, () => writer.bytes(content)).float(2, 1);
    const reader = protobuf.Reader.create(written);
    expect([reader.uint32(), reader.bytes(), reader.uint32(), reader.float()]).toEqual([0x0a, content, 0x15, 1]);
    expect(reader.pos).toBe(written.length);
  });

  it("frame a record by its length", () => {
    const record = new EventRecords().summary(0, 1, [{ tag: "a", scalar: 1 }]);
    expect(new DataView(record.buffer, record.byteOffset).getBigUint64(0, true)).toBe(BigInt(record.length - 16));
  });
});
