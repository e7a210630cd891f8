import { afterEach, expect, it } from "vitest";
import { ContestantProcess } from "../src/contestants/ContestantProcess.ts";
import { EpochTrainer } from "../src/contestants/EpochTrainer.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((contestant) => contestant.close()));
});

function start(script: string): ContestantProcess {
  const contestant = new ContestantProcess({ who: "it", command: process.execPath, args: ["-e", script] });
  running.push(contestant);
  return contestant;
}

it("asks one line and takes one", async () => {
  const contestant = start(
    `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => console.log(JSON.stringify({ twice: 2 * JSON.parse(line).number })))`,
  );
  expect(await contestant.ask({ number: 21 })).toEqual({ twice: 42 });
  expect(await contestant.ask({ number: 4 })).toEqual({ twice: 8 });
});

it.each([
  ["ends at once", "process.exit(7)", "it ended before its time (exit code 7)"],
  ["is killed", "process.kill(process.pid, 'SIGKILL')", "it ended before its time (killed by SIGKILL)"],
  ["reports an error", `console.log('{"error":"no memory"}')`, "it: no memory"],
])("says so when a contestant %s", async (_what, script, message) => {
  await expect(start(script).ask({})).rejects.toThrow(expect.objectContaining({ message, exitCode: 1 }));
});

it("says so when there is no such program", async () => {
  const contestant = new ContestantProcess({ who: "it", command: "downhill-no-such-program", args: [] });
  await expect(contestant.receive()).rejects.toThrow("it ended before its time (downhill-no-such-program was not found)");
  await contestant.close();
});

it("times epochs after one that is not, and keeps the costs of all", async () => {
  const script = `
    let epoch = 0;
    console.log('{"version":"1"}');
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const own = Array.from({ length: JSON.parse(line).epochs }, () => epoch++);
      console.log(JSON.stringify({ milliseconds: own.map((_, place) => (place === 0 ? 1000 : 10 + place)), costs: own }));
    })`;
  const contestant = start(script);
  await contestant.ready();
  const trainer = new EpochTrainer(contestant);
  expect(trainer).toMatchObject({ who: "it", version: "1" });
  expect(await trainer.time(3)).toBe(12);
  await trainer.trainTo(6);
  await trainer.trainTo(2);
  expect(trainer.costs).toEqual([0, 1, 2, 3, 4, 5]);
});
