// --wide from the command line to the kernels: the same weights, and a run that goes on where it can't be had.
import { expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { HAS_WIDE, OTHER_PROCESSOR, preloaded, WRONG_INTEGERS } from "../engine.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

interface Printed {
  readonly runDir: string;
  readonly compute: string;
  readonly weightsSha256: string;
}

const run = async (args: readonly string[], script?: string): Promise<CommandResult & { printed: Printed }> => {
  const folder = await smallProject({ sinks: [{ use: "console" }] });
  const env = script === undefined ? {} : preloaded(script);
  const result = await pipeline(["run", "config.json", "--json", ...args], { cwd: folder, env });
  expect(result).toMatchObject({ exitCode: 0 });
  return { ...result, printed: JSON.parse(result.stdout) as Printed };
};

const narrow = await run([]);

test("narrow is the default", () => {
  expect(narrow.printed.compute).toBe("narrow");
  expect(narrow.stderr).not.toContain("warning");
});

test.skipIf(!HAS_WIDE).each([[["--wide"]], [["--set", "compute.wide=true"]]])("%j is wide, with the same weights", async (args) => {
  const { printed, stderr } = await run(args);
  expect(printed).toMatchObject({ compute: "wide", weightsSha256: narrow.printed.weightsSha256 });
  expect(stderr).not.toContain("warning");
});

const FALLBACKS: readonly (readonly [string, string, RegExp])[] = [
  ["on another processor", OTHER_PROCESSOR, /^wide execution is not possible here: it needs .+; the kernels run narrow, to the same bits$/],
  ...(HAS_WIDE
    ? ([
        ["where the self-test fails", WRONG_INTEGERS, /^wide execution has failed its self-test on Node .+; the kernels run narrow/],
      ] as const)
    : []),
];

test.concurrent.each(FALLBACKS)("%s the run is narrow, with the same weights, and one warning says why", async (_where, script, why) => {
  const { printed, stderr } = await run(["--wide"], script);
  expect(printed).toMatchObject({ compute: "narrow", weightsSha256: narrow.printed.weightsSha256 });
  const warnings = eventsOf(await readEvents(printed.runDir), "warningRaised");
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
  expect(stderr.split("\n").filter((line) => line.startsWith("warning: "))).toEqual([`warning: ${warnings[0].message}`]);
});
