// Each thread's own buffers. Instances share one memory but not their globals, so each is told its place at the start.
import { KC, MC, NC } from "./level3/tiles";

/** Rows of op(A) that are compressed at a time: even a full block fits its buffer. */
export const SPARSE_ROWS: i32 = 512;

const PACKED_A: usize = MC * KC * 4;
const PACKED_B: usize = KC * NC * 4;
const ENTRIES: usize = SPARSE_ROWS * KC * 8;
const ENDS: usize = SPARSE_ROWS * 4;
const EDGE_TILE: usize = 4 * 32 * 4;

/** Bytes that a thread needs; a multiple of a cache line. */
export const workspaceBytes: usize = PACKED_A + PACKED_B + ENTRIES + ENDS + EDGE_TILE;

/** A packed block of A, MC × KC. */
export let packedA: usize = 0;
/** A packed panel of B, KC × NC. */
export let packedB: usize = 0;
/** The nonzeros of SPARSE_ROWS × KC elements, 8 bytes each. */
export let entries: usize = 0;
/** The end of each row's entries, an address a row. */
export let ends: usize = 0;
/** A tile that reaches over C's edge; the widest is 4 × 32. */
export let edgeTile: usize = 0;

/** Takes the thread's `workspaceBytes` at `base`. */
export function useWorkspace(base: usize): void {
  packedA = base;
  packedB = packedA + PACKED_A;
  entries = packedB + PACKED_B;
  ends = entries + ENTRIES;
  edgeTile = ends + ENDS;
}
