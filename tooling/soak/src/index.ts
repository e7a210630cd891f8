export { parseSlice, type Slice } from "./parseSlice.ts";
export { Progress } from "./Progress.ts";
