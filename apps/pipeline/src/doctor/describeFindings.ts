// A doctor's findings for a person: what the machine is, then a row for each width of the kernels.
import type { Findings } from "./examine.ts";
import { type KernelFindings, PRODUCT_SIZE } from "./tryKernels.ts";

/** The findings as aligned lines. */
export function describeFindings(findings: Findings): string {
  const { node, v8, platform, processor, cores, memoryBytes, narrow, wide } = findings;
  const threads = narrow.speeds?.at(-1)?.threads;
  const machine = [
    ["downhill", findings.downhill],
    ["node", `${node}, V8 ${v8}`],
    ["system", platform],
    ["processor", `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}`],
    ["memory", `${gibibytes(memoryBytes.total)}, ${gibibytes(memoryBytes.free)} free`],
    ["SIMD", findings.simd ? "yes" : "no: there are no kernels without it"],
    ["threads", `${threads ?? "none"}, ${findings.sharedMemory ? "over shared memory" : "without shared memory"}`],
  ];
  const heading = [
    "kernels",
    "self-test",
    ...(narrow.speeds ?? []).map((speed) => `${speed.threads} thread${speed.threads === 1 ? "" : "s"}`),
  ];
  const kernels = [heading, kernelRow("narrow", narrow), kernelRow("wide", wide)];
  return `${table(machine)}\n${table(kernels)}\n${[...narrowNotes(narrow), wideNote(wide)].map((note) => `${note}\n`).join("")}`;
}

function narrowNotes({ available, reason, selfTest }: KernelFindings): string[] {
  if (!available) return [`the kernels do not start: ${reason}`];
  return [
    `Speeds are of a ${PRODUCT_SIZE} × ${PRODUCT_SIZE} × ${PRODUCT_SIZE} product, in GFLOP/s.`,
    selfTest === "passed"
      ? "narrow: 128 bits at a time, the default"
      : "narrow: the kernels do not give the numbers that they should; nothing that is trained here can be trusted",
  ];
}

function wideNote({ reason, selfTest }: KernelFindings): string {
  if (selfTest === "failed") return "wide: the kernels do not give the numbers that they should with all threads; do not use --wide here";
  return reason ?? 'wide: 256 bits at a time, with --wide or "compute": { "wide": true }; the results are the same';
}

function kernelRow(name: string, { selfTest, speeds = [] }: KernelFindings): string[] {
  return [name, selfTest ?? "–", ...speeds.map(({ gflops }) => gflops.toFixed(1))];
}

// Words to the left, numbers under their headings to the right.
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const cells = (row: readonly string[]): string[] =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])));
  return rows.map((row) => `${cells(row).join("  ").trimEnd()}\n`).join("");
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
