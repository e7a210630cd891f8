import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, it } from "vitest";
import { ContestantProcess } from "../src/contestants/ContestantProcess.ts";

const RIVALS = fileURLToPath(new URL("../rivals/", import.meta.url));

const running: ContestantProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((contestant) => contestant.close()));
});

function start(command: string, args: readonly string[]): ContestantProcess {
  const contestant = new ContestantProcess({ who: "it", command, args });
  running.push(contestant);
  return contestant;
}

function startJavaScript(script: string): ContestantProcess {
  const url = pathToFileURL(`${RIVALS}protocol.mjs`).href;
  return start(process.execPath, ["--input-type=module", "-e", `import { durations, serve } from "${url}";\n${script}`]);
}

it("JavaScript's side introduces itself and answers", async () => {
  const contestant = startJavaScript(
    `await serve(async () => ({ hello: { version: "1" }, answer: async ({ number }) => ({ twice: 2 * number }) }))`,
  );
  await contestant.ready();
  expect(contestant.version).toBe("1");
  expect(await contestant.ask({ number: 21 })).toEqual({ twice: 42 });
});

it("JavaScript's side tells what it could not do", async () => {
  const contestant = startJavaScript(`await serve(async () => { throw new Error("no SIMD here"); })`);
  await expect(contestant.ready()).rejects.toThrow("it: no SIMD here");
});

it("JavaScript's side ends with its input, whatever threads a library has left", async () => {
  const contestant = startJavaScript(`setInterval(() => undefined, 1000); await serve(async () => ({ hello: { version: "1" } }))`);
  await contestant.ready();
  await contestant.close();
  await expect(contestant.receive()).rejects.toThrow("exit code 0");
});

it("JavaScript's side calls three times at least, awaiting what is a promise", async () => {
  const contestant = startJavaScript(`
    let [calls, settled] = [0, 0];
    const call = async () => { calls += 1; await new Promise((resolve) => setImmediate(resolve)); settled += 1; };
    const answer = async () => ({ times: (await durations(0, call)).length, calls, settled });
    await serve(async () => ({ hello: { version: "1" }, answer }))`);
  await contestant.ready();
  expect(await contestant.ask({})).toEqual({ times: 3, calls: 3, settled: 3 });
});
