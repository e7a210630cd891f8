import { expect, test } from "vitest";
import { TimeLimit } from "../../src/sinks/TimeLimit.ts";

const run = async (call: () => void | Promise<void>): Promise<string> => {
  try {
    await new TimeLimit(30).run("it", call);
    return "done";
  } catch (error) {
    return (error as Error).message;
  }
};

test("a call that is over when it returns costs no promise", () => {
  expect(new TimeLimit(30).run("it", () => undefined)).toBeUndefined();
});

test.each([null, false, 0, "", true, 1, "text", {}])("a call may return anything: %j", async (value) => {
  expect(await run(() => value as unknown as undefined)).toBe("done");
});

test("what throws, rejects or takes too long has failed", async () => {
  const failing = (): never => {
    throw new Error("thrown");
  };
  expect(await run(failing)).toBe("thrown");
  expect(await run(() => Promise.reject(new Error("rejected")))).toBe("rejected");
  expect(await run(() => new Promise(() => undefined))).toBe("it took longer than 30 ms");
});
