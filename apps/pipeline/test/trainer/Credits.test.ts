import { expect, test } from "vitest";
import { Credits } from "../../src/trainer/Credits.ts";

const settled = async (promise: Promise<void>): Promise<boolean> => {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

test("take is at once while there is credit, and then waits for more", async () => {
  const credits = new Credits(2);
  expect(await settled(credits.take())).toBe(true);
  expect(await settled(credits.take())).toBe(true);
  const third = credits.take();
  expect(await settled(third)).toBe(false);
  credits.give();
  expect(await settled(third)).toBe(true);
});

test("each credit is for one, whoever has waited longest", async () => {
  const credits = new Credits(0);
  const taken: string[] = [];
  const takers = ["first", "second", "third"].map((name) => credits.take().then(() => taken.push(name)));
  credits.give();
  await takers[0];
  expect(taken).toEqual(["first"]);
  credits.give();
  credits.give();
  await Promise.all(takers);
  expect(taken).toEqual(["first", "second", "third"]);
});

test("credit that nobody waits for is kept", async () => {
  const credits = new Credits(0);
  credits.give();
  credits.give();
  expect(await settled(credits.take())).toBe(true);
  expect(await settled(credits.take())).toBe(true);
  expect(await settled(credits.take())).toBe(false);
});
