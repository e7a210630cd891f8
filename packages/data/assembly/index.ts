// What the module gives: the conversion of whole records of plain numbers. Addresses are bytes in the one imported memory;
// that all of them lie within it is checked before a call, never here.
export { parseRecords, stoppedAt } from "./parseRecords";

/** The first address that the module leaves alone. */
export const heapBase: usize = __heap_base;
