import { expect, test } from "vitest";
import { DownloadMeter, formatBytes } from "../../src/download/DownloadMeter.ts";

const FILE = { name: "images.gz", bytes: 10_000_000, md5: "" };

interface Screen {
  readonly meter: DownloadMeter;
  /** What was written since the last call. */
  written(): string;
  clock: number;
}

function screen(columns = 80, interactive = true): Screen {
  let text = "";
  const self: Screen = {
    clock: 0,
    written() {
      const written = text;
      text = "";
      return written;
    },
    meter: new DownloadMeter({ write: (part) => void (text += part), interactive, colour: false, columns }, () => self.clock),
  };
  return self;
}

test("one line: name, share, bytes, rate and time left, redrawn in place", () => {
  const self = screen();
  self.meter.progress(FILE, 100_000);
  expect(self.written()).toBe("\rimages.gz    1%  100 kB of 10.0 MB\u001b[K");
  self.clock = 1000;
  self.meter.progress(FILE, 2_100_000);
  expect(self.written()).toBe("\rimages.gz   21%  2.1 MB of 10.0 MB  2.0 MB/s  4s left\u001b[K");
  self.meter.clear();
  expect(self.written()).toBe("\r\u001b[K");
  self.meter.clear();
  expect(self.written()).toBe("");
});

test("the rate is that of the last seconds", () => {
  const self = screen();
  for (let second = 0; second <= 20; second += 1) {
    self.clock = second * 1000;
    self.meter.progress(FILE, second <= 10 ? second * 10_000 : 100_000 + (second - 10) * 500_000);
  }
  expect(self.written()).toMatch(/500 kB\/s {2}10s left\S*$/);
});

test("at most ten lines a second, but always the last one", () => {
  const self = screen();
  for (let done = 0; done <= 1000; done += 1) {
    self.clock = done;
    self.meter.progress(FILE, done * 10_000);
  }
  const lines = self.written().split("\r").slice(1);
  expect(lines.length).toBeLessThanOrEqual(11);
  expect(lines.at(-1)).toContain(" 100%  10.0 MB of 10.0 MB");
});

test.each([20, 40, 50])("it fits %i columns", (columns) => {
  const self = screen(columns);
  self.meter.progress(FILE, 0);
  self.clock = 1000;
  self.meter.progress(FILE, 1_000_000);
  for (const line of self.written().split("\r").slice(1)) expect(line.replace("\u001b[K", "").length).toBeLessThan(columns);
});

test("a notice takes the live line's place; without an interactive terminal it is all there is", () => {
  const live = screen();
  live.meter.progress(FILE, 0);
  live.written();
  live.meter.notice("the next mirror");
  expect(live.written()).toBe("\r\u001b[Kthe next mirror\n");

  const pipe = screen(80, false);
  pipe.meter.progress(FILE, 0);
  pipe.meter.notice("the next mirror");
  pipe.meter.clear();
  expect(pipe.written()).toBe("the next mirror\n");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [4542, "4.5 kB"],
  [99_949, "99.9 kB"],
  [99_950, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [26_421_880, "26.4 MB"],
  [1_500_000_000, "1.5 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
