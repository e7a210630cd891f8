import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import type { TrainingEvent } from "../src/index.ts";
import plot, { RunFigures } from "../src/plot/index.ts";
import { PlotSink } from "../src/plot/PlotSink.ts";
import { rasterize } from "../src/plot/rasterize.ts";
import { replaceFile } from "../src/plot/replaceFile.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";

// The share of pixels that are not white.
function inked(png: Uint8Array): number {
  const { data, channels } = decode(png);
  let count = 0;
  for (let pixel = 0; pixel < data.length; pixel += channels) if (data[pixel] < 250) count += 1;
  return (count * channels) / data.length;
}

function epochDrawn(svg: string): number {
  return Number(/epoch (\d+) of/.exec(svg)?.[1]);
}

describe("the plot sink", () => {
  it("leaves SVG and PNG files in the run folder's plots, and nothing else", () =>
    withTemporaryRun(async ({ context }) => {
      const sink = await plot.open({}, context);
      for (const event of sampleRun({ epochs: 5 })) await sink.write(event);
      await sink.flush?.();
      const folder = join(context.directory, "plots");
      const figures = ["accuracy", "confusionMatrix", "cost", "learningRate", "mistakes", "predictions", "samples", "weights"];
      const names = figures.flatMap((name) => [`${name}.png`, `${name}.svg`]);
      expect((await readdir(folder)).toSorted()).toEqual(names);
      expect(await readdir(context.directory)).toEqual(["plots"]);
      expect(epochDrawn(await readFile(join(folder, "cost.svg"), "utf8"))).toBe(5);
      const png = await readFile(join(folder, "cost.png"));
      expect(decode(png)).toMatchObject({ width: 1600, height: 1000 });
      expect(inked(png)).toBeGreaterThan(0.01);
      expect(inked(png)).toBeLessThan(0.5);
    }));

  it("draws nothing in a run without epochs and images", () =>
    withTemporaryRun(async ({ context }) => {
      const sink = await plot.open({}, context);
      for (const event of sampleRun({ epochs: 1, end: "aborted", task: "regression" })) await sink.write(event);
      await sink.flush?.();
      expect(await readdir(context.directory)).toEqual([]);
    }));

  // Plays 400 epochs of 300 ms and returns the epochs at which the cost was drawn; a look at the clock takes `tick` ms.
  const drawings = (tick: number): Promise<number[]> =>
    withTemporaryRun(async ({ context }) => {
      let clock = 0;
      const sink = new PlotSink({ folder: context.directory, now: () => (clock += tick) });
      const drawn: number[] = [];
      for (const event of sampleRun({ epochs: 400, task: "regression", validation: false })) {
        if (event.type !== "epochCompleted") continue;
        clock += 300;
        await sink.write(event);
        const svg = await readFile(join(context.directory, "cost.svg"), "utf8").catch(() => undefined);
        if (svg !== undefined && epochDrawn(svg) !== drawn.at(-1)) drawn.push(epochDrawn(svg));
      }
      return drawn;
    });

  it("redraws once in half a minute of a fast run", async () => {
    expect(await drawings(0)).toEqual([100, 200, 300, 400]);
  });

  it("redraws less often where drawing is slow, to leave training its time", async () => {
    // A drawing takes 100 ms, so 39.9 s pass before the next: 100 epochs with a look at the clock each.
    expect(await drawings(100)).toEqual([75, 175, 275, 375]);
  });

  it("draws SVG as epochs come, and the last of them and PNG when it is flushed, even without an end", () =>
    withTemporaryRun(async ({ context }) => {
      let clock = 0;
      const sink = new PlotSink({ folder: context.directory, now: () => clock });
      clock = 30_000;
      const epochs = sampleRun({ epochs: 9, task: "regression" }).slice(0, -1);
      for (const event of epochs) await sink.write(event);
      expect(epochDrawn(await readFile(join(context.directory, "cost.svg"), "utf8"))).toBe(1);
      expect((await readdir(context.directory)).filter((name) => name.endsWith(".png"))).toEqual([]);
      await sink.flush();
      expect((await readdir(context.directory)).filter((name) => name.endsWith(".png")).length).toBeGreaterThan(0);
      expect(epochDrawn(await readFile(join(context.directory, "cost.svg"), "utf8"))).toBe(9);
    }));

  it("never shows half a file to whoever reads it meanwhile", () =>
    withTemporaryRun(async ({ context }) => {
      const sink = new PlotSink({ folder: context.directory, now: () => 0 });
      const events: TrainingEvent[] = sampleRun({ epochs: 3, task: "regression" });
      for (const event of events.slice(0, -1)) await sink.write(event);
      await sink.flush();
      const played = async (): Promise<void> => {
        await sink.write(events[events.length - 1]);
        await sink.flush();
      };
      let drawing = true;
      const drawn = played().finally(() => (drawing = false));
      const seen = new Set<number>();
      while (drawing) {
        const svg = await readFile(join(context.directory, "cost.svg"), "utf8");
        expect(svg).toMatch(/<\/svg>\n$/);
        seen.add(epochDrawn(svg));
        expect(decode(await readFile(join(context.directory, "cost.png"))).width).toBe(1600);
      }
      await drawn;
      seen.add(epochDrawn(await readFile(join(context.directory, "cost.svg"), "utf8")));
      expect([...seen].at(-1)).toBe(3);
    }));
});

