// Each thread's own buffers. Instances share one memory but not their globals, so each is told its place at the start.
import { KC, MC, NC } from "./level3/tiles";

const PACKED_A: usize = MC * KC * 4;
const PACKED_B: usize = KC * NC * 4;
const EDGE_TILE: usize = 4 * 16 * 4;

/** Bytes that a thread needs; a multiple of a cache line. */
export const workspaceBytes: usize = PACKED_A + PACKED_B + EDGE_TILE;

/** A packed block of A, MC × KC. */
export let packedA: usize = 0;
/** A packed panel of B, KC × NC. */
export let packedB: usize = 0;
/** A tile that reaches over C's edge; the widest is 4 × 16. */
export let edgeTile: usize = 0;

/** Takes the thread's `workspaceBytes` at `base`. */
export function useWorkspace(base: usize): void {
  packedA = base;
  packedB = packedA + PACKED_A;
  edgeTile = packedB + PACKED_B;
}
