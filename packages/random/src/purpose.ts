// The purposes for which a program draws random numbers. Each has a stream of its own, so that, say, one more
// shuffle never changes the initial weights. The numbers are part of the format: never renumber, only append.

/** What a stream is drawn for; the number enters the stream's key. */
export const PURPOSES = { init: 1, shuffle: 2, dropout: 3, split: 4, picks: 5, digits: 6 } as const;

/** The name of a purpose: `"init"`, `"shuffle"`, `"dropout"`, `"split"`, `"picks"` or `"digits"`. */
export type Purpose = keyof typeof PURPOSES;
