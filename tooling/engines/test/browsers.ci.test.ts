// The built packages in browsers: two threads in a web worker of an isolated page, one thread on a page that is not, and
// the bits that Node gives. A browser that is not installed is skipped, and counted.
import { setTimeout } from "node:timers/promises";
import { BROWSERS, findBrowser } from "@downhill/browsers";
import { beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../src/browser/openBrowser.ts";
import { servePackages } from "../src/browser/servePackages.ts";
import { smallTraining, type Trained } from "../src/browser/smallTraining.ts";

let known: Trained;
beforeAll(async () => {
  known = await smallTraining(1);
});

/** Milliseconds for a browser to start and to train; it takes seconds. */
const DEADLINE = 90_000;

async function trainIn(name: string, path: string, isolated: boolean): Promise<unknown> {
  const server = await servePackages(isolated);
  const close = openBrowser(name, path, server.url);
  const late = new AbortController();
  try {
    return await Promise.race([server.result, setTimeout(DEADLINE, `no answer in ${DEADLINE / 1000} s`, { signal: late.signal })]);
  } finally {
    late.abort();
    await close();
    server.close();
  }
}

describe.each(BROWSERS)("%s", (name) => {
  const path = findBrowser(name);

  it.skipIf(path === undefined)("trains in a worker of an isolated page, with two threads", async () => {
    expect(await trainIn(name, path!, true)).toEqual({ ...known, threads: 2 });
  });

  it.skipIf(path === undefined)("trains on a page that is not isolated, with one thread", async () => {
    expect(await trainIn(name, path!, false)).toEqual({ ...known, threads: 1 });
  });
});
