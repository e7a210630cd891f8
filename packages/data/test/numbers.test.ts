import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, messageOf, readNumbers } from "./support/read.ts";
import { randomIntegers } from "./support/numericDocuments.ts";
import { realData } from "./support/realData.ts";

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

function bitsOf(value: number): number {
  float[0] = value;
  return bits[0];
}

function floatOf(pattern: number): number {
  bits[0] = pattern;
  return float[0];
}

/** Every text of one column as the reader gives it: by the kernel, without it, and with a second field behind. */
async function parse(texts: readonly string[]): Promise<number[]> {
  const values = await readNumbers(bytesOf(texts.join("\n")), { header: false, delimiter: "," });
  expect(await readNumbers(bytesOf(texts.join("\n")), { header: false, delimiter: "," }, "general")).toEqual(values);
  const doubled = await readNumbers(bytesOf(texts.map((text) => `${text},${text}`).join("\r\n")), { header: false, delimiter: "," });
  expect(doubled).toEqual(values.map(([value]) => [value, value]));
  return values.map(([value]) => value);
}

async function parseOne(text: string): Promise<number> {
  return (await parse([text]))[0];
}

/** All decimals of a finite f64. */
function decimals(value: number): string {
  let numerator = value;
  let twos = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    twos += 1;
  }
  const digits = String(BigInt(numerator) * 5n ** BigInt(twos)).padStart(twos + 1, "0");
  return twos === 0 ? digits : `${digits.slice(0, -twos)}.${digits.slice(-twos)}`;
}

