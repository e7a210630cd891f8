// doctor on this machine, and on ones that are worse off.
import { tmpdir } from "node:os";
import { beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { HAS_WIDE, OTHER_PROCESSOR, preloaded, WRONG_INTEGERS } from "../engine.ts";

interface Findings {
  readonly narrow: Kernels;
  readonly wide: Kernels;
  readonly cores: number;
}
interface Kernels {
  readonly available: boolean;
  readonly reason?: string;
  readonly selfTest?: string;
  readonly speeds?: readonly { readonly threads: number; readonly gflops: number }[];
}

const doctor = (args: readonly string[], script?: string): Promise<CommandResult> =>
  pipeline(["doctor", ...args], { cwd: tmpdir(), env: script === undefined ? {} : preloaded(script) });
const findings = ({ stdout }: CommandResult): Findings => JSON.parse(stdout) as Findings;

describe("on this machine", () => {
  let result: CommandResult;
  beforeAll(async () => {
    result = await doctor(["--json"]);
  });

  test("one line says what it is, and nothing else is printed", () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(findings(result)).toMatchObject({
      node: process.versions.node,
      v8: process.versions.v8,
      platform: `${process.platform} ${process.arch}`,
      simd: true,
      sharedMemory: true,
    });
  });

  test("the narrow kernels are right, and timed with one thread and with all", () => {
    const { narrow, cores } = findings(result);
    expect(narrow).toMatchObject({ available: true, selfTest: "passed" });
    expect(narrow.speeds?.map(({ threads }) => threads)).toEqual(cores === 1 ? [1] : [1, Math.min(cores, 64)]);
    expect(narrow.speeds?.every(({ gflops }) => gflops > 0 && Number.isFinite(gflops))).toBe(true);
  });

  test("wide execution is tested, or it is said why it is not there", () => {
    const { wide } = findings(result);
    if (HAS_WIDE) expect(wide).toMatchObject({ available: true, selfTest: "passed" });
    else expect(wide).toEqual({ available: false, reason: expect.stringContaining("wide execution is not possible here") as string });
  });
});

test.concurrent("a table for people, on standard output, without colours or escapes", async () => {
  const { exitCode, stdout, stderr } = await doctor([]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`\nnode       ${process.versions.node}, V8 ${process.versions.v8}\n`);
  expect(stdout).toMatch(/^kernels {2}self-test {2}1 thread\b/m);
  expect(stdout).toMatch(/^narrow +passed +\d+\.\d/m);
  // oxlint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u001b\r\t]/);
});

test.concurrent("no wide execution is no failure", async () => {
  const { exitCode, stdout } = await doctor([], OTHER_PROCESSOR);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^wide +–$/m);
  expect(stdout).toMatch(/^wide execution is not possible here: it needs .+\n$/m);
});

test.concurrent("kernels that give other bits are: exit code 1", async () => {
  const [json, text] = await Promise.all([doctor(["--json"], WRONG_INTEGERS), doctor([], WRONG_INTEGERS)]);
  expect([json.exitCode, text.exitCode]).toEqual([1, 1]);
  expect(findings(json).narrow).toMatchObject({ available: true, selfTest: "failed" });
  expect(findings(json).wide.available).toBe(false);
  expect(text.stdout).toContain("the kernels do not give the numbers that they should");
});

test.concurrent("so are kernels that don't start", async () => {
  const script = 'WebAssembly.Module=class{constructor(){throw(new(WebAssembly.CompileError)("no128-bitinstructions"))}}';
  const { exitCode, stdout, stderr } = await doctor([], script);
  expect([exitCode, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("the kernels do not start: no128-bitinstructions\n");
});
