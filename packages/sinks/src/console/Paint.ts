// Colours are decided once, for a sink's terminal; where it has none the same functions return their text unchanged.
import type picocolors from "picocolors";

/** The functions that colour a text, or leave it alone. */
export type Paint = ReturnType<typeof picocolors.createColors>;
