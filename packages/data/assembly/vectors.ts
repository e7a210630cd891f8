// Constant vectors, as addresses: a load is quicker than what engines make of a constant of 16 bytes in the code.

/** A line feed in each lane. */
export const LINE_FEEDS: usize = memory.data<u8>([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10], 16);
/** A carriage return in each lane. */
export const CARRIAGE_RETURNS: usize = memory.data<u8>([13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13], 16);
/** A minus in each lane. */
export const MINUSES: usize = memory.data<u8>([45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 45], 16);
/** A dot in each lane. */
export const DOTS: usize = memory.data<u8>([46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46, 46], 16);
/** The digit 0 in each lane. */
export const ZEROS: usize = memory.data<u8>([48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48], 16);
/** The number 9 in each lane. */
export const NINES: usize = memory.data<u8>([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], 16);

/** Weights that join single digits to pairs: t + 256·o times 1 + 10·256 has 10·t + o in its second byte. */
export const PAIRS: usize = memory.data<i16>([2561, 2561, 2561, 2561, 2561, 2561, 2561, 2561], 16);
/** Weights that join pairs to fours. */
export const FOURS: usize = memory.data<i16>([100, 1, 100, 1, 100, 1, 100, 1], 16);
/** Weights that join fours to eights. */
export const EIGHTS: usize = memory.data<i16>([10000, 1, 10000, 1, 10000, 1, 10000, 1], 16);

/** 15 in each lane: what of an ASCII digit is its number. */
export const NIBBLES: usize = memory.data<u8>([15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15], 16);

/** Read at an offset of n, 0 to 16: the last n lanes are 255, the others 0. */
export const LAST: usize = memory.data<u8>(
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
  16,
);
/** Read at an offset of n, 0 to 16: the last n lanes are 15, the others 0. */
export const LAST_NIBBLES: usize = memory.data<u8>(
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15],
  16,
);