it("replaceFile leaves no temporary file when it fails", () =>
  withTemporaryRun(async ({ context }) => {
    const path = join(context.directory, "cost.svg");
    await mkdir(join(path, "in the way"), { recursive: true });
    await expect(replaceFile(path, "new")).rejects.toThrow("cost.svg");
    expect(await readdir(context.directory)).toEqual(["cost.svg"]);
  }));

describe("rasterize", () => {
  const page = (content: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" font-family="Inter"><rect width="100%" height="100%" fill="#fff"/>${content}</svg>`;

  it("draws at twice the size", async () => {
    expect(decode(await rasterize(page("")))).toMatchObject({ width: 240, height: 80 });
    expect(inked(await rasterize(page("")))).toBe(0);
  });

  it("draws the same figure once for the sinks that ask for it, and again when others came between", async () => {
    const [one, other] = [rasterize(page("<!--1-->")), rasterize(page("<!--1-->"))];
    expect(await other).toBe(await one);
    for (let number = 2; number < 20; number += 1) await rasterize(page(`<!--${number}-->`));
    const again = await rasterize(page("<!--1-->"));
    expect(again).not.toBe(await one);
    expect(Buffer.compare(again, await one)).toBe(0);
  });

  it.each([["Cost"], ["žluť"], ["αβγ"], ["дом"]])("has the letters of %s", async (word) => {
    const png = await rasterize(page(`<text x="5" y="28" font-size="24">${word}</text>`));
    expect(inked(png)).toBeGreaterThan(0.03);
    // A letter that the font lacks is drawn as the same box each time: different words would look alike.
    const other = await rasterize(page(`<text x="5" y="28" font-size="24">${[...word].toReversed().join("")}</text>`));
    expect(Buffer.compare(png, other)).not.toBe(0);
  });

  it("keeps the pixels of an image sharp", async () => {
    const figures = new RunFigures();
    const checks = btoa(String.fromCharCode(255, 0, 0, 255));
    const [shown] = stampFacts([{ type: "samplesShown", set: "train", samples: [{ index: 0, width: 2, height: 2, pixels: checks }] }]);
    figures.take(shown);
    const { data, width, channels } = decode(await rasterize(figures.draw("samples")));
    // Across the large image, inside its frame: it stands at (32, 120) and is 348 wide, at twice that in the PNG.
    const row = Array.from({ length: 340 * 2 }, (_, x) => data[(140 * 2 * width + 36 * 2 + x) * channels]);
    expect(row.filter((grey) => grey === 0).length).toBe(340);
    expect(row.filter((grey) => grey === 255).length).toBe(340);
  });
});
