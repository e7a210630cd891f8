// Writes the unrolled micro-kernels: `node assembly/generate.mjs`. AssemblyScript has no macros, and a tile of C lives in
// registers only if every accumulator is a variable of its own. The files are checked in; a test compares them.
import { readFile, writeFile } from "node:fs/promises";

const range = (count) => Array.from({ length: count }, (_, index) => index);
const banner = "// Written by assembly/generate.mjs: change that, and run it.\n";

const madd = (sum, a, b) => `${sum} = f32x4.add(${sum}, f32x4.mul(${a}, ${b}));`;

// The sums of a tile, each row of them at its address, stored in pairs: two neighbours are loaded, computed and stored
// together, which is the shape that an engine can make one 256-bit operation of.
function storeTile(rows) {
  return rows
    .flatMap(({ address, sums }) =>
      range(sums.length / 2).map((pair) => `  storePair(${address(pair * 32)}, ${sums[2 * pair]}, ${sums[2 * pair + 1]}, alpha, beta);`),
    )
    .join("\n");
}

// C[mr × nr] from packed slivers a [depth][mr] and b [depth][16].
function packedKernel(mr, nr) {
  const vectors = nr / 4;
  const sum = (i, j) => `c${i}${j}`;
  return `
/** One ${mr} × ${nr} tile of C at \`c\` with \`stride\` bytes a row, from slivers \`a\` [depth][${mr}] and \`b\` [depth][16]. */
export function kernel${mr}x${nr}(depth: i32, alpha: f32, a: usize, b: usize, beta: f32, c: usize, stride: usize): void {
${range(mr)
  .map((i) => `  let ${range(vectors).map((j) => `${sum(i, j)} = f32x4.splat(0)`).join(", ")};`)
  .join("\n")}
  for (let k = 0; k < depth; k++) {
${range(vectors).map((j) => `    const b${j} = v128.load(b, ${16 * j});`).join("\n")}
${range(mr)
  .flatMap((i) => [`    const a${i} = v128.load32_splat(a, ${4 * i});`, ...range(vectors).map((j) => `    ${madd(sum(i, j), `a${i}`, `b${j}`)}`)])
  .join("\n")}
    a += ${4 * mr};
    b += 64;
  }
${storeTile(range(mr).map((i) => ({ address: (offset) => `c + ${i} * stride + ${offset}`, sums: range(vectors).map((j) => sum(i, j)) })))}
}
`;
}

// As packedKernel for a C of few columns: each element of A is read once, so it is not packed. Its sums go to a tile of
// their own, since such a C is hardly ever a whole number of vectors wide.
function thinKernel(nr) {
  const vectors = nr / 4;
  const sum = (i, j) => `c${i}${j}`;
  return `
/** tile [4][${nr}] = A · B for four rows of A at \`a\`, strides in bytes, and a sliver \`b\` [depth][${nr}]. */
export function thinKernel4x${nr}(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, tile: usize): void {
  let a0 = a, a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
${range(4)
  .map((i) => `  let ${range(vectors).map((j) => `${sum(i, j)} = f32x4.splat(0)`).join(", ")};`)
  .join("\n")}
  for (let k = 0; k < depth; k++) {
${range(vectors).map((j) => `    const b${j} = v128.load(b, ${16 * j});`).join("\n")}
${range(4)
  .flatMap((i) => [`    const x${i} = v128.load32_splat(a${i});`, ...range(vectors).map((j) => `    ${madd(sum(i, j), `x${i}`, `b${j}`)}`)])
  .join("\n")}
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += ${4 * nr};
  }
${range(4)
  .flatMap((i) => range(vectors).map((j) => `  v128.store(tile, ${sum(i, j)}, ${(i * vectors + j) * 16});`))
  .join("\n")}
}
`;
}

// Running sums of a C of few rows: each element of B is read once or twice, so neither A nor B is packed.
function flatKernel(mr, nr) {
  const vectors = nr / 4;
  const sum = (i, j) => `c${i}_${j}`;
  const place = (i, j) => `sums${i === 0 ? "" : ` + ${i} * stride`}, ${16 * j}`;
  return `
/** sums [${mr} × ${nr}] += A · B for ${mr} row${mr === 1 ? "" : "s"} of A and ${nr} columns of B where they stand; strides in bytes, B's columns side by side. */
export function flatKernel${mr}x${nr}(depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, sums: usize, stride: usize): void {
${range(mr)
  .map((i) => `  let ${range(vectors).map((j) => `${sum(i, j)} = v128.load(${place(i, j)})`).join(", ")};`)
  .join("\n")}
  for (let k = 0; k < depth; k++) {
${range(vectors).map((j) => `    const b${j} = v128.load(b, ${16 * j});`).join("\n")}
${range(mr)
  .flatMap((i) => [`    const a${i} = v128.load32_splat(a${i === 0 ? "" : ` + ${i} * aRow`});`, ...range(vectors).map((j) => `    ${madd(sum(i, j), `a${i}`, `b${j}`)}`)])
  .join("\n")}
    a += aColumn;
    b += bRow;
  }
${range(mr)
  .flatMap((i) => range(vectors).map((j) => `  v128.store(sums${i === 0 ? "" : ` + ${i} * stride`}, ${sum(i, j)}, ${16 * j});`))
  .join("\n")}
}
`;
}

