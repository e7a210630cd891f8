/** Numbers in (−1, 1) that f32 holds exactly, the same for the same seed (a linear congruential generator suffices for tests). */
export function randomValues(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround((state >>> 8) / 2 ** 23 - 1);
  };
}
