// Dashboard and report in real browsers: nothing on the console, nothing asked of anybody else, nothing that axe-core objects
// to, light and dark and at 400 pixels. What they look like is left in test/artefacts. A browser that is not installed is
// skipped, and counted.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BROWSERS, findBrowser, launchBrowser, type Theme, WatchedPage } from "@downhill/browsers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunContext, TrainingEvent } from "../src/index.ts";
import report from "../src/report/index.ts";
import { sampleRun, withTemporaryRun } from "../src/testing/index.ts";
import { hostileRun } from "./dashboard/hostileRun.ts";
import { FakeControl, type OpenDashboard, withDashboard } from "./dashboard/openDashboard.ts";

const WIDE = 1280;
const NARROW = 400;
// Run before the page's own script: notes every epoch that any stream of the page brings.
const RECORD_EPOCHS = `
  window.epochsHeard = [];
  window.EventSource = class extends EventSource {
    constructor(...all) {
      super(...all);
      this.addEventListener("epochs", ({ data }) => epochsHeard.push(...JSON.parse(data).map(([epoch]) => epoch)));
    }
  };`;

/** Half of a run's events with predictions as of then, and the other half. */
function halves(epochs: number): readonly [TrainingEvent[], TrainingEvent[]] {
  const events = sampleRun({ epochs });
  const half = events.findIndex((event) => event.type === "epochCompleted" && event.epoch > epochs / 2);
  const shown = events.filter(({ type }) => type === "samplesPredicted" || type === "weightsShown");
  const live = shown.map((event): TrainingEvent => ({ ...event, epoch: epochs / 2 }) as TrainingEvent);
  const all = [...events.slice(0, half), ...live, ...events.slice(half)].map((event, sequence) => ({ ...event, sequence }));
  return [all.slice(0, half + live.length), all.slice(half + live.length)];
}

