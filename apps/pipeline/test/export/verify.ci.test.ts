// export --verify as a command, where onnxruntime-web can be had.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pipeline } from "../command.ts";
import { realData } from "../realData.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_ROWS } from "../smallTable.ts";
import { onnxRuntime, TEST_CACHE } from "./onnxRuntime.ts";

const runtime = await onnxRuntime();
const tables = realData("tables");

async function verified(
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ against: string; rows: number; from: string; difference: number }> {
  const { exitCode, stdout, stderr } = await pipeline(["export", "run", "--verify", "--json"], {
    cwd,
    env: { ...env, XDG_CACHE_HOME: TEST_CACHE },
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return (JSON.parse(stdout) as { verified: { against: string; rows: number; from: string; difference: number } }).verified;
}

describe.skipIf(runtime === undefined)("export --verify", () => {
  it("takes the run's test rows while they are there, then random ones", async () => {
    const folder = await smallProject();
    await pipeline(["run", "config.json", "--out", "run", "--set", "data.scale=standard"], { cwd: folder });
    const own = await verified(folder);
    expect(own).toMatchObject({ against: "onnxruntime-web 1.30.0", rows: 18, from: "the test set" });
    await appendFile(join(folder, "table.csv"), `${SMALL_ROWS[0]}\n`);
    const random = await verified(folder);
    expect(random).toMatchObject({
      rows: 256,
      from: expect.stringMatching(/^random values in the range of training, since .+ has changed since the run$/),
    });
    for (const { difference } of [own, random]) expect(difference).toBeLessThanOrEqual(1e-5);
  });

  it.skipIf(tables === undefined)("of tables with names, categories and gaps", async () => {
    const examples = new URL("../../examples/tables/", import.meta.url).pathname;
    for (const name of ["titanic", "iris", "california-housing"]) {
      const cwd = await smallProject();
      const env = { TABLES: tables ?? "" };
      const { exitCode } = await pipeline(
        ["run", join(examples, `${name}.json`), "--out", "run", "--set", "epochs=2", "--set", "sinks=[]"],
        { cwd, env },
      );
      expect(exitCode).toBe(0);
      const { from, difference } = await verified(cwd, env);
      expect(from).toBe("the test set");
      expect(difference).toBeLessThanOrEqual(1e-5);
    }
  });
});
