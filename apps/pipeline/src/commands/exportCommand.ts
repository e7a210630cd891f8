// `pipeline export <run>`.
import { createHash } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { plainText } from "@downhill/sinks";
import { formatBytes } from "../download/DownloadMeter.ts";
import { encodeOnnxModel, type OnnxModel, type OutputPort } from "../export/encodeOnnxModel.ts";
import { encodeWeights } from "../export/encodeWeights.ts";
import { type InputPort, portFacts } from "../export/inputPorts.ts";
import { OnnxRuntime } from "../export/OnnxRuntime.ts";
import { verificationRows } from "../export/verificationRows.ts";
import { TOLERANCE, verifyOnnx } from "../export/verifyOnnx.ts";
import { writeFileAtomically } from "../files/writeFileAtomically.ts";
import { loadRunConfig } from "../model/loadRunConfig.ts";
import type { ModelFile } from "../model/modelFile.ts";
import { modelPath, readModelFile } from "../model/readModelFile.ts";
import { TrainedModel } from "../model/TrainedModel.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { ownVersion } from "../run/manifest.ts";
import type { ExportFlags } from "./exportFlags.ts";
import { printJson } from "./printJson.ts";

const DEFAULT_NAMES = { onnx: "model.onnx", safetensors: "weights.safetensors" } as const;
const LISTED = 10;

/** A file that is ready to be written, and what is told of it. */
interface Exported {
  readonly bytes: Uint8Array;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** What a comparison with ONNX Runtime came to. */
interface Verified {
  readonly against: string;
  readonly rows: number;
  readonly from: string;
  /** The greatest, relative to the greatest output. */
  readonly difference: number;
}

/** Writes the model of a run in another tool's format, compared with that tool before if asked for. */
export async function exportCommand(run: string, flags: ExportFlags): Promise<void> {
  const runDir = resolve(run);
  const format = flags.format ?? (/\.safetensors$/i.test(flags.out ?? "") ? "safetensors" : "onnx");
  if (flags.verify && format !== "onnx")
    throw new PipelineError(
      EXIT.usage,
      "--verify compares an ONNX file with the model; leave it out for safetensors, which is read back anyway",
    );
  const out = flags.out === undefined ? join(runDir, DEFAULT_NAMES[format]) : await checkOut(flags.out, runDir);
  const file = await readModelFile(runDir);
  const exported = format === "onnx" ? await exportOnnx(runDir, file, flags.verify ?? false) : await exportWeights(file);
  await write(out, exported.bytes);
  const { facts, lines, bytes } = exported;
  if (flags.json) printJson({ file: out, format, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), ...facts });
  else process.stdout.write(`${[`${relative("", out)}  ${formatBytes(bytes.length)}`, ...lines].join("\n")}\n`);
}

async function exportOnnx(runDir: string, file: ModelFile, verify: boolean): Promise<Exported> {
  const onnx = encodeOnnxModel(file, await ownVersion());
  const verified = verify ? await verifiedOn(onnx, runDir, file) : undefined;
  const { inputs, output } = onnx;
  const facts = { inputs: inputs.map(portFacts), outputs: [portFacts(output)], ...(verified && { verified }) };
  const ports = [...inputs.map((port) => describeInput(port, file)), describePort("output", output, listed(output.columns))];
  const gaps =
    file.preprocessing.table === undefined
      ? []
      : ['missing values are NaN, and texts that are missing ""; for rows that predict refuses, it gives NaN'];
  return { bytes: onnx.bytes, facts, lines: [...ports, ...gaps, ...(verified ? [describe(verified)] : [])] };
}

async function exportWeights(file: ModelFile): Promise<Exported> {
  const { bytes, tensors } = encodeWeights(file, await ownVersion());
  const shapes = tensors.map(({ name, shape }) => ({ name, shape }));
  const lines = shapes.map(({ name, shape }) => `${name}  F32 [${shape.join(" × ")}]`);
  return { bytes, facts: { tensors: shapes }, lines };
}

async function verifiedOn(onnx: OnnxModel, runDir: string, file: ModelFile): Promise<Verified> {
  const runtime = await OnnxRuntime.load((line) => process.stderr.write(`${line}\n`));
  const { rows, from } = await verificationRows(() => loadRunConfig(runDir), file.preprocessing);
  const model = await TrainedModel.of(file, modelPath(runDir));
  return { against: runtime.title, rows: rows.count, from, difference: await verifyOnnx(runtime, onnx, model, rows) };
}

async function write(out: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomically(out, bytes, { verify: true }).catch((cause: unknown) => {
    throw new PipelineError(EXIT.usage, `${out} (${formatBytes(bytes.length)}) can't be written: ${(cause as Error).message}`, { cause });
  });
}

// A symbolic link stays one; what the run itself needs is not written over.
async function checkOut(out: string, runDir: string): Promise<string> {
  const path = await realpath(out).catch(() => resolve(out));
  const own = modelPath(runDir);
  if (path === (await realpath(own).catch(() => own)))
    throw new PipelineError(EXIT.usage, `--out ${out} is the run's model; choose another name`);
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) throw new PipelineError(EXIT.usage, `--out ${out} is no regular file; give a file's name`);
  return path;
}

function describeInput(port: InputPort, { preprocessing: { image } }: ModelFile): string {
  const { columns, width } = port;
  const pixels =
    image &&
    `the pixels of ${image.width} × ${image.height}, line by line${width > image.width * image.height ? ", channels side by side" : ""}`;
  return describePort(
    "input",
    port,
    columns === undefined ? `${pixels}, as the data has them` : `${listed(columns)}, as the data has them`,
  );
}

function describePort(kind: string, { name, type, width }: InputPort | OutputPort, what: string): string {
  return `${kind.padEnd(6)}  ${name}  ${type} [N × ${width}]  ${what}`;
}

function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `${names.slice(0, LISTED).map(plainText).join(", ")}${more}`;
}

function describe({ against, rows, from, difference }: Verified): string {
  const apart = difference === 0 ? "no difference" : `the greatest difference is ${difference.toPrecision(2)} of the greatest output`;
  return `the same as ${against} on ${rows} rows of ${from}: ${apart} (at most ${TOLERANCE})`;
}
