// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy as 1, 2, 3", 2011):
// a keyed bijection of a 64-bit counter. It needs 32-bit add, rotate and xor only, so its bits are the same everywhere.

const PARITY = 0x1bd11bda;

// Rotations of the eight-round cycle, from table 3 of the paper.
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const ROUNDS = 20;

/** A 64-bit word as two unsigned halves, as Threefry's keys and counters are written. */
export type Word64 = readonly [low: number, high: number];

/** Enciphers `counter` under `key`; both outputs are unsigned 32-bit integers. */
export function threefry2x32(key: Word64, counter: Word64): Word64 {
  const schedule = [key[0] | 0, key[1] | 0, PARITY ^ key[0] ^ key[1]];
  let x0 = (counter[0] + schedule[0]) | 0;
  let x1 = (counter[1] + schedule[1]) | 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const rotation = ROTATIONS[round & 7];
    x0 = (x0 + x1) | 0;
    x1 = (x1 << rotation) | (x1 >>> (32 - rotation));
    x1 ^= x0;
    if ((round & 3) === 3) {
      const injection = (round >> 2) + 1;
      x0 = (x0 + schedule[injection % 3]) | 0;
      x1 = (x1 + schedule[(injection + 1) % 3] + injection) | 0;
    }
  }
  return [x0 >>> 0, x1 >>> 0];
}
