// The dashboard as its clients meet it: raw sockets that cut, stall, come late, forge headers. What the page makes of it is
// for the browsers' tests.
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import dashboard from "../src/dashboard/index.ts";
import { type EpochRow, readRow } from "../src/dashboard/page/epochRow.ts";
import type { TrainingEvent, TrainingFact } from "../src/index.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";
import { FakeControl, withDashboard } from "./dashboard/openDashboard.ts";
import { SseClient, type SseMessage } from "./dashboard/SseClient.ts";

const partsOf = (message: SseMessage): Record<string, string> => JSON.parse(message.data) as Record<string, string>;
const epochsOf = (messages: readonly SseMessage[]): number[] =>
  messages.filter(({ event }) => event === "epochs").flatMap(({ data }) => (JSON.parse(data) as EpochRow[]).map((row) => Number(row[0])));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const manyEpochs = (count: number): TrainingEvent[] => sampleRun({ epochs: count });

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Sends a request with exactly these headers (Host unless given). */
async function send(url: string, path = "/", method = "GET", headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port: new URL(url).port, path, method, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

const sessionOf = async (url: string): Promise<string> => /data-session="([^"]+)"/.exec((await send(url)).body)?.[1] ?? "";

describe("the stream", () => {
  it("tells a page that is open all along every epoch once, every part, and the end", () =>
    withDashboard(async ({ sink, url, write }) => {
      const client = new SseClient(url);
      await client.until(({ event }) => event === "state");
      const events = manyEpochs(50);
      for (const event of events) {
        write([event]);
        if (event.sequence % 10 === 0) sink.flush();
      }
      await sink.close();
      await client.closed;
      expect(epochsOf(client.messages)).toEqual(upTo(50));
      const parts = Object.assign(
        {},
        ...client.messages.filter(({ event }) => event === "parts" || event === "ended").map(partsOf),
      ) as object;
      expect(Object.keys(parts).toSorted()).toEqual(
        "configuration confusion data ending environment heading mistakes predictions results samples warnings weights".split(" "),
      );
      const ids = client.messages.flatMap(({ id }) => (id === "" ? [] : [Number(id)]));
      expect(ids).toEqual(ids.toSorted((one, other) => one - other));
      expect(client.messages.slice(-2).map(({ event }) => event)).toEqual(["ended", "bye"]);
      expect(client.messages.at(-1)?.id).toBe(String(events.at(-1)?.sequence));
    }));

  it("goes on at every event where it may have been cut, without loss or doubling", () =>
    withDashboard(async ({ url, write }) => {
      const events = manyEpochs(20);
      write(events);
      const last = String(events.at(-1)?.sequence);
      for (const { sequence } of events) {
        const known = events.filter((event) => event.type === "epochCompleted" && event.sequence <= sequence).length;
        const client = new SseClient(url, sequence);
        if (String(sequence) === last) await client.until(({ event }) => event === "state");
        else await client.until(({ id }) => id === last);
        expect(epochsOf(client.messages)).toEqual(upTo(20).slice(known));
        for (const { id, event } of client.messages) if (event !== "state") expect(Number(id)).toBeGreaterThan(sequence);
        client.cut();
      }
    }));

  it("goes on where it was really cut, while epochs come", () =>
    withDashboard(async ({ sink, url, write }) => {
      const events = manyEpochs(300);
      const seen: SseMessage[] = [];
      let known: number | undefined;
      for (let start = 0; start < events.length; start += 40) {
        const client = new SseClient(url, known);
        write(events.slice(start, start + 20));
        sink.flush();
        await client.until(({ id }) => Number(id) >= Math.min(start + 19, 300));
        client.cut();
        seen.push(...client.messages);
        known = Number(client.messages.at(-1)?.id);
        // Nobody is there to be told these.
        write(events.slice(start + 20, start + 40));
      }
      const client = new SseClient(url, known);
      await client.until(({ event }) => event === "state");
      await sink.close();
      await client.closed;
      expect(epochsOf([...seen, ...client.messages])).toEqual(upTo(300));
    }));

  it("tells a page that comes late all of 10,000 epochs, in messages of 500 at most", () =>
    withDashboard(async ({ url, write }) => {
      write(manyEpochs(10_000));
      const client = new SseClient(url);
      await client.until(({ event }) => event === "ended");
      expect(epochsOf(client.messages)).toEqual(upTo(10_000));
      const sizes = client.messages.filter(({ event }) => event === "epochs").map(({ data }) => (JSON.parse(data) as unknown[]).length);
      expect(Math.max(...sizes)).toBe(500);
      client.cut();
    }));

  it("keeps numbers as they are, missing ones and those that JSON lacks too", () =>
    withDashboard(async ({ url, write }) => {
      const numbers = { learningRate: Number.POSITIVE_INFINITY, samplesPerSecond: 1 / 3, durationMs: Number.NEGATIVE_INFINITY };
      write(stampFacts([{ type: "epochCompleted", epoch: 1, epochs: 2, cost: Number.NaN, validation: { cost: 5e-324 }, ...numbers }]));
      const client = new SseClient(url);
      const { data } = await client.until(({ event }) => event === "epochs");
      expect((JSON.parse(data) as EpochRow[]).map(readRow)).toEqual([
        { epoch: 1, epochs: 2, cost: Number.NaN, validationCost: 5e-324, ...numbers, at: Date.UTC(2026, 0, 1) },
      ]);
      client.cut();
    }));

  it("has the whole run when it was resumed, and sends a page of before to its beginning", () => {
    const events = manyEpochs(10);
    const history = async function* (): AsyncGenerator<TrainingEvent> {
      yield* events.slice(0, 9);
    };
    return withDashboard(
      async ({ url, write }) => {
        write(events.slice(9));
        const client = new SseClient(url);
        await client.until(({ event }) => event === "ended");
        expect(epochsOf(client.messages)).toEqual(upTo(10));
        client.cut();
        expect((await send(url, "/events?session=older&after=500")).body).toBe("event: stale\ndata:\n\n");
      },
      { history },
    );
  });

  it("tells how the predictions improve, the newest in place of the older", () =>
    withDashboard(async ({ url, write, sink }) => {
      const predicted = sampleRun().find((event) => event.type === "samplesPredicted")!;
      write([
        { ...predicted, epoch: 1, sequence: 1 },
        { ...predicted, epoch: 2, sequence: 2 },
      ]);
      const client = new SseClient(url);
      expect(partsOf(await client.until(({ event }) => event === "parts"))["predictions"]).toContain("After epoch 2: 15 of 17 right");
      write([{ ...predicted, epoch: 3, sequence: 3 }]);
      sink.flush();
      expect(partsOf(await client.until(({ id }) => id === "3"))["predictions"]).toContain("After epoch 3");
      expect(client.messages.map(({ id }) => id)).toEqual(["", "2", "3"]);
      client.cut();
    }));
});

