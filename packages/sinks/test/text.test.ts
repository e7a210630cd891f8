import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { className, plainText } from "../src/text/plainText.ts";
import { formatCost, formatCount, formatDuration, formatPercent, formatRate } from "../src/text/quantity.ts";

describe("plainText", () => {
  it.each([
    ["setosa", "setosa"],
    ["Ångström – 数字 👍", "Ångström – 数字 👍"],
    ["\u001b[1;31mred\u001b[0m", "red"],
    ["\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\", "link"],
    ["\u001b]no terminator", "no terminator"],
    ["\u001bP1$r\u001b\\kept", "kept"],
    ["\u009b2Jgone", "gone"],
    ["\u001bcreset", "reset"],
    ["two\r\nlines\u2028three", "two lines three"],
    ["tab\t[a]", "tab [a]"],
    ["\u202eabc\u202c \u2066d\u2069", "abc d"],
    ["bell\u0007 del\u007f", "bell  del "],
  ])("%j → %j", (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it("leaves no control character in any text, and is done after one pass", () => {
    const piece = fc.oneof(
      fc.constantFrom("\u001b", "[", "]", "\u009b", "\u0007", "\\", "P", "31m", "\u202e", "\n"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const plain = plainText(pieces.join(""));
        expect(plain).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });

  it("names a class by its name or its number", () => {
    expect(className(1, ["a", "b\n"])).toBe("b ");
    expect(className(7, ["a"])).toBe("7");
    expect(className(7, undefined)).toBe("7");
  });
});

describe("quantities", () => {
  it.each([
    [2.30551, "2.3055"],
    [0.1, "0.1000"],
    [0.05403, "0.05403"],
    [0.0073481, "0.007348"],
    [0.00005, "5.000e-5"],
    [0, "0.0000"],
    [999.98765, "999.9877"],
    [12345.6789, "12345.68"],
    [1.5e9, "1.500e+9"],
    [-0.5, "-0.5000"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("a cost of %d reads %s", (value, text) => {
    expect(formatCost(value)).toBe(text);
  });

  it.each([
    [0, "0s"],
    [59.4, "59s"],
    [59.6, "1m00s"],
    [83, "1m23s"],
    [3599.6, "1h00m"],
    [7500, "2h05m"],
    [273_600, "3d04h"],
  ])("%d seconds read %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [0, "0.00"],
    [4.125, "4.13"],
    [41.25, "41.3"],
    [412.4, "412"],
    [999.4, "999"],
    [999.6, "1.00k"],
    [41_234, "41.2k"],
    [1_240_000, "1.24M"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("a rate of %d reads %s", (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it("groups thousands and rounds percents", () => {
    expect([0, 999, 1000, 795_010, 1_000_000].map(formatCount)).toEqual(["0", "999", "1,000", "795,010", "1,000,000"]);
    expect(formatPercent(0.8686, 2)).toBe("86.86%");
    expect(formatPercent(1, 2)).toBe("100.00%");
    expect(formatPercent(Number.NaN, 1)).toBe("NaN");
  });
});