describe("the spellings of numbers", () => {
  it.each<[string, number]>([
    ["0", 0],
    ["-0", -0],
    ["255", 255],
    ["-12", -12],
    ["+1.5", 1.5],
    ["1e-3", Math.fround(0.001)],
    ["1E3", 1000],
    ["1e+3", 1000],
    ["-2.5e-1", -0.25],
    [".5", 0.5],
    ["-.5", -0.5],
    ["5.", 5],
    ["007", 7],
    ["00000000000000000000.50", 0.5],
    [" 1", 1],
    ["\t1 ", 1],
    ["  -1.5\t", -1.5],
    ['"1.5"', 1.5],
    ['" 7 "', 7],
    ["NaN", Number.NaN],
    ["nan", Number.NaN],
    ["-nan", Number.NaN],
    ["inf", Number.POSITIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["+INF", Number.POSITIVE_INFINITY],
    ["-inf", Number.NEGATIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["16777217", 16777216],
    ["999999999", 1000000000],
    ["123456789012345678901234567890", Math.fround(1.2345678901234568e29)],
    ["1.234567890123456789e+02", Math.fround(123.45678901234568)],
    ["1e400", Number.POSITIVE_INFINITY],
    ["-1e400", Number.NEGATIVE_INFINITY],
    ["1e-400", 0],
    ["-1e-400", -0],
    ["0e999999999999", 0],
    [`0.${"0".repeat(400)}1e401`, 1],
    [`1${"0".repeat(400)}e-400`, 1],
    ["1e-999999999999999999999", 0],
  ])("%s", async (text, value) => {
    expect(await parseOne(text)).toBe(value);
  });

  it.each([
    "abc",
    "1a",
    "1e",
    "1e+",
    "e5",
    ".",
    "-",
    "+",
    "--1",
    "+-1",
    "1.2.3",
    "1 2",
    "0x10",
    "1_000",
    '"1,5"',
    "in",
    "infin",
    "nano",
    "1e5.0",
    "١",
    "−1",
    "1\0",
  ])("%j is none", async (text) => {
    expect(await messageOf(`${text}\n`, { header: false })).toContain("is not a number");
  });
});

describe("the nearest f32", () => {
  const anyFloat = fc.integer({ min: 0, max: 0x7f7f_ffff }).map(floatOf);
  // Exponents that data has, besides all that there are.
  const usual = fc.integer({ min: 0x3000_0000, max: 0x5000_0000 }).map(floatOf);
  const positive = fc.oneof(anyFloat, usual, fc.integer({ min: 0, max: 0x0080_0010 }).map(floatOf));

  it("is what JavaScript's shortest text of it gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(positive, { minLength: 50, maxLength: 50 }), async (values) => {
        expect(await parse(values.map(String))).toEqual(values);
        expect(await parse(values.map((value) => value.toExponential(18)))).toEqual(values);
        expect(await parse(values.map((value) => `-${value.toPrecision(9)}`))).toEqual(values.map((value) => -value));
      }),
    );
  });

  it("is the even neighbour exactly in the middle, and the nearer one a last digit beside it", async () => {
    await fc.assert(
      fc.asyncProperty(positive, fc.nat(60), async (value, zeros) => {
        const above = floatOf(bitsOf(value) + 1);
        const middle = decimals((value + (above === Number.POSITIVE_INFINITY ? 2 ** 128 : above)) / 2);
        const whole = !middle.includes(".");
        const beyond = `${middle}${whole ? "." : ""}${"0".repeat(zeros)}1`;
        const before = `${whole ? `${BigInt(middle) - 1n}.` : `${middle.slice(0, -1)}4`}${"9".repeat(zeros + 1)}`;
        const even = bitsOf(value) % 2 === 0 ? value : above;
        expect(await parse([middle, beyond, before, `-${middle}`])).toEqual([even, above, value, -even]);
      }),
      { numRuns: 500 },
    );
  });

  it("is that of decimals of up to nine digits, compared in whole numbers", async () => {
    // The distance to the nearest f32 is less than to both beside it, or the same and the f32 even. All values here are
    // multiples of 2^-60, so all of it is exact.
    const isNearest = (digits: number, places: number, found: number): boolean => {
      const exact = BigInt(digits) * 2n ** 60n;
      const distance = (value: number): bigint => {
        const difference = BigInt(value * 2 ** 60) * 10n ** BigInt(places) - exact;
        return difference < 0n ? -difference : difference;
      };
      const pattern = bitsOf(found);
      const beside = [floatOf(pattern + 1), floatOf(pattern - 1)].map(distance);
      return beside.every((other) => distance(found) < other || (distance(found) === other && pattern % 2 === 0));
    };
    const decimal = fc
      .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.nat(9))
      .filter(([digits, places]) => digits / 10 ** places > 1e-6);
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 100, maxLength: 100 }), async (chosen) => {
        const texts = chosen.map(([digits, places]) => {
          const text = String(digits).padStart(places, "0");
          return `${text.slice(0, text.length - places)}.${text.slice(text.length - places)}`;
        });
        const values = await parse(texts);
        expect(chosen.filter(([digits, places], index) => !isNearest(digits, places, values[index]))).toEqual([]);
      }),
    );
  });

  it("is that of every shape of up to nine digits, whatever stands beside it", async () => {
    const draw = randomIntegers(11);
    const digits = (count: number): string => Array.from({ length: count }, () => draw(10)).join("");
    const shapes = Array.from({ length: 10 }, (_, before) => Array.from({ length: 10 - before }, (_unused, after) => ({ before, after })));
    const texts = shapes.flat().flatMap(({ before, after }) => {
      const whole = after === 0 && before > 0 ? [digits(before), `${"9".repeat(before)}.`] : [];
      const decimal = before + after > 0 ? [`${digits(before)}.${digits(after)}`, `-${"9".repeat(before)}.${"9".repeat(after)}`] : [];
      return [...whole, ...decimal];
    });
    for (let round = 0; round < 200; round += 1) {
      const columns = 1 + draw(40);
      const chosen = Array.from({ length: columns * 30 }, () => texts[draw(texts.length)]);
      const rows = Array.from({ length: 30 }, (_, row) => chosen.slice(row * columns, (row + 1) * columns));
      for (const end of ["\n", "\r\n"]) {
        const values = await readNumbers(bytesOf(rows.map((row) => row.join(",")).join(end)), { header: false, delimiter: "," });
        // Of nine digits, rounding to f64 and then to f32 is rounding at once.
        expect(values).toEqual(rows.map((row) => row.map((text) => Math.fround(Number(text)))));
      }
    }
  });

  const folder = realData("conformance/parse-number-fxx");
  it.skipIf(!folder)("agrees with every line of the public tables of correct results", async () => {
    for (const name of ["exhaustive-float16", "freetype-2-7", "more-test-cases", "tencent-rapidjson"]) {
      const lines = readFileSync(`${folder}/${name}.txt`, "utf8").trimEnd().split("\n");
      const chosen = lines.map((line) => line.split(" "));
      const values = await parse(chosen.map((fields) => fields[3]));
      const hex = (value: number): string => bitsOf(value).toString(16).toUpperCase().padStart(8, "0");
      expect(values.map(hex)).toEqual(chosen.map((fields) => fields[1]));
    }
  });
});
