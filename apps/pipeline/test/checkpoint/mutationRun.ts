// A program of its own, so that its memory can be told: `mutationRun.ts <from> <to>` has the readers of checkpoints and models take mutations
// number `from` up to `to`, and prints `{ "mutations", "refused", "faults", "grownBytes" }`.
import { PipelineError } from "../../src/PipelineError.ts";
import { mutate, resealed } from "./mutate.ts";
import { faultOf, SAMPLE_FILES, type SampleFile } from "./sampleFiles.ts";

const WARM_UP = 2000;

const [from, to] = process.argv.slice(2).map(Number);
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

let refused = 0;
// With a hash that fits, any tensors may be read; but nothing other than our refusal may be thrown.
const crashOf = ({ decode }: SampleFile, bytes: Uint8Array): string | undefined => {
  try {
    decode(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof PipelineError)) return `behind the hash it throws ${String(error)}`;
    refused += 1;
    return error.exitCode === 4 ? undefined : `behind the hash it ends with ${error.exitCode}`;
  }
};

// What reading them takes when nothing is wrong, garbage included.
for (let time = 0; time < WARM_UP; time += 1) {
  for (const file of SAMPLE_FILES) faultOf(file, resealed(file.bytes));
}
const before = peakBytes();
const faults: string[] = [];
for (let index = from; index < to; index += 1) {
  const file = SAMPLE_FILES[Math.floor(index / 7) % SAMPLE_FILES.length];
  const bytes = mutate(file.bytes, index);
  const fault = faultOf(file, bytes) ?? crashOf(file, resealed(bytes));
  if (fault !== undefined) faults.push(`mutation ${index} of the ${file.name}: ${fault}`);
}
process.stdout.write(
  `${JSON.stringify({ mutations: to - from, refused, faults: faults.slice(0, 20), grownBytes: peakBytes() - before })}\n`,
);