// C[4 × nr] of an operand whose element (i, p) is at row address i + column offset p, as the patches of an image are.
function patchKernel(nr) {
  const vectors = nr / 4;
  const sum = (i, j) => `c${i}${j}`;
  return `
/** One 4 × ${nr} tile of C at \`c\` with \`stride\` bytes a row, from the f32 at each of four addresses + \`offsets\`[p], and B [depth] at \`b\` with \`bRow\` bytes a row. */
export function patchKernel4x${nr}(depth: i32, r0: usize, r1: usize, r2: usize, r3: usize, offsets: usize, b: usize, bRow: usize, beta: f32, c: usize, stride: usize): void {
${range(4)
  .map((i) => `  let ${range(vectors).map((j) => `${sum(i, j)} = f32x4.splat(0)`).join(", ")};`)
  .join("\n")}
  for (const end = offsets + ((depth as usize) << 2); offsets < end; offsets += 4) {
    const offset = load<u32>(offsets) as usize;
${range(vectors).map((j) => `    const b${j} = v128.load(b, ${16 * j});`).join("\n")}
${range(4)
  .flatMap((i) => [`    const a${i} = v128.load32_splat(r${i} + offset);`, ...range(vectors).map((j) => `    ${madd(sum(i, j), `a${i}`, `b${j}`)}`)])
  .join("\n")}
    b += bRow;
  }
${storeTile(range(4).map((i) => ({ address: (offset) => `c + ${i} * stride + ${offset}`, sums: range(vectors).map((j) => sum(i, j)) }))).replaceAll("alpha", "1")}
}
`;
}

// C[1 × nr] from the nonzeros of one row. B is packed, or read where it stands: then a row's address is a product, which costs
// the processor one of the places where it multiplies.
function sparseKernel(nr, inPlace) {
  const vectors = nr / 4;
  const sums = range(vectors).map((j) => `c${j}`);
  return `
/** C[1 × ${nr}] = α · Σ value · B[k] + β · C over the entries from \`entry\` to \`end\`, in their order; \`b\` is ${inPlace ? "strided" : "a packed panel"}. */
export function ${inPlace ? "inPlaceKernel" : "sparseKernel"}1x${nr}(entry: usize, end: usize, alpha: f32, b: usize, ${inPlace ? "bRow: usize, " : ""}beta: f32, c: usize): void {
${sums.map((sum) => `  let ${sum} = f32x4.splat(0);`).join("\n")}
  for (; entry < end; entry += ENTRY) {
    const row = b + ${inPlace ? "(load<u16>(entry, 2) as usize) * bRow" : "(load<u16>(entry) as usize)"};
    const value = v128.load32_splat(entry, 4);
${sums.map((sum, j) => `    ${madd(sum, "value", `v128.load(row, ${16 * j})`)}`).join("\n")}
  }
${storeTile([{ address: (offset) => `c + ${offset}`, sums }])}
}
`;
}

function sparseFile(place, inPlace) {
  return `${banner}// Sparse tiles: one row of C from the nonzeros of one row of op(A), with B ${place}. Many sums hide the latency of the
// additions, and a value is loaded once for all of them.
import { storePair } from "../level3/storePair";
import { ENTRY } from "./segments";
${[40, 32, 24, 16, 8].map((nr) => sparseKernel(nr, inPlace)).join("")}`;
}

/** The files, by their path beside this script. */
export const files = {
  "level3/kernels.ts": `${banner}// Dense tiles in strict f32: a multiplication and an addition, each rounded. Sums are named c<row><vector>.
import { storePair } from "./storePair";
${packedKernel(4, 8)}${packedKernel(4, 16)}`,
  "level3/thinKernels.ts": `${banner}// Dense tiles of a C of few columns.
${[8, 12, 16].map(thinKernel).join("")}`,
  "level3/flatKernels.ts": `${banner}// Dense tiles of a C of few rows.
${[[1, 32], [2, 16], [4, 8], [5, 8]].map(([mr, nr]) => flatKernel(mr, nr)).join("")}`,
  "images/patchKernels.ts": `${banner}// Tiles of a product with the patches of images, read where they stand.
import { storePair } from "../level3/storePair";
${[8, 16].map(patchKernel).join("")}`,
  "sparse/kernels.ts": sparseFile("in a packed panel", false),
  "sparse/inPlaceKernels.ts": sparseFile("where it stands", true),
};

if (process.argv[1] === import.meta.filename) {
  for (const [path, text] of Object.entries(files)) {
    const url = new URL(path, import.meta.url);
    if ((await readFile(url, "utf8").catch(() => "")) !== text) await writeFile(url, text);
  }
}
