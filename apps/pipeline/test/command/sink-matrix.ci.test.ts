// A sink that does its worst in any of its calls, in a thread of its own and in the program's: the training and all other sinks go on
// as if it had never been, and its failure is one event and one line. What a sink in the program's own thread can't be kept from (to
// compute without end, to fill the memory) is given an end here.
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const HOSTILE = "./hostile.mjs";
const TIMEOUT_MS = 300;
const EPOCHS = 20;

const FAULTS = ["throws", "rejects", "neverResolves", "spins", "exits", "leaks", "isSlow", "writesGarbage"];
const CALLS = ["open", "write", "flush", "close"];

interface Ran {
  readonly runDir: string;
  readonly result: CommandResult;
  /** What the sink wrote that stands beside the hostile one. */
  readonly lines: string;
}

const run = async (sinks: readonly object[]): Promise<Ran> => {
  const folder = await smallProject({ epochs: EPOCHS, sinks: [{ use: "json", path: "beside.ndjson" }, ...sinks, { use: "csv" }] });
  await copyFile(new URL("../plugins/hostile.mjs", import.meta.url), join(folder, "hostile.mjs"));
  const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  return { runDir: join(folder, "run"), result, lines: await readFile(join(folder, "beside.ndjson"), "utf8") };
};

const weightsOf = ({ stdout }: CommandResult): string => (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;

let undisturbed: string;
beforeAll(async () => {
  undisturbed = weightsOf((await run([])).result);
});

const cells = [true, false].flatMap((isolated) => FAULTS.flatMap((how) => CALLS.map((at) => ({ isolated, how, at }))));

describe("a hostile sink", () => {
  test.concurrent.each(cells)("that $how in $at, isolated: $isolated", async ({ isolated, how, at }) => {
    const bounds = isolated && how === "spins" ? {} : { ms: 3 * TIMEOUT_MS };
    const sink = { use: HOSTILE, at, how, ...bounds, ...(!isolated && { most: 3 }) };
    const { runDir, result, lines } = await run([{ ...sink, delivery: { timeoutMs: TIMEOUT_MS, isolated } }]);
    expect([result.exitCode, result.stderr.match(/^.*(?:at .*:\d+:\d+|unexpected).*$/m)]).toEqual([0, null]);
    const [answer] = result.stdout.split("\n").filter((line) => line.startsWith("{"));
    expect(weightsOf({ ...result, stdout: answer })).toBe(undisturbed);

    const events = await readEvents(runDir);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
    expect(eventsOf(events, "epochCompleted")).toHaveLength(EPOCHS);
    expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "finished", weightsSha256: undisturbed });
    expect(lines).toBe(await readFile(join(runDir, "events.ndjson"), "utf8"));
    expect((await readFile(join(runDir, "metrics.csv"), "utf8")).trimEnd().split("\n")).toHaveLength(EPOCHS + 1);

    // Nobody sees what a sink keeps of the program's own memory.
    const failures = how === "leaks" && !isolated ? 0 : 1;
    expect(eventsOf(events, "sinkFailed")).toHaveLength(failures);
    expect(result.stderr.split(HOSTILE)).toHaveLength(failures + 1);
  });

  test.concurrent("that leaks what lies outside of JavaScript's heap", async () => {
    const { runDir, result } = await run([{ use: HOSTILE, at: "write", how: "leaksBuffers" }]);
    expect(weightsOf(result)).toBe(undisturbed);
    const message = "write: it took more than 256 MiB of memory";
    expect(eventsOf(await readEvents(runDir), "sinkFailed")).toMatchObject([{ sink: HOSTILE, message }]);
  });
});