describe("clients that stall", () => {
  it("hold some messages each, however long the run; one that reads misses nothing", () =>
    withDashboard(async ({ sink, url, write }) => {
      const stalled = Array.from({ length: 20 }, () => SseClient.stalled(url));
      const reader = new SseClient(url);
      while (sink.audience.size < 21) await sleep(1);
      const events = manyEpochs(20_000);
      // Some 2.5 MB of epochs and 20 × 100 KB of pictures for each client.
      const pictures = sampleRun().find((event) => event.type === "samplesPredicted")!;
      let most = 0;
      for (const [index, event] of events.entries()) {
        if (event.type !== "epochCompleted") continue;
        write([{ ...event, sequence: 2 * index }]);
        if (index % 1000 !== 0) continue;
        write([{ ...pictures, sequence: 2 * index + 1 }]);
        sink.flush();
        await sleep(1);
        most = Math.max(most, sink.audience.buffered);
      }
      sink.flush();
      await reader.until(() => epochsOf(reader.messages.slice(-1)).includes(20_000));
      expect(epochsOf(reader.messages)).toEqual(upTo(20_000));
      expect(most).toBeLessThan(21 * 200_000);
      const start = performance.now();
      await sink.close();
      expect(performance.now() - start).toBeLessThan(5000);
      for (const client of stalled) client.cut();
    }));

  it("can be as many as 64", () =>
    withDashboard(async ({ sink, url }) => {
      const clients = Array.from({ length: 64 }, () => new SseClient(url));
      while (sink.audience.size < 64) await sleep(1);
      expect((await send(url, "/events")).status).toBe(503);
      clients[0].cut();
      while (sink.audience.size === 64) await sleep(1);
      const next = new SseClient(url);
      await next.until(({ event }) => event === "state");
      for (const client of [...clients, next]) client.cut();
    }));
});

