// What evaluate prints of classes whose names come from anywhere.
import { describe, expect, it } from "vitest";
import { alignColumns } from "../../src/commands/alignColumns.ts";
import { confusionTable } from "../../src/commands/confusionTable.ts";
import { displayWidth, tableName } from "../../src/commands/displayWidth.ts";
import { scoresTable } from "../../src/commands/scoresTable.ts";

describe("displayWidth", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["Ångström", 8],
    ["e\u0301", 1],
    ["日本", 4],
    ["한글", 4],
    ["ｆｕｌｌ", 8],
    ["👍", 2],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["\u200b", 0],
    ["𠀀", 2],
    ["мышь", 4],
  ])("%j is %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("tableName", () => {
  it("loses what could act on a terminal, and is cut between characters", () => {
    expect(tableName("\u001b[31mant\nbee\u202e")).toBe("ant bee");
    expect(tableName("x".repeat(40))).toBe("x".repeat(40));
    expect(tableName("x".repeat(41))).toBe(`${"x".repeat(39)}…`);
    expect(tableName("日".repeat(30))).toBe(`${"日".repeat(19)}…`);
  });
});

it("alignColumns aligns by columns of the terminal", () => {
  expect(
    alignColumns(
      [
        ["日本", "1"],
        ["a", "10"],
      ],
      [1],
    ),
  ).toBe("日本   1\na     10\n");
});

it("confusionTable shows hostile and wide names safely, and nothing for too many classes", () => {
  expect(
    confusionTable(
      [
        [3, 0],
        [1, 12],
      ],
      ["\u001b[2J日本", "b"],
    ),
  ).toBe("true \\ predicted  日本   b\n日本                 3   ·\nb                    1  12\n");
  const many = Array.from({ length: 21 }, () => Array.from({ length: 21 }, () => 0));
  expect(confusionTable(many, many.map(String))).toBe("");
});

it("scoresTable has a row a class and the means, and the means alone for too many classes", () => {
  const scores = { precision: 0.5, recall: 1, f1: 2 / 3 };
  const means = { macro: scores, weighted: { precision: 0.25, recall: 0.5, f1: 1 / 3 } };
  const byClass = [{ class: "ant\u0007", ...scores, support: 7 }];
  expect(scoresTable({ byClass, ...means })).toBe(
    [
      "class                precision   recall      F1  samples",
      "ant                     50.00%  100.00%  66.67%        7",
      "mean of classes         50.00%  100.00%  66.67%",
      "weighted by samples     25.00%   50.00%  33.33%        7",
      "",
    ].join("\n"),
  );
  const many = Array.from({ length: 101 }, () => byClass[0]);
  expect(scoresTable({ byClass: many, ...means }).split("\n")).toHaveLength(4);
});
