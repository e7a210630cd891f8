import { expect, it, vi } from "vitest";
import { interleave } from "../src/interleave.ts";

vi.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

it("gives everyone a turn a round, another one first each time, and keeps the figures apart", async () => {
  const turns: string[] = [];
  const rounds: unknown[] = [];
  const figures = await interleave(["a", "b", "c"], {
    rounds: 4,
    turn: async (who) => {
      turns.push(who);
      return turns.length;
    },
    afterRound: (round, own) => rounds.push([round, ...own]),
  });
  expect(turns.join("")).toBe("abcbcacababc");
  expect(figures).toEqual([
    [1, 6, 8, 10],
    [2, 4, 9, 11],
    [3, 5, 7, 12],
  ]);
  expect(rounds[1]).toEqual([2, 6, 4, 5]);
});
