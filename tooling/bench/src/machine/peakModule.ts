// A WebAssembly module that does nothing but arithmetic in registers: what 128-bit SIMD can do at most. Written as bytes,
// so that no compiler of ours stands between the loop and the machine.
import { F32, get, I32, set, V128, wasmModule } from "./wasmBytes.ts";

/** How the loop multiplies and adds: in two instructions, or fused where the machine can. */
export type Arithmetic = "mul+add" | "relaxed_madd";

const SPLAT = [0xfd, 0x13];
const EXTRACT_LANE_0 = [0xfd, 0x1f, 0];
const ADD = [0xfd, 0xe4, 0x01];
const MUL = [0xfd, 0xe6, 0x01];
const RELAXED_MADD = [0xfd, 0x85, 0x02];

// The function's locals: its parameter, the two constants, then the accumulators.
const COUNT = 0;
const FACTOR = 1;
const TERM = 2;
const FIRST_ACCUMULATOR = 3;

/**
 * The bytes of a module with `run(count)`: `count` times, every one of `accumulators` (at most 100) f32x4 becomes
 * itself · factor + term, which is 8 floating-point operations each. Some sum is returned, so that nothing may be left out.
 */
export function peakModule(accumulators: number, arithmetic: Arithmetic): Uint8Array<ArrayBuffer> {
  const own = Array.from({ length: accumulators }, (_, index) => FIRST_ACCUMULATOR + index);
  const step = arithmetic === "mul+add" ? [...get(FACTOR), ...MUL, ...get(TERM), ...ADD] : [...get(FACTOR), ...get(TERM), ...RELAXED_MADD];
  // The values stay near term / (1 - factor) = 1: no infinity, no denormal. Different starts keep the chains apart.
  const body = [
    ...[1, 2 + accumulators, V128],
    ...setTo(FACTOR, 0.5),
    ...setTo(TERM, 0.5),
    ...own.flatMap((local) => setTo(local, local)),
    ...[0x03, 0x40], // loop
    ...own.flatMap((local) => [...get(local), ...step, ...set(local)]),
    ...[...get(COUNT), 0x41, 1, 0x6b, 0x22, COUNT, 0x0d, 0], // count - 1 → count; again unless it is 0
    0x0b,
    ...own.flatMap((local, index) => (index === 0 ? get(local) : [...get(local), ...ADD])),
    ...[...EXTRACT_LANE_0, 0x0b],
  ];
  return wasmModule([{ name: "run", parameters: [I32], result: F32, code: body }]);
}

function setTo(local: number, value: number): number[] {
  return [0x43, ...new Uint8Array(Float32Array.of(value).buffer), ...SPLAT, ...set(local)];
}