describe("the server", () => {
  it("refuses hosts, origins and sites that are not its own, and answers its own", () =>
    withDashboard(async ({ url }) => {
      const { host, port } = new URL(url);
      const status = async (headers: Record<string, string>): Promise<number> => (await send(url, "/", "GET", headers)).status;
      for (const own of [host, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
        expect([own, await status({ host: own })]).toEqual([own, 200]);
      for (const foreign of [
        "evil.example",
        `evil.example:${port}`,
        "127.0.0.1",
        `127.0.0.1:${Number(port) + 1}`,
        `127.0.0.1:${port}.evil.example`,
      ])
        expect([foreign, await status({ host: foreign })]).toEqual([foreign, 403]);
      expect(await status({ origin: `http://${host}` })).toBe(200);
      for (const origin of ["http://evil.example", "null", `https://${host}`, `http://localhost:${port}`, "http://127.0.0.1:1"])
        expect([origin, await status({ origin })]).toEqual([origin, 403]);
      expect(await status({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).toBe(403);
      expect(await status({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toBe(200);
    }));

  it("says on every answer that nothing foreign runs, frames or reads it", () =>
    withDashboard(async ({ url }) => {
      for (const answer of [
        await send(url),
        await send(url, "/nowhere"),
        await send(url, "/", "PUT"),
        await send(url, "/", "GET", { host: "x" }),
      ]) {
        const policy = String(answer.headers["content-security-policy"]).split("; ");
        expect(policy).toEqual(
          expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]),
        );
        expect(answer.headers).toMatchObject({
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cache-control": "no-store",
        });
        expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    }));

  it("answers what the page asks for, and nothing else of the package or the disk", () =>
    withDashboard(async ({ url }) => {
      const seen = new Set<string>();
      const visit = async (path: string): Promise<void> => {
        if (seen.has(path)) return;
        seen.add(path);
        const { status, headers, body } = await send(url, path);
        expect([path, status, headers["content-type"]]).toEqual([path, 200, "text/javascript; charset=utf-8"]);
        const imports = [...body.matchAll(/(?:from|import) "(\.[^"]+)"/g)].map(
          ([, specifier]) => new URL(specifier, new URL(path, url)).pathname,
        );
        for (const imported of imports) await visit(imported);
      };
      await visit("/dashboard/page/main.js");
      await visit("/uPlot.js");
      expect(seen.size).toBe(12);
      for (const path of [
        "/index.js",
        "/dashboard/page/../plugin.js",
        "/dashboard/page/%2e%2e/plugin.js",
        "/../package.json",
        "//",
        "/dashboard/page/main.ts",
      ])
        expect([path, (await send(url, path)).status]).toEqual([path, expect.toSatisfy((status) => status === 404 || status === 500)]);
    }));

  it("knows GET, HEAD and POST", () =>
    withDashboard(async ({ url }) => {
      for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]) {
        const { status, headers } = await send(url, "/", method);
        expect([method, status, headers["allow"]]).toEqual([method, 405, "GET, HEAD, POST"]);
      }
      expect(await send(url, "/", "HEAD")).toMatchObject({ status: 200, body: "" });
    }));
});

describe("the buttons' requests", () => {
  it("reach the run, and every page hears of it", () => {
    const control = new FakeControl();
    return withDashboard(
      async ({ url }) => {
        const client = new SseClient(url);
        const headers = { origin: new URL(url).origin, "x-dashboard-session": await sessionOf(url) };
        await client.until(({ event, data }) => event === "state" && data === '{"paused":false}');
        expect((await send(url, "/pause", "POST", headers)).status).toBe(204);
        await client.until(({ event, data }) => event === "state" && data === '{"paused":true}');
        expect((await send(url, "/resume", "POST", headers)).status).toBe(204);
        expect((await send(url, "/stop", "POST", headers)).status).toBe(204);
        expect((await send(url, "/explode", "POST", headers)).status).toBe(404);
        expect(control.calls).toEqual(["pause", "resume", "stop"]);
        client.cut();
      },
      { control },
    );
  });

  it("are refused without the page's own origin and secret, and with a body", () => {
    const control = new FakeControl();
    return withDashboard(
      async ({ url }) => {
        const [origin, session] = [new URL(url).origin, await sessionOf(url)];
        const post = async (headers: Record<string, string>, body?: string): Promise<number> =>
          (await send(url, "/stop", "POST", headers, body)).status;
        expect(await post({})).toBe(403);
        expect(await post({ "x-dashboard-session": session })).toBe(403);
        expect(await post({ origin })).toBe(403);
        expect(await post({ origin, "x-dashboard-session": "guess" })).toBe(403);
        expect(await post({ origin: "http://evil.example", "x-dashboard-session": session })).toBe(403);
        expect(await post({ origin, "x-dashboard-session": session, "content-length": "3" }, "abc")).toBe(413);
        expect((await send(url, "/stop", "GET", { origin, "x-dashboard-session": session })).status).toBe(404);
        expect(control.calls).toEqual([]);
      },
      { control },
    );
  });

  it("have no buttons where nothing can be controlled", () =>
    withDashboard(async ({ url }) => {
      const { body } = await send(url);
      expect(body).not.toContain("<button");
      const headers = { origin: new URL(url).origin, "x-dashboard-session": await sessionOf(url) };
      expect((await send(url, "/pause", "POST", headers)).status).toBe(404);
    }));
});

describe("the port", () => {
  it("is 6116 or a free one, unless one is asked for; a taken one is an error", () =>
    withTemporaryRun(async ({ context, terminalText }) => {
      const taken = createServer().listen(0, "127.0.0.1");
      await once(taken, "listening");
      const { port } = taken.address() as AddressInfo;
      await expect(Promise.resolve(dashboard.open({ port }, context))).rejects.toThrow(
        `dashboard: port ${port} can't be had, another program has it; choose another, or 0 for any that is free`,
      );
      taken.close();
      const [one, other] = [await dashboard.open({}, context), await dashboard.open({}, context)];
      const ports = terminalText().match(/\d+(?=\/\n)/g);
      expect(ports).toHaveLength(2);
      expect(new Set(ports).size).toBe(2);
      await one.close?.("finished");
      await other.close?.("finished");
    }));

  it.each([-1, 65_536, 1.5, "80", null])("%j is none", (port) => {
    expect(dashboard.options?.["~standard"].validate({ port })).toMatchObject({ issues: [{ path: ["port"] }] });
  });
});

it("text from events is escaped in every part", () =>
  withDashboard(async ({ url, write }) => {
    const hostile = `<img src=x onerror=alert(1)>"'</script>\ndata: forged\n\nevent: bye\n\n`;
    const picture = { index: 0, width: 1, height: 1, pixels: "AA==", label: 0, predicted: 1, probabilities: [0, 1] };
    const facts: TrainingFact[] = [
      { type: "runStarted", name: hostile, config: { [hostile]: hostile }, epochs: 1, environment: { [hostile]: hostile } },
      { type: "warningRaised", message: hostile },
      { type: "samplesPredicted", set: "test", classes: [hostile, hostile], samples: [picture], worstMistakes: [picture] },
      { type: "runCompleted", reason: "failed", message: hostile, epochs: 0, durationMs: 0 },
    ];
    write(stampFacts(facts, hostile));
    const client = new SseClient(url);
    await client.until(({ event }) => event === "ended");
    for (const { event, data } of client.messages) {
      expect(["parts", "ended", "state"]).toContain(event);
      for (const html of Object.values(JSON.parse(data) as Record<string, unknown>))
        expect(String(html)).not.toMatch(/<img src=x|<\/script/);
    }
    client.cut();
  }));