describe.each(BROWSERS)("%s", (name) => {
  const path = findBrowser(name);
  const artefact = (file: string): `${string}.png` =>
    `${fileURLToPath(new URL("artefacts", import.meta.url))}/${name.toLowerCase()}-${file}.png`;
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let darkBrowser: typeof browser;

  beforeAll(async () => {
    if (path === undefined) return;
    [browser, darkBrowser] = await Promise.all((["light", "dark"] as const).map((theme) => launchBrowser(name, path, theme)));
  });
  afterAll(() => Promise.all([browser?.close(), darkBrowser?.close()]));

  async function expectFlawless(page: WatchedPage, theme: Theme, picture: string): Promise<void> {
    expect(await page.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(theme === "dark");
    for (const width of [WIDE, NARROW]) {
      await page.resize(width);
      expect(await page.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      // Light on a wide screen and dark on a narrow one: each colour and each layout is looked at.
      if ((theme === "light") !== (width === WIDE)) continue;
      expect(await page.violations()).toEqual([]);
      await page.picture(artefact(`${picture}-${theme}-${width}`));
    }
  }

  function expectQuiet(page: WatchedPage, origin: string): void {
    expect(page.errors).toEqual([]);
    expect(page.dialogs).toEqual([]);
    expect(page.requests.filter((address) => !address.startsWith(origin))).toEqual([]);
  }

  const onDashboard = (use: (page: WatchedPage, open: OpenDashboard) => Promise<void>, control?: FakeControl): Promise<void> =>
    withDashboard(
      async (open) => {
        const page = await WatchedPage.open(browser, open.url, WIDE);
        try {
          await use(page, open);
          expectQuiet(page, open.url);
        } finally {
          await page.close();
        }
      },
      { control },
    );

  it.skipIf(path === undefined)("the dashboard follows a run from its first epoch to its end, and stays when the server is gone", () =>
    onDashboard(async (page, { sink, url, write }) => {
      const [first, second] = halves(200);
      const darkPage = await WatchedPage.open(darkBrowser, url, WIDE);
      write(first);
      await page.waitFor("#place", "Epoch 100 of 200");
      await page.waitFor("#predictions", "After epoch 100: 15 of 17 right");
      expect(await page.text("#status")).toBe("Training");
      expect(await page.text("#tiles")).toContain("41.2k");
      expect(await page.page.title()).toBe("reference");
      await page.page.click(".chart button");
      await expectFlawless(page, "light", "dashboard-running");
      await expectFlawless(darkPage, "dark", "dashboard-running");
      write(second);
      await sink.close();
      await page.waitFor("#status", "Finished after 200 of 200 epochs");
      await page.waitFor("#place", "Epoch 200 of 200");
      expect(await page.text("#confusion")).toContain("304 predicted rightly");
      await expectFlawless(page, "light", "dashboard-ended");
      await expectFlawless(darkPage, "dark", "dashboard-ended");
      expectQuiet(darkPage, url);
      await darkPage.close();
      expect(await page.text("#status")).toBe("Finished after 200 of 200 epochs");
    }, new FakeControl()),
  );

  it.skipIf(path === undefined)("the dashboard draws one epoch, 10,000 epochs with gaps, and a regression that diverged", async () => {
    await onDashboard(async (page, { write }) => {
      write(sampleRun({ epochs: 1 }));
      await page.waitFor("#place", "Epoch 1 of 1");
      await page.picture(artefact("dashboard-one-epoch"));
    });
    await onDashboard(async (page, { write }) => {
      const events = sampleRun({ epochs: 10_000 });
      write(events.map((event) => (event.type === "epochCompleted" && event.epoch % 3000 < 400 ? { ...event, cost: Number.NaN } : event)));
      await page.waitFor("#place", "Epoch 10,000 of 10,000");
      await page.picture(artefact("dashboard-10000-epochs"));
    });
    await onDashboard(async (page, { write }) => {
      write(sampleRun({ task: "regression", end: "diverged" }));
      await page.waitFor("#status", "Diverged after 10 of 20 epochs");
      await page.waitFor("#tiles", "NaN");
      await page.picture(artefact("dashboard-diverged"));
    });
  });

  it.skipIf(path === undefined)("the dashboard loses no event and doubles none when its stream is cut, and says so meanwhile", () => {
    const streams = new Set<Socket>();
    const note = (message: unknown): void => {
      const { request, socket } = message as { request: IncomingMessage; socket: Socket };
      if (request.url?.startsWith("/events")) streams.add(socket);
    };
    subscribe("http.server.request.start", note);
    return withDashboard(async ({ url, sink, write }) => {
      const page = await WatchedPage.open(browser, url, WIDE, RECORD_EPOCHS);
      try {
        const events = sampleRun({ epochs: 300 });
        for (let cut = 0; cut < 3; cut += 1) {
          write(events.slice(100 * cut, 100 * cut + 50));
          sink.flush();
          await page.waitFor("#place", "Epoch ");
          await page.waitFor("#status", "Training");
          for (const socket of streams) socket.destroy();
          await page.waitFor("#status", "Connection lost, trying again");
          write(events.slice(100 * cut + 50, 100 * cut + 100));
        }
        await page.waitFor("#status", "Training");
        write(events.slice(300));
        await page.waitFor("#place", "Epoch 300 of 300");
        expect(await page.page.evaluate("epochsHeard")).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
        expect(streams.size).toBe(4);
        expect(page.dialogs).toEqual([]);
      } finally {
        unsubscribe("http.server.request.start", note);
        await page.close();
      }
    });
  });

  it.skipIf(path === undefined)("the buttons pause, go on and stop", () => {
    const control = new FakeControl();
    return onDashboard(async (page, { write }) => {
      write(sampleRun().slice(0, 8));
      await page.waitFor("#status", "Training");
      await page.page.click("#pause");
      await page.waitFor("#status", "Paused");
      await page.waitFor("#pause", "Go on");
      await page.page.click("#pause");
      await page.waitFor("#status", "Training");
      await page.page.click("#stop");
      await page.waitFor("#status", "Stopping");
      expect(control.calls).toEqual(["pause", "resume", "stop"]);
      expect(await page.page.evaluate("[...document.querySelectorAll('.controls button')].every(({ disabled }) => disabled)")).toBe(true);
    }, control);
  });

  it.skipIf(path === undefined)("the report opens from disk", () =>
    withTemporaryRun(async ({ context }) => {
      await writeReport(context, sampleRun({ epochs: 200 }));
      for (const [theme, one] of [["light", browser] as const, ["dark", darkBrowser] as const]) {
        const page = await WatchedPage.open(one, pathToFileURL(join(context.directory, "report.html")).href, WIDE);
        expect(await page.text("h1")).toBe("reference");
        await expectFlawless(page, theme, "report");
        expectQuiet(page, "file://");
        await page.close();
      }
    }),
  );

  it.skipIf(path === undefined)("hostile text never runs, in the dashboard or the report", async () => {
    await onDashboard(async (page, { write }) => {
      write(hostileRun());
      await page.waitFor("#status", "Failed after");
      expect(await page.page.evaluate("document.querySelectorAll('main img[src=x], main script, main svg, main iframe').length")).toBe(0);
      expect(await page.page.evaluate("'hacked' in window")).toBe(false);
      expect(await page.text("h1")).toContain("<img src=x");
      expect(await page.text("#configuration")).toContain("<img src=x");
      expect(await page.violations()).toEqual([]);
      await page.picture(artefact("dashboard-hostile"));
    });
    await withTemporaryRun(async ({ context }) => {
      await writeReport(context, hostileRun());
      const page = await WatchedPage.open(browser, pathToFileURL(join(context.directory, "report.html")).href, WIDE);
      expect(await page.page.evaluate("'hacked' in window")).toBe(false);
      expectQuiet(page, "file://");
      await page.close();
    });
  });
});

async function writeReport(context: RunContext, events: readonly TrainingEvent[]): Promise<void> {
  const sink = await report.open({}, context);
  for (const event of events) await sink.write(event);
  await sink.flush?.();
}
